package storagelab.lsm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import storagelab.api.CorruptionException;
import storagelab.api.WriteBatch;
import storagelab.compaction.TableOutput;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.log.BatchRecord;
import storagelab.log.CommitLog;
import storagelab.manifest.LsmFileNames;
import storagelab.manifest.VersionEdit;
import storagelab.manifest.VersionSet;

/**
 * Brings a store to where it was when the machine stopped: the version that the manifest says, and the writes of the
 * logs that are in no table yet. If they fit into a memtable it becomes the one that takes writes, and its logs stay, on
 * the disk, until it is written out like any other. If they do not, or if something of the logs could not be read, or if
 * there are many logs, the writes go into tables of level 0, and no log is needed any more. Then a new log is begun, and
 * one edit says all of that at once. If the machine stops before the edit is on the disk, the next recovery does the same
 * again. A log that is damaged is copied to the directory {@code lost} before it goes, and so is one that comes after the
 * damage at which the store ends: what this program cannot use is not destroyed.
 *
 * <p>Example: a process was killed with 20,000 writes in log 7. The next one reads them into a memtable, syncs log 7, and
 * begins log 9; the manifest says that 7 is still needed. It writes a few hundred more and is killed, too. The third one
 * reads logs 7 and 9. No table was written so far.
 *
 * <p>Writes have consecutive sequences. Where one is missing, what comes after it was written later than something that
 * is lost: a store that is to be as it was at one point in time ends there. Where none is missing, nothing was lost, whatever
 * lies between two batches, see {@link BatchLogReader}.
 *
 * <p>A store that is only read is brought there in memory alone: all writes of the logs go into one memtable, whatever its
 * size, and nothing is written, synced or deleted.
 *
 * <p>Concurrency: one thread.
 */
final class LsmRecovery {
    /** Who opens a store ten thousand times for one write each shall not read ten thousand logs in the end. */
    private static final int KEPT_LOGS_MAX = 4;

    private final Path directory;
    private final LsmOptions options;
    private final StatsRecorder stats;
    private final VersionSet versions;
    private final VersionEdit edit = new VersionEdit();
    private final List<LsmRecoveryReport.Dropped> dropped = new ArrayList<>();
    private final List<Path> filled = new ArrayList<>(); // the logs that have writes
    private boolean hasTables; // with writes of the logs
    private long operations;
    private LsmMemtable memtable;
    private long expected = BatchLogReader.ANY; // the sequence of the next batch
    private boolean ended; // at damage, or where a sequence is missing
    private boolean isReadOnly;

    private LsmRecovery(Path directory, LsmOptions options, StatsRecorder stats, VersionSet versions) {
        this.directory = directory;
        this.options = options;
        this.stats = stats;
        this.versions = versions;
        this.memtable = new LsmMemtable(options.memtableBytes());
    }

    /**
     * What recovery leads to.
     *
     * @param memtable takes writes from now on
     * @param logs have the writes that it has already
     * @param log that writes go to from now on
     * @param report what was found
     */
    record Recovered(LsmMemtable memtable, List<Path> logs, CommitLog log, LsmRecoveryReport report) {}

    /** Brings {@code versions} up to what the logs say; a store that is not there is made. */
    static Recovered recover(Path directory, LsmOptions options, StatsRecorder stats, VersionSet versions) {
        return new LsmRecovery(directory, options, stats, versions).run();
    }

    /**
     * What reading the logs leads to.
     *
     * @param memtable has all writes that are in no table
     * @param report what was found
     */
    record ReadOnly(LsmMemtable memtable, LsmRecoveryReport report) {}

    /** Brings {@code versions} up to what the logs say, in memory; nothing on disk is changed. */
    static ReadOnly read(Path directory, LsmOptions options, StatsRecorder stats, VersionSet versions) {
        LsmRecovery recovery = new LsmRecovery(directory, options, stats, versions);
        recovery.isReadOnly = true;
        neededLogs(directory, versions).values().forEach(recovery::replay);
        return new ReadOnly(recovery.memtable, new LsmRecoveryReport(recovery.operations, recovery.dropped));
    }

    /**
     * The logs whose writes may be in no table, by their numbers. No number of a file that is there is given out any more.
     *
     * @throws CorruptionException if the first log that the manifest needs is not there
     */
    static Map<Long, Path> neededLogs(Path directory, VersionSet versions) {
        Map<Long, Path> logs = new TreeMap<>();
        for (Path file : LsmFileNames.list(directory)) {
            LsmFileNames.parse(file).ifPresent(parsed -> {
                versions.markUsed(parsed.number());
                if (parsed.kind() == LsmFileNames.Kind.LOG && parsed.number() >= versions.logNumber()) {
                    logs.put(parsed.number(), file);
                }
            });
        }
        if (versions.logNumber() > 0 && !logs.containsKey(versions.logNumber())) {
            throw new CorruptionException(
                    LsmFileNames.log(directory, versions.logNumber()),
                    0,
                    "a log that the manifest needs",
                    "no file; the manifest may have lost its end");
        }
        return logs;
    }

    private Recovered run() {
        Map<Long, Path> logs = neededLogs(directory, versions);
        logs.values().forEach(this::replay);
        unread(logs.values()).forEach(log -> LostFiles.copy(log, stats)); // before an edit lets them go
        List<Path> kept = List.copyOf(canKeepLogs() ? filled : List.of());
        kept.forEach(this::sync);
        if (kept.isEmpty()) {
            writeTable();
        }
        if (!options.hasLog()) {
            versions.setSequenceInTables(versions.lastSequence());
        }
        CommitLog log = WriteLog.create(directory, versions.newFileNumber(), options.fileAccess(), stats);
        try {
            versions.apply(edit.setLogNumber(kept.isEmpty() ? log.number() : number(kept.get(0))));
            logs.values().stream().filter(file -> !kept.contains(file)).forEach(StoreFile::delete);
            versions.removeUnneeded();
            CommitLog used = options.hasLog() ? log : givenUp(log);
            return new Recovered(memtable, kept, used, new LsmRecoveryReport(operations, dropped));
        } catch (RuntimeException | Error e) {
            try (log) {
                throw e;
            }
        }
    }

    /**
     * Lets a store go on without a log. Its manifest says that it needs the log 0 and those after it, for there is none: the
     * next open would read any that is still there, though tables have newer writes. So the old logs are gone for good
     * before the edit, and {@code last}, the only one after it, has no writes.
     */
    private CommitLog givenUp(CommitLog last) {
        Directories.sync(directory, stats);
        versions.apply(new VersionEdit().setLogNumber(CommitLog.NONE.number()));
        last.close();
        StoreFile.delete(LsmFileNames.log(directory, last.number()));
        return CommitLog.NONE;
    }

    /** The logs that have writes which are not in the store: damaged ones, and those after the end of the store. */
    private List<Path> unread(Collection<Path> logs) {
        List<Path> unread = new ArrayList<>();
        for (Path log : logs) {
            boolean isDamaged = dropped.stream().anyMatch(part -> part.log().equals(log));
            if (isDamaged || (ended && !unread.isEmpty())) {
                unread.add(log);
            }
        }
        return unread;
    }

    /**
     * Whether a later recovery would find the same in the logs, followed by what is written from now on. It would not if the
     * manifest has a greater sequence than they: that of a write which was not synced and is lost. The next one follows on
     * that.
     */
    private boolean canKeepLogs() {
        return options.hasLog()
                && !hasTables
                && dropped.isEmpty()
                && filled.size() <= KEPT_LOGS_MAX
                && (filled.isEmpty() || versions.lastSequence() + 1 == expected);
    }

    /** Writes to later logs may be synced, and then nothing before them may be lost. */
    private void sync(Path log) {
        try (StoreFile file = StoreFile.openForWriting(log, stats)) {
            file.sync();
        }
    }

    private static long number(Path log) {
        return LsmFileNames.parse(log).orElseThrow().number();
    }

    private void replay(Path path) {
        long before = operations;
        try (BatchLogReader log = new BatchLogReader(path, stats, expected, part -> unreadable(path, part))) {
            for (BatchRecord batch = log.next(); batch != null && !ended; batch = log.next()) {
                replay(path, batch);
            }
        }
        if (operations > before) {
            filled.add(path);
        }
    }

    private void replay(Path path, BatchRecord batch) {
        if (expected != BatchLogReader.ANY && batch.sequence() != expected) {
            damaged(path, 0, "a batch with the sequence " + batch.sequence() + " where " + expected + " comes next");
            if (ended) {
                return;
            }
        }
        long sequence = batch.sequence();
        for (WriteBatch.Operation operation : batch.batch().operations()) {
            memtable.add(sequence++, operation);
            operations++;
        }
        expected = sequence;
        versions.setLastSequence(sequence - 1);
        if (!isReadOnly && memtable.sizeBytes() >= options.memtableBytes()) {
            writeTable();
        }
    }

    /** A part of a log is dropped. It ends the store at this point in time only if a write may be missing. */
    private void unreadable(Path path, BatchLogReader.Unreadable part) {
        boolean hadEnded = ended;
        damaged(path, part.offset(), part.reason());
        ended = hadEnded || (ended && !part.hidesNothing());
    }

    private void damaged(Path path, long offset, String reason) {
        dropped.add(new LsmRecoveryReport.Dropped(path, offset, reason));
        switch (options.recoveryMode()) {
            case ABSOLUTE -> throw new CorruptionException(path, offset, "a log of writes", reason);
            case POINT_IN_TIME -> ended = true;
            case SALVAGE -> {} // what can be read is read
        }
    }

    private void writeTable() {
        if (memtable.isEmpty()) {
            return;
        }
        long nowMillis = options.clock().millis();
        memtable.writeTo(new TableOutput(directory, options.table(), stats, versions::newFileNumber))
                .forEach(file -> edit.add(0, file.inRun(file.number(), nowMillis)));
        hasTables = true;
        memtable = new LsmMemtable(options.memtableBytes());
    }
}
