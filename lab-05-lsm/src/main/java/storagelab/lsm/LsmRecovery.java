package storagelab.lsm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.WriteBatch;
import storagelab.compaction.TableOutput;
import storagelab.log.LogReader;
import storagelab.log.PreparedSpace;
import storagelab.manifest.LsmFileNames;
import storagelab.manifest.VersionEdit;
import storagelab.manifest.VersionSet;
import storagelab.sortedlog.FileNames;
import storagelab.sortedlog.StatsRecorder;
import storagelab.sortedlog.StoreFile;

/**
 * Brings a store to where it was when the machine stopped: the version that the manifest says, and the writes of the
 * logs that are in no table yet. These go into tables of level 0, so that the logs are not needed any more; then a new
 * log is begun, and one edit says all of that at once. If the machine stops before the edit is on the disk, the next
 * recovery does the same again.
 *
 * <p>Writes have consecutive sequences. Where one is missing, what comes after it was written later than something that
 * is lost: a store that is to be as it was at one point in time ends there.
 *
 * <p>Concurrency: one thread.
 */
final class LsmRecovery {
    private static final long ANY = -1;

    private final Path directory;
    private final LsmOptions options;
    private final StatsRecorder stats;
    private final VersionSet versions;
    private final VersionEdit edit = new VersionEdit();
    private final List<LsmRecoveryReport.Dropped> dropped = new ArrayList<>();
    private long operations;
    private LsmMemtable memtable;
    private long expected = ANY; // the sequence of the next batch
    private boolean ended; // at damage, or where a sequence is missing

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
     * @param log that writes go to from now on
     * @param report what was found
     */
    record Recovered(WriteLog log, LsmRecoveryReport report) {}

    /** Brings {@code versions} up to what the logs say; a store that is not there is made. */
    static Recovered recover(Path directory, LsmOptions options, StatsRecorder stats, VersionSet versions) {
        return new LsmRecovery(directory, options, stats, versions).run();
    }

    private Recovered run() {
        Map<Long, Path> logs = new TreeMap<>();
        for (Path file : files(directory)) {
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
        logs.values().forEach(this::replay);
        writeTable();
        WriteLog log = WriteLog.create(directory, versions.newFileNumber(), options.fileAccess(), stats);
        try {
            versions.apply(edit.setLogNumber(log.number()));
            removeUnneeded(log.number());
            return new Recovered(log, new LsmRecoveryReport(operations, dropped));
        } catch (RuntimeException | Error e) {
            try (log) {
                throw e;
            }
        }
    }

    private void replay(Path path) {
        try (StoreFile file = StoreFile.openForReading(path, stats)) {
            LogReader reader = new LogReader(file, damage -> {
                if (!PreparedSpace.isTornTail(file, damage.offset())) {
                    damaged(path, damage.offset(), damage.reason());
                }
            });
            for (Slice record = reader.next(); record != null && !ended; record = reader.next()) {
                replay(path, record);
            }
        }
    }

    private void replay(Path path, Slice record) {
        BatchRecord batch;
        try {
            batch = BatchRecord.decode(record);
        } catch (IllegalArgumentException e) {
            damaged(path, 0, "no batch: " + e.getMessage());
            return;
        }
        if (expected != ANY && batch.sequence() != expected) {
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
        if (memtable.sizeBytes() >= options.memtableBytes()) {
            writeTable();
        }
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
        memtable = new LsmMemtable(options.memtableBytes());
    }

    /**
     * Removes what a crash has left: logs that are not needed, tables that no version has, manifests that do not count.
     */
    private void removeUnneeded(long firstLog) {
        Set<Long> tables = new HashSet<>();
        versions.current().files().forEach(file -> tables.add(file.number()));
        for (Path file : files(directory)) {
            LsmFileNames.parse(file).ifPresent(parsed -> {
                boolean isNeeded = switch (parsed.kind()) {
                    case LOG -> parsed.number() >= firstLog;
                    case TABLE -> tables.contains(parsed.number());
                    case MANIFEST -> parsed.number() >= versions.manifestNumber();
                    case TEMPORARY -> false;
                };
                if (!isNeeded) {
                    FileNames.delete(file);
                }
            });
        }
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> list = Files.list(directory)) {
            return new ArrayList<>(list.toList());
        } catch (IOException e) {
            throw new StorageIoException("listing " + directory, e);
        }
    }
}
