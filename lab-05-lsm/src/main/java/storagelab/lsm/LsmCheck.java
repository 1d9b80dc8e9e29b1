package storagelab.lsm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.file.StoreLock;
import storagelab.log.BatchRecord;
import storagelab.log.LogReader;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.LsmFileNames;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.Version;
import storagelab.manifest.VersionSet;
import storagelab.sstable.InternalKey;
import storagelab.sstable.InternalKeyOrder;

/**
 * Reads every byte of a store that matters, its manifest, its tables and its logs, and says all that is damaged and where.
 * Nothing is changed, and nothing ends at the first damage.
 *
 * <p>If the manifest is damaged, which files belong to the store is not known. Then each table and each log in the directory is
 * read by itself, so that the report says how much a repair will find.
 *
 * <p>Cost: every byte is read once, in memory that does not grow with the number of keys. Concurrency: one thread; the store
 * must not be open for writing.
 */
public final class LsmCheck {
    private final Path directory;
    private final StatsRecorder stats = new StatsRecorder();
    private final OpenTables tables;
    private final List<Finding> findings = new ArrayList<>();
    private int tableCount;
    private int logCount;
    private long entries;
    private long operations;

    private LsmCheck(Path directory, LsmOptions options) {
        this.directory = directory;
        this.tables = new OpenTables(directory, options, stats);
    }

    /**
     * Something that is damaged.
     *
     * @param file which
     * @param offset where in the file it begins, at the latest
     * @param reason what is wrong
     */
    public record Finding(String file, long offset, String reason) {}

    /**
     * What a check has found.
     *
     * @param version the tables of the store; none if the manifest is damaged
     * @param tables that were read
     * @param entries in the tables
     * @param logs that were read
     * @param operations in the logs
     * @param findings what is damaged; nothing if the store is whole
     */
    public record Report(
            Optional<Version> version, int tables, long entries, int logs, long operations, List<Finding> findings) {
        public Report {
            findings = List.copyOf(findings);
        }

        /** Whether nothing is damaged. */
        public boolean isWhole() {
            return findings.isEmpty();
        }
    }

    /**
     * Checks the store in {@code directory}.
     *
     * @param options say how files are read
     * @throws StorageIoException if there is no store, if it is open for writing, if its keys are in an order that this program
     *     does not know, or if the file system refuses
     */
    public static Report check(Path directory, LsmOptions options) {
        try (StoreLock lock = StoreLock.acquireShared(directory)) {
            Report report = new LsmCheck(directory, options).run();
            lock.checkAlone();
            return report;
        }
    }

    private Report run() {
        Version version = null;
        try (VersionSet versions = VersionSet.recover(directory, stats, ManifestFormat.LEVELDB)) {
            version = versions.current();
            manifestToItsEnd(LsmFileNames.manifest(directory, versions.manifestNumber()));
            tables(version);
            logs(LsmRecovery.neededLogs(directory, versions).values());
        } catch (CorruptionException e) { // in CURRENT or the manifest, or the manifest needs a log that is not there
            found(e);
            if (version == null) {
                filesOf(LsmFileNames.Kind.TABLE).forEach(this::tableByItself);
                filesOf(LsmFileNames.Kind.LOG).forEach(log -> logs(List.of(log)));
            }
        }
        shape();
        return new Report(Optional.ofNullable(version), tableCount, entries, logCount, operations, findings);
    }

    /** Opening reads a manifest up to damage that no edit follows; here that is a finding, too. */
    private void manifestToItsEnd(Path manifest) {
        try (StoreFile file = StoreFile.openForReading(manifest, stats)) {
            LogReader edits = new LogReader(file, damage -> found(manifest, damage.offset(), damage.reason()));
            Slice edit = edits.next();
            while (edit != null) {
                edit = edits.next();
            }
        }
    }

    private void tables(Version version) {
        tableCount = version.files().size();
        entries = LsmVerifier.verify(version, tables::openApart, new LsmVerifier.Findings() {
            @Override
            public void damaged(CorruptionException damage) {
                found(damage);
            }

            @Override
            public void untrue(FileMetadata file, String what) {
                found(OpenTables.existing(directory, file), 0, file + " " + what);
            }
        });
    }

    /** A table of which no manifest says anything: it must have entries in order. */
    private void tableByItself(Path file) {
        tableCount++;
        try (TableWalk walk = new TableWalk(tables.openApart(file), this::found)) {
            Slice last = null;
            while (walk.next()) {
                entries++;
                if (last != null && InternalKeyOrder.ORDER.compare(last, walk.key()) >= 0) {
                    found(file, 0, InternalKey.toString(walk.key()) + " after " + InternalKey.toString(last));
                    return;
                }
                last = walk.key();
            }
        } catch (CorruptionException e) {
            found(e);
        }
    }

    /** Each log must be whole, and no write may be missing from one to the next. */
    private void logs(Collection<Path> logs) {
        long next = BatchLogReader.ANY;
        for (Path log : logs) {
            logCount++;
            int before = findings.size();
            try (BatchLogReader batches =
                    new BatchLogReader(log, stats, next, part -> found(log, part.offset(), part.reason()))) {
                for (BatchRecord batch = batches.next(); batch != null; batch = batches.next()) {
                    boolean isFollowing = next == BatchLogReader.ANY || batch.sequence() == next;
                    if (!isFollowing && findings.size() == before) { // otherwise it is known why writes are missing
                        found(
                                log,
                                0,
                                "a batch with the sequence " + batch.sequence() + " where " + next + " comes next");
                    }
                    before = findings.size();
                    int count = batch.batch().operations().size();
                    next = batch.sequence() + count;
                    operations += count;
                }
            }
        }
    }

    private void shape() {
        try {
            StoreShape.recall(directory);
        } catch (CorruptionException e) {
            found(e);
        }
    }

    private List<Path> filesOf(LsmFileNames.Kind kind) {
        return LsmFileNames.list(directory).stream()
                .filter(file -> LsmFileNames.parse(file)
                        .filter(name -> name.kind() == kind)
                        .isPresent())
                .sorted()
                .toList();
    }

    private void found(CorruptionException damage) {
        findings.add(new Finding(damage.file(), damage.offset(), damage.reason()));
    }

    private void found(Path file, long offset, String reason) {
        findings.add(new Finding(file.toString(), offset, reason));
    }
}
