package storagelab.lsm;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.api.Metric;
import storagelab.compaction.Compaction;
import storagelab.compaction.CompactionFilter;
import storagelab.compaction.CompactionJob;
import storagelab.compaction.CompactionPicker;
import storagelab.compaction.TableOutput;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.LsmFileNames;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.manifest.VersionSet;
import storagelab.sortedlog.FileNames;
import storagelab.sortedlog.StatsRecorder;
import storagelab.table.InternalCursor;
import storagelab.table.MergedCursor;

/**
 * What a store consists of at one moment, and how it changes: a full memtable is frozen, written out as a table of
 * level 0, and tables are merged into the levels below. Each of these steps makes a new {@link ReadState}.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A frozen memtable stays in the state, and its log on the disk, until a version that is on the disk has its
 *       table.
 *   <li>Of a key, what is found first on the way down (memtable, frozen memtable, level 0 from the newest table, the
 *       runs of level 1 ...) is the newest.
 *   <li>Files are deleted only when no version that counts, or is read, has them.
 * </ol>
 *
 * <p>Concurrency: {@code state}, {@code pin} and {@code unpin} from any thread; each of the other methods from one
 * thread at a time, different ones at once. Lock order: {@code editing}, then {@code installing}, then the lock of
 * {@link OpenTables}.
 */
final class LsmTree implements Closeable {
    private final Path directory;
    private final LsmOptions options;
    private final StatsRecorder stats;
    private final VersionSet versions;
    private final OpenTables tables;
    private final SnapshotList snapshots;
    private final WriteStallController stalls;
    private final Object editing = new Object();
    private final Object installing = new Object();
    private volatile ReadState state; // changed under installing
    private volatile boolean allDue; // to be merged
    private @Nullable WriteLog frozenLog; // of the frozen memtable; guarded by installing
    private long nextLogNumber; // of the log behind it; guarded by installing

    /** The tree that {@code versions} say, with an empty memtable. */
    LsmTree(Path directory, LsmOptions options, StatsRecorder stats, VersionSet versions, SnapshotList snapshots) {
        this.directory = directory;
        this.options = options;
        this.stats = stats;
        this.versions = versions;
        this.snapshots = snapshots;
        this.tables = new OpenTables(directory, options, stats);
        this.stalls = new WriteStallController(options.stallLimits());
        tables.setCurrent(versions.current());
        this.state = readState(new LsmMemtable(options.memtableBytes()), null, List.of());
        stalls.update(pressure(versions.current()));
    }

    /** Where everything is now. The tables of its version may go while somebody reads it, unless it is pinned. */
    ReadState state() {
        return state;
    }

    /** The tables that are open. */
    OpenTables tables() {
        return tables;
    }

    /** Says how much writers have to wait. */
    WriteStallController stalls() {
        return stalls;
    }

    /** Where everything is now; the tables of its version stay until {@link #unpin}. */
    ReadState pin() {
        synchronized (installing) {
            tables.pin(state.version());
            return state;
        }
    }

    /** Takes back a {@link #pin}. */
    void unpin(ReadState pinned) {
        tables.unpin(pinned.version());
    }

    /**
     * Freezes the memtable and begins a new one. There must be no frozen one.
     *
     * @param full has the writes of the memtable, and is synced
     * @param nextLog the number of the log that takes those of the new one
     */
    void rotate(WriteLog full, long nextLog) {
        synchronized (installing) {
            frozenLog = full;
            nextLogNumber = nextLog;
            state = new ReadState(
                    new LsmMemtable(options.memtableBytes()), state.memtable(), state.version(), state.runs());
        }
    }

    /** Writes the frozen memtable out as a table. Returns whether there was one. */
    boolean flushStep() {
        LsmMemtable frozen;
        WriteLog itsLog;
        long nextLog;
        synchronized (installing) {
            frozen = state.frozen();
            itsLog = frozenLog;
            nextLog = nextLogNumber;
        }
        if (frozen == null || itsLog == null) {
            return false;
        }
        VersionEdit edit = new VersionEdit().setLogNumber(nextLog);
        long nowMillis = options.clock().millis(); // after the last write to the memtable
        frozen.writeTo(newTables()).forEach(file -> edit.add(0, file.inRun(file.number(), nowMillis)));
        install(edit, true);
        itsLog.close();
        FileNames.delete(LsmFileNames.log(directory, itsLog.number()));
        stats.increment(Metric.FLUSHES);
        return true;
    }

    /** Asks the next {@link #compactStep} to merge all tables there are. */
    void compactAll() {
        allDue = true;
    }

    /** Merges the tables that most need it. Returns whether any did. */
    boolean compactStep() {
        Version version = state.version();
        if (allDue) {
            allDue = false;
            return !version.files().isEmpty() && merged(Compaction.ofAll(version, "all"), version);
        }
        CompactionPicker.State now = new CompactionPicker.State(
                versions::compactPointer, options.clock().millis());
        Compaction compaction = options.picker().pick(version, now);
        if (compaction == null) {
            return false;
        }
        compaction.check(version);
        if (compaction.isTrivialMove()) {
            install(compaction.edit(compaction.files()), false);
            return true;
        }
        return merged(compaction, version);
    }

    private boolean merged(Compaction compaction, Version version) {
        if (!mergedFiltered(compaction, version)) {
            install(compaction.edit(merge(job(compaction, version), compaction)), false);
        }
        stats.increment(Metric.COMPACTIONS);
        return true;
    }

    /**
     * A merge that asks the filter of values. Returns false, and has changed nothing, if there is no filter, or if
     * somebody has taken a snapshot meanwhile, who may have read what was thrown away.
     */
    private boolean mergedFiltered(Compaction compaction, Version version) {
        CompactionFilter filter = options.compactionFilter();
        if (filter == CompactionFilter.NONE) {
            return false;
        }
        long newest = snapshots.newest();
        CompactionJob job = job(compaction, version).filteredBy(filter, newest);
        List<FileMetadata> outputs = merge(job, compaction);
        VersionEdit edit = compaction.edit(outputs);
        if (job.expired() == 0) {
            install(edit, false);
            return true;
        }
        boolean isInstalled = snapshots.runUnlessNewer(newest, () -> install(edit, false));
        if (!isInstalled) {
            outputs.forEach(file -> FileNames.delete(LsmFileNames.table(directory, file.number())));
        }
        return isInstalled;
    }

    /** Closes the tables and the manifest, and the log of a memtable that was not written out. */
    @Override
    public void close() {
        try (versions;
                tables) {
            synchronized (installing) {
                if (frozenLog != null) {
                    frozenLog.close();
                }
            }
        }
    }

    private CompactionJob job(Compaction compaction, Version version) {
        return new CompactionJob(compaction, version, snapshots.oldest(), options.tableBytes());
    }

    private List<FileMetadata> merge(CompactionJob job, Compaction compaction) {
        List<InternalCursor> inputs = new ArrayList<>();
        compaction.files().forEach(file -> inputs.add(tables.get(file).cursor()));
        TableOutput output = newTables();
        try (InternalCursor entries = new MergedCursor(inputs)) {
            return job.run(entries, output);
        } catch (RuntimeException | Error e) {
            output.abandon();
            throw e;
        }
    }

    private TableOutput newTables() {
        return new TableOutput(directory, options.table(), stats, versions::newFileNumber);
    }

    private WriteStallController.Pressure pressure(Version version) {
        return new WriteStallController.Pressure(
                version.files(0).size(), options.picker().debtBytes(version));
    }

    private ReadState readState(LsmMemtable memtable, @Nullable LsmMemtable frozen, List<RunReader> oldRuns) {
        Version version = versions.current();
        return new ReadState(memtable, frozen, version, RunReader.of(version, tables, oldRuns));
    }

    /** Makes the version after an edit the one that counts. */
    private void install(VersionEdit edit, boolean flushed) {
        synchronized (editing) {
            versions.apply(edit);
            Version next = versions.current();
            synchronized (installing) {
                state = readState(state.memtable(), flushed ? null : state.frozen(), state.runs());
                frozenLog = flushed ? null : frozenLog;
            }
            tables.setCurrent(next);
            stalls.update(pressure(next));
        }
    }
}
