package storagelab.grader.kv;

import com.google.common.collect.ImmutableList;
import com.google.common.io.Closer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import storagelab.api.CorruptionException;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.codec.MalformedBytesException;
import storagelab.cursor.EntryCursor;
import storagelab.cursor.ListCursor;
import storagelab.cursor.MergingCursor;
import storagelab.cursor.RangeCursor;
import storagelab.cursor.TableCursor;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreLock;
import storagelab.sortedlog.DurableTableList;
import storagelab.sortedlog.EntryCodec;
import storagelab.sortedlog.FileNames;
import storagelab.sortedlog.MapMemtable;
import storagelab.sortedlog.PublishedTables;
import storagelab.sortedlog.RecordLog;
import storagelab.sortedlog.SortedTable;

/**
 * A store on sorted logs that is only read: opening it writes nothing, not even what recovery would put in order. Tables that are
 * damaged or missing are left out and named, and so is the rest of a damaged log, which the stores of the labs refuse.
 *
 * <p>Concurrency: one thread at a time.
 */
final class LogsReader implements OrderedStore {
    private final StatsRecorder stats = new StatsRecorder();
    private final Closer closer = Closer.create();
    private final MapMemtable logged = new MapMemtable();
    private final List<SortedTable> newestFirst = new ArrayList<>();
    private final List<String> damages = new ArrayList<>();
    private final Path directory;
    private long logRecords;

    private LogsReader(Path directory) {
        this.directory = directory;
    }

    /**
     * Opens the store in {@code directory}. A store that writes cannot be opened meanwhile.
     *
     * @throws StorageIoException if it is open for writing, or the file system refuses
     * @throws CorruptionException if its list of tables is damaged
     */
    static LogsReader open(Path directory) {
        LogsReader reader = new LogsReader(directory);
        try {
            StoreLock lock = reader.closer.register(StoreLock.acquireShared(directory));
            reader.read();
            lock.checkAlone();
            return reader;
        } catch (RuntimeException | Error e) {
            try (reader) {
                throw e;
            }
        }
    }

    private void read() {
        PublishedTables published =
                new DurableTableList(directory, stats).read().orElse(PublishedTables.NONE);
        for (long number : published.newestFirst()) {
            openTable(FileNames.table(directory, number), number);
        }
        for (Path log : FileNames.numbered(directory)) {
            if (FileNames.isLog(log) && FileNames.number(log).orElseThrow() >= published.firstLog()) {
                replay(log);
            }
        }
    }

    private void openTable(Path file, long number) {
        if (!Files.exists(file)) {
            damages.add(file.getFileName() + ": the file is missing");
            return;
        }
        try {
            newestFirst.add(closer.register(SortedTable.open(file, number, stats)));
        } catch (CorruptionException e) {
            damages.add(damage(file, e));
        }
    }

    private void replay(Path log) {
        try {
            logRecords += RecordLog.replay(
                            log, record -> EntryCodec.decodeAll(record).forEach(logged::put))
                    .records();
        } catch (CorruptionException e) {
            damages.add(damage(log, e));
        } catch (MalformedBytesException e) {
            damages.add(log.getFileName() + ": a record is not a batch: " + e.getMessage());
        }
    }

    private static String damage(Path file, CorruptionException e) {
        return file.getFileName() + " from byte " + e.offset() + " on: " + e.reason();
    }

    /** Reads every table, and adds what is damaged to {@link #damages}. */
    void verifyTables() {
        for (SortedTable table : newestFirst) {
            try {
                table.verify();
            } catch (CorruptionException e) {
                damages.add(damage(FileNames.table(directory, table.info().number()), e));
            }
        }
    }

    /** What is damaged or missing: file, place and reason. */
    List<String> damages() {
        return List.copyOf(damages);
    }

    /** The tables, the newest first. */
    List<SortedTable> tables() {
        return List.copyOf(newestFirst);
    }

    /** How many records the logs have. */
    long logRecords() {
        return logRecords;
    }

    @Override
    public Optional<Slice> get(Slice key) {
        Optional<Entry> found = logged.get(key);
        for (int i = 0; found.isEmpty() && i < newestFirst.size(); i++) {
            found = newestFirst.get(i).get(key);
        }
        return found.filter(entry -> !entry.tombstone()).map(Entry::value);
    }

    @Override
    public Cursor cursor(KeyRange range) {
        List<EntryCursor> sources = new ArrayList<>();
        sources.add(new ListCursor(ImmutableList.copyOf(logged.entries(range))));
        newestFirst.stream()
                .filter(table -> table.info().meets(range))
                .forEach(table -> sources.add(new TableCursor(table)));
        return new RangeCursor(new MergingCursor(sources), range);
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        throw new UnsupportedOperationException("the store is open for reading");
    }

    @Override
    public StoreStats stats() {
        StoreStats counted = stats.snapshot();
        long tableBytes = newestFirst.stream()
                .mapToLong(table -> table.info().sizeBytes())
                .sum();
        return new StoreStats(
                Map.of(
                        Metric.TABLES,
                        (long) newestFirst.size(),
                        Metric.TABLE_BYTES,
                        tableBytes,
                        Metric.MEMTABLE_BYTES,
                        logged.sizeBytes()),
                counted.getLatency(),
                counted.writeLatency());
    }

    @Override
    public void close() {
        try {
            closer.close();
        } catch (IOException e) {
            throw new StorageIoException("closing " + directory, e);
        }
    }
}
