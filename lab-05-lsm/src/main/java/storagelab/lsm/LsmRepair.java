package storagelab.lsm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.ValueKind;
import storagelab.api.WriteBatch;
import storagelab.compaction.TableOutput;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.file.StoreLock;
import storagelab.log.BatchRecord;
import storagelab.log.LogReader;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.LsmFileNames;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.manifest.VersionSet;
import storagelab.sstable.ChannelSource;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;
import storagelab.sstable.InternalMergingCursor;
import storagelab.sstable.TableSalvage;

/**
 * Makes a store out of what can be read of its tables and logs, when its manifest is gone or does not fit them any more.
 *
 * <p>It is not known then which table is newer than which. But each entry carries its sequence, and of a key the one with the
 * largest is the newest, wherever it lies: so everything is merged into one run, and a manifest is written that has this run
 * and nothing else. The files that it was made from are moved to the directory {@code lost}, with a number after the name if
 * there is one of that name; nothing is deleted.
 *
 * <p>What can be read is what has a checksum that is right, or is after one flipped bit is mended: blocks of tables, whether or
 * not their index is whole ({@link TableSalvage}), and chunks of logs ({@link storagelab.log.SalvageLogReader}).
 *
 * <p>What may come back: a key whose deletion was in a file that is lost, or that a merge had dropped together with the
 * value, if the value's old table was left behind. A repair is for when there is nothing better.
 *
 * <p>If the machine stops in between, the old manifest counts, or the new one; the repair can be run again. What could not
 * be read is in {@code lost} before the new one counts.
 *
 * <p>Cost: every byte is read twice and written once; a file of which a part cannot be read is copied.
 *
 * <p>Concurrency: one thread; the store must not be open.
 */
public final class LsmRepair {
    /** Where the files go that the repaired store does not need. */
    public static final String LOST = LostFiles.NAME;

    private static final int RUN_LEVEL = Version.LEVELS - 1;

    private final Path directory;
    private final LsmOptions options;
    private final StatsRecorder stats = new StatsRecorder();
    private final List<LsmRecoveryReport.Dropped> dropped = new ArrayList<>();
    private final List<Path> old = new ArrayList<>();
    private final List<TableSalvage> sources = new ArrayList<>();
    private long lastSequence;

    private LsmRepair(Path directory, LsmOptions options) {
        this.directory = directory;
        this.options = options;
    }

    /**
     * What came of a repair.
     *
     * @param tables files that something was read from, logs included
     * @param keys in the repaired store
     * @param dropped what could not be read
     */
    public record Report(int tables, long keys, List<LsmRecoveryReport.Dropped> dropped) {
        public Report {
            dropped = List.copyOf(dropped);
        }
    }

    /**
     * Repairs the store in {@code directory}.
     *
     * @param options say how large tables become and how they are written
     * @throws StorageIoException if the store is open, if there are neither tables nor logs, if its keys are in an order that
     *     this program does not know, or if the file system refuses. In the first three of these cases nothing has changed
     */
    public static Report repair(Path directory, LsmOptions options) {
        try (StoreLock ignored = StoreLock.acquire(directory)) {
            return new LsmRepair(directory, options).run();
        }
    }

    private Report run() {
        try (VersionSet versions = VersionSet.create(directory, stats, ManifestFormat.LEVELDB)) {
            for (Path file : LsmFileNames.list(directory)) {
                Optional<LsmFileNames.Parsed> parsed = LsmFileNames.parse(file);
                parsed.ifPresent(name -> {
                    versions.markUsed(name.number());
                    old.add(file);
                });
            }
            if (of(LsmFileNames.Kind.TABLE).isEmpty()
                    && of(LsmFileNames.Kind.LOG).isEmpty()) {
                throw new StorageIoException(
                        "repairing " + directory, new IOException("there are neither tables nor logs in it"));
            }
            of(LsmFileNames.Kind.MANIFEST).forEach(this::checkComparator);
            of(LsmFileNames.Kind.TABLE).forEach(this::take); // nothing is written before all keys were seen
            List<Path> made = logsToTables(versions);
            made.forEach(this::take);
            damaged().forEach(file -> LostFiles.copy(file, stats));
            long keys = merge(versions);
            old.addAll(made);
            LostFiles.move(directory, old, stats);
            return new Report(sources.size(), keys, dropped);
        } finally {
            sources.forEach(TableSalvage::close);
        }
    }

    /** Refuses a store whose manifest says that its keys are in an order that this program does not know. */
    private void checkComparator(Path manifest) {
        try (StoreFile file = StoreFile.openForReading(manifest, stats)) {
            LogReader edits = new LogReader(file, damage -> {}); // a damaged manifest is why a repair is made
            for (Slice edit = edits.next(); edit != null; edit = edits.next()) {
                ManifestFormat.checkComparator("repairing " + directory, manifest, comparator(edit));
            }
        }
    }

    private static @Nullable String comparator(Slice edit) {
        try {
            return VersionEdit.decode(edit).comparator();
        } catch (IllegalArgumentException e) {
            return null; // damaged
        }
    }

    private List<Path> of(LsmFileNames.Kind kind) {
        return old.stream()
                .filter(file -> LsmFileNames.parse(file).orElseThrow().kind() == kind)
                .sorted()
                .toList();
    }

    /** Writes what the logs have into tables of their own, so that all sources are sorted. */
    private List<Path> logsToTables(VersionSet versions) {
        List<Path> made = new ArrayList<>();
        for (Path log : of(LsmFileNames.Kind.LOG)) {
            LsmMemtable memtable = new LsmMemtable(options.memtableBytes());
            try (BatchLogReader batches =
                    BatchLogReader.salvaging(log, stats, part -> drop(log, part.offset(), part.reason()))) {
                for (BatchRecord batch = batches.next(); batch != null; batch = batches.next()) {
                    add(log, batch, memtable);
                    if (memtable.sizeBytes() >= options.memtableBytes()) {
                        made.addAll(write(memtable, versions));
                        memtable = new LsmMemtable(options.memtableBytes());
                    }
                }
            }
            if (!memtable.isEmpty()) {
                made.addAll(write(memtable, versions));
            }
        }
        return made;
    }

    private void add(Path log, BatchRecord batch, LsmMemtable memtable) {
        long sequence = batch.sequence();
        try {
            for (WriteBatch.Operation operation : batch.batch().operations()) {
                memtable.add(sequence++, operation);
            }
        } catch (IllegalArgumentException e) { // there already
            drop(log, 0, String.valueOf(e.getMessage()));
        }
    }

    /** The files that have something which the new store has not; when it is opened, it deletes what it does not need. */
    private List<Path> damaged() {
        return dropped.stream().map(LsmRecoveryReport.Dropped::log).distinct().toList();
    }

    private void drop(Path file, long offset, String reason) {
        dropped.add(new LsmRecoveryReport.Dropped(file, offset, reason));
    }

    private List<Path> write(LsmMemtable memtable, VersionSet versions) {
        return memtable.writeTo(newTables(versions)).stream()
                .map(file -> LsmFileNames.table(directory, file.number()))
                .toList();
    }

    /** Finds what can be read of a table. */
    private void take(Path file) {
        TableSalvage table = TableSalvage.open(
                new ChannelSource(file, stats), e -> drop(file, e.offset(), String.valueOf(e.getMessage())));
        if (table.count() == 0) {
            table.close();
            return;
        }
        sources.add(table);
        lastSequence = Math.max(lastSequence, table.newestSequence());
    }

    /** Writes the newest entry of each key, and makes the tables the store. Returns how many keys there are. */
    private long merge(VersionSet versions) {
        TableOutput output = newTables(versions);
        long keys = 0;
        try (InternalCursor entries = new InternalMergingCursor(
                sources.stream().map(TableSalvage::cursor).toList())) {
            Slice last = null;
            for (entries.seekToFirst(); entries.isValid(); entries.next()) {
                Slice user = InternalKey.userKey(entries.key());
                if (isNewest(user, last) && InternalKey.kind(entries.key()) == ValueKind.VALUE) {
                    if (output.sizeBytes() >= options.tableBytes()) {
                        output.cut();
                    }
                    output.add(entries.key(), entries.value());
                    keys++;
                }
                last = user;
            }
            VersionEdit edit = new VersionEdit().setLogNumber(emptyLog(versions));
            for (FileMetadata file : output.finish()) {
                edit.add(RUN_LEVEL, file);
            }
            versions.setLastSequence(lastSequence);
            versions.apply(edit);
            return keys;
        } catch (RuntimeException | Error e) {
            output.abandon();
            throw e;
        }
    }

    /** Makes a log without writes, the first one that is needed: if the old ones stay, after a crash, they are not read again. */
    private long emptyLog(VersionSet versions) {
        long number = versions.newFileNumber();
        StoreFile.create(LsmFileNames.log(directory, number), stats).close();
        Directories.sync(directory, stats);
        return number;
    }

    private static boolean isNewest(Slice user, @Nullable Slice last) {
        return !user.equals(last); // versions of a key come the newest first
    }

    private TableOutput newTables(VersionSet versions) {
        return new TableOutput(directory, options.table(), stats, versions::newFileNumber);
    }
}
