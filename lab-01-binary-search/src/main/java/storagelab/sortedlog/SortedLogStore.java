package storagelab.sortedlog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import storagelab.api.Durability;
import storagelab.api.Entry;
import storagelab.api.KeyValueStore;
import storagelab.api.MaintenanceKind;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreLock;

/**
 * A key-value store on sorted logs. A write goes to the end of a log file, so that it survives, and into a {@linkplain
 * Memtable memtable}, so that it is found. A memtable that is full is frozen, written out as a {@linkplain SortedTable
 * sorted table}, and its log is deleted. Tables are merged now and then, so that there are few to look through.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Log before memory: what a get returns is in a log or a table. A write that failed is not in memory.
 *   <li>Newer hides older: active memtable, frozen memtables, tables, each from new to old. The first that knows a key
 *       decides, also if what it knows is that the key was deleted.
 *   <li>One log for the active memtable and for each frozen one (after a restart the active one may have several), deleted
 *       when its entries are in a published table and not before.
 *   <li>A log is synced and closed before the next one takes a write: what survives a crash is a prefix of the writes.
 *   <li>After a failed write, sync, flush or merge there are no more writes until the store is opened again. Gets go on.
 * </ol>
 *
 * <p>Guarantees to users, and the tests that check them: {@code notes/guarantees/lab-01.md}.
 *
 * <p>Concurrency: safe for many threads. Writers take turns ({@code writerLock}); gets share the read lock of the {@link
 * StoreState} and wait for a writer only while it replaces the sources or applies a batch of several operations. Lock
 * order: {@code writerLock}, then the maintenance, then the lock of the state.
 */
public final class SortedLogStore implements KeyValueStore {
    /** A log that is this many times as large as a full memtable is one, too: its entries overwrite each other. */
    private static final int LOG_BYTES_PER_MEMTABLE_BYTE = 4;

    private final Object writerLock = new Object();
    private final StoreState state;
    private final StoreLock storeLock;
    private final StatsRecorder stats;
    private final StoreParts parts;
    private final TableMaintenance tables;
    private final Maintenance maintenance;
    private final RecoveryReport recoveryReport;

    /** Where writes go. Guarded by writerLock. */
    private RecordLog log;
    /** The log files of the active memtable, the oldest first; the last one is that of {@code log}. Guarded by writerLock. */
    private List<Path> activeLogs;

    private SortedLogStore(StoreState state, StoreParts parts, StoreLock storeLock, Recovery.Recovered recovered) {
        this.state = state;
        this.parts = parts;
        this.storeLock = storeLock;
        this.stats = state.stats();
        this.recoveryReport = recovered.report();
        this.activeLogs = recovered.logs();
        this.log = beginLog(state.newFileNumber());
        TableList list = state.options().tableList() == TableListKind.DURABLE
                ? new DurableTableList(state.directory(), stats)
                : TableList.EPHEMERAL;
        this.tables = new TableMaintenance(state, list, recovered.firstLog(), parts.obsoleteTables());
        this.maintenance = state.options().maintenance() == MaintenanceKind.BACKGROUND
                ? new BackgroundMaintenance(tables, state.options().maxFrozenMemtables(), stats)
                : new ForegroundMaintenance(tables);
    }

    /**
     * Opens the store in {@code directory}, which is created if it is not there. Reads the footer and the index of every
     * table, and the logs.
     *
     * @throws storagelab.api.StorageIoException if the store is open already, or the file system refuses
     * @throws storagelab.api.CorruptionException if the list of tables or a log is damaged; a damaged table is put into
     *     quarantine, see {@link #recoveryReport}
     */
    public static SortedLogStore open(Path directory, SortedLogOptions options) {
        return open(directory, options, StoreParts.defaults());
    }

    /** {@linkplain #open(Path, SortedLogOptions) Opens} a store that is put together from other {@code parts}. */
    public static SortedLogStore open(Path directory, SortedLogOptions options, StoreParts parts) {
        StatsRecorder stats = new StatsRecorder();
        Directories.create(directory, stats);
        StoreLock lock = StoreLock.acquire(directory);
        Recovery.Recovered recovered = null;
        try {
            recovered = StoreStart.find(directory, options, stats);
            recovered = StoreStart.withMemtableOf(parts, recovered);
            return new SortedLogStore(new StoreState(directory, options, stats, recovered), parts, lock, recovered);
        } catch (RuntimeException | Error e) {
            if (recovered != null) {
                recovered.tables().forEach(SortedTable::close);
            }
            try (lock) {
                throw e;
            }
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Asks the {@link Sources} in their order, newest first: the active memtable, the frozen ones, the tables. The first
     * entry of the key is the answer, and no older source is asked: its value, or nothing if it is a tombstone.
     *
     * <p>Holds {@code state.lock().readLock()} from before it takes {@code state.sources()} until it has the answer: only so
     * can no table be closed under it. Calls {@link StoreState#checkOpen} under the lock. Counts {@link Metric#GETS} and
     * {@link StatsRecorder#recordGetNanos}.
     *
     * <p>Example: {@code a=1} is in a table, {@code a†} (its tombstone) in a newer table, and {@code b=2} in the memtable.
     * {@code get("a")} is empty after two blocks at most, {@code get("b")} is 2 without reading any.
     */
    @Exercise(
            id = "1.6",
            title = "Memtable and store",
            points = 14,
            difficulty = Difficulty.MEDIUM,
            hours = 4,
            needs = {"1.3", "1.4", "1.5"})
    @Override
    public Optional<Slice> get(Slice key) {
        long start = System.nanoTime();
        Lock readLock = state.lock().readLock();
        readLock.lock();
        try {
            state.checkOpen();
            return find(key, state.sources())
                    .filter(entry -> !entry.tombstone())
                    .map(Entry::value);
        } finally {
            readLock.unlock();
            stats.increment(Metric.GETS);
            stats.recordGetNanos(System.nanoTime() - start);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>One writer at a time, under {@code writerLock}:
     *
     * <ol>
     *   <li>{@link StoreState#checkWritable}; {@link Maintenance#beforeWrite}, which may slow the writer down.
     *   <li>If the active memtable {@linkplain #isFull is full}, {@link #freeze} it. Before the write, so that a write that
     *       throws here has done nothing.
     *   <li>Append one record to the log: {@link EntryCodec#encodeAll} of {@link Entry#of} the batch. One record, because a record
     *       is whole or not there after a crash, and so the batch is. An empty batch appends none.
     *   <li>If {@link Durability#SYNCED}, sync the log, also for an empty batch: it stands for all writes before it.
     *   <li>Put the entries into the active memtable, in their order. If there are several, hold {@code
     *       state.lock().writeLock()} meanwhile: no get may see half a batch. A single one needs no lock.
     * </ol>
     *
     * <p>If the log throws, the store has failed: {@link StoreState#failSeen} is told, the memtable stays as it was, and the
     * exception goes on to the caller. Counts {@link Metric#WRITES}, {@link Metric#BYTES_IN} (key and value bytes) and {@link
     * StatsRecorder#recordWriteNanos}, waiting included.
     *
     * <p>Example: with {@code memtableBytes = 1000} and entries of 20 + 64 bytes, the memtable has 1008 bytes after the
     * twelfth put. The thirteenth freezes it and goes into the next.
     *
     * <p>Cost: one append; one sync if SYNCED, none otherwise.
     */
    @ExercisePart("1.6")
    @Override
    public void write(WriteBatch batch, Durability durability) {
        long start = System.nanoTime();
        List<Entry> entries = Entry.of(batch);
        synchronized (writerLock) {
            state.checkWritable();
            maintenance.beforeWrite();
            if (isFull()) {
                freeze();
            }
            try {
                if (!entries.isEmpty()) {
                    log.append(EntryCodec.encodeAll(entries));
                }
                if (durability == Durability.SYNCED) {
                    log.sync();
                }
            } catch (RuntimeException | Error e) {
                state.failSeen(e);
                throw e;
            }
            apply(entries);
        }
        stats.increment(Metric.WRITES);
        stats.add(Metric.BYTES_IN, bytesOf(entries));
        stats.recordWriteNanos(System.nanoTime() - start);
    }

    /**
     * Writes everything that is in memory out as tables, and returns when it is there and the merges that fell due are
     * done: under {@code writerLock}, {@link StoreState#checkWritable}, {@link #freeze} the active memtable if it has any
     * entries, {@link Maintenance#drain}. Afterwards {@link Metric#MEMTABLE_BYTES} is 0. Does not write a table without
     * entries.
     *
     * @throws storagelab.api.StoreClosedException if the store is closed
     * @throws storagelab.api.StoreFailedException if an earlier write or sync failed, or work in the background
     */
    @ExercisePart("1.6")
    public void flush() {
        synchronized (writerLock) {
            state.checkWritable();
            if (!state.sources().active().isEmpty()) {
                freeze();
            }
            maintenance.drain();
        }
    }

    /**
     * {@linkplain #flush Flushes} and merges all tables into one. Afterwards there are no tombstones and one table, or none
     * if every key is deleted.
     *
     * @throws storagelab.api.StoreClosedException if the store is closed
     * @throws storagelab.api.StoreFailedException if an earlier write or sync failed, or work in the background
     */
    public void compact() {
        synchronized (writerLock) {
            flush();
            try {
                tables.compactAll();
            } catch (RuntimeException | Error e) {
                state.failSeen(e);
                throw e;
            }
        }
    }

    /**
     * Reads every table and proves its invariants, see {@link SortedTable#verify}. Flushes and merges wait meanwhile.
     *
     * @throws storagelab.api.CorruptionException if a table is damaged
     * @throws storagelab.api.StoreClosedException if the store is closed
     */
    public void verify() {
        tables.verify();
    }

    /**
     * What {@code view} makes of the sources as they are now. While it runs the tables are open, no batch of several
     * operations is half applied, and neither a memtable is frozen nor a table replaced; single puts go on. A table that it
     * keeps for later has to be kept open by the {@link ObsoleteTables} of this store.
     *
     * <p>Writers and maintenance may have to wait for {@code view}, which must not call this store.
     *
     * @throws storagelab.api.StoreClosedException if the store is closed
     */
    public <T> T look(Function<? super Sources, ? extends T> view) {
        Lock readLock = state.lock().readLock();
        readLock.lock();
        try {
            state.checkOpen();
            return view.apply(state.sources());
        } finally {
            readLock.unlock();
        }
    }

    /** {@linkplain #look Looks} while no write is under way: the active memtable stands still, too. */
    public <T> T lookBetweenWrites(Function<? super Sources, ? extends T> view) {
        synchronized (writerLock) {
            return look(view);
        }
    }

    /**
     * Returns if the store is open.
     *
     * @throws storagelab.api.StoreClosedException if it is closed
     */
    public void checkOpen() {
        state.checkOpen();
    }

    /** What opening the store found: damaged tables, for one. */
    public RecoveryReport recoveryReport() {
        return recoveryReport;
    }

    @Override
    public StoreStats stats() {
        StoreStats counted = stats.snapshot();
        Sources sources = state.sources();
        Map<Metric, Long> metrics = new HashMap<>(counted.metrics());
        metrics.put(Metric.TABLES, (long) sources.tables().size());
        metrics.put(Metric.TABLE_BYTES, sources.tableBytes());
        metrics.put(Metric.MEMTABLE_BYTES, sources.memtableBytes());
        return new StoreStats(metrics, counted.getLatency(), counted.writeLatency());
    }

    /**
     * {@inheritDoc}
     *
     * <p>Frozen memtables are written out first. The active one stays in its log, which is synced.
     *
     * @throws storagelab.api.StoreFailedException if work in the background failed and no caller has been told so; every
     *     file is released all the same
     */
    @SuppressWarnings("try") // the log is named only to be closed
    @Override
    public void close() {
        synchronized (writerLock) {
            if (state.isClosed()) {
                return;
            }
            try (storeLock;
                    tables;
                    RecordLog current = log;
                    maintenance) { // closed from the last to the first
                state.close();
            }
            state.throwUnseenFailure();
        }
    }

    /** What the newest source that knows {@code key} knows of it. Under the read lock. */
    @Solution
    private static Optional<Entry> find(Slice key, Sources sources) {
        Optional<Entry> found = sources.active().get(key);
        for (Iterator<FrozenMemtable> rest = sources.frozen().iterator(); found.isEmpty() && rest.hasNext(); ) {
            found = rest.next().memtable().get(key);
        }
        for (Iterator<SortedTable> rest = sources.tables().iterator(); found.isEmpty() && rest.hasNext(); ) {
            found = rest.next().get(key);
        }
        return found;
    }

    /** Puts the entries of one batch into the active memtable; several appear to gets at one moment. Under writerLock. */
    @Solution
    private void apply(List<Entry> entries) {
        Memtable active = state.sources().active();
        if (entries.size() <= 1) {
            entries.forEach(active::put);
            return;
        }
        Lock writeLock = state.lock().writeLock();
        writeLock.lock();
        try {
            entries.forEach(active::put);
        } finally {
            writeLock.unlock();
        }
    }

    @Solution
    private static long bytesOf(List<Entry> entries) {
        return entries.stream()
                .mapToLong(entry -> entry.key().length() + entry.value().length())
                .sum();
    }

    /** Whether the next write has to go into a new memtable. Under writerLock. */
    private boolean isFull() {
        Memtable active = state.sources().active();
        long memtableBytes = state.options().memtableBytes();
        return active.sizeBytes() >= memtableBytes
                || (log.sizeBytes() / LOG_BYTES_PER_MEMTABLE_BYTE >= memtableBytes && !active.isEmpty());
    }

    /**
     * Freezes the active memtable, which has entries, and has it written out; an empty one and a new log take its place.
     * Under writerLock. The old log is closed, and so on disk, before the new one exists.
     */
    private void freeze() {
        try {
            maintenance.awaitRoom();
            log.close();
            List<Path> fullLogs = activeLogs;
            activeLogs = List.of();
            long nextLog = state.newFileNumber();
            log = beginLog(nextLog);
            state.sources().active().freeze();
            FrozenMemtable full = new FrozenMemtable(state.sources().active(), fullLogs, nextLog);
            state.change(sources -> sources.withFrozen(full, parts.memtables().get()));
            maintenance.submit(full);
        } catch (RuntimeException | Error e) {
            state.failSeen(e);
            throw e;
        }
    }

    /** Creates the log that the active memtable is written to from now on; its name is on disk. Under writerLock. */
    private RecordLog beginLog(long number) {
        Path file = FileNames.log(state.directory(), number);
        RecordLog begun = RecordLog.create(file, stats);
        try {
            Directories.sync(state.directory(), stats);
        } catch (RuntimeException | Error e) {
            try (begun) {
                throw e;
            }
        }
        List<Path> logs = new ArrayList<>(activeLogs);
        logs.add(file);
        activeLogs = logs;
        return begun;
    }
}
