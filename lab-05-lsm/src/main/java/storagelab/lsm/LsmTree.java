package storagelab.lsm;

import com.google.common.util.concurrent.RateLimiter;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.compaction.Compaction;
import storagelab.compaction.CompactionFilter;
import storagelab.compaction.CompactionJob;
import storagelab.compaction.CompactionPicker;
import storagelab.compaction.ExpiredRuns;
import storagelab.compaction.FilteredCursor;
import storagelab.compaction.RangeCompaction;
import storagelab.compaction.TableOutput;
import storagelab.course.ExercisePart;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.log.CommitLog;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.LsmFileNames;
import storagelab.manifest.SortedRun;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.manifest.VersionSet;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalMergingCursor;

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
 * thread at a time, different ones at once. Lock order: that of {@link SnapshotList}, {@code editing},
 * {@code installing}, that of {@link OpenTables}.
 */
final class LsmTree implements Closeable {
    private static final double NANOS_A_SECOND = 1e9;

    private final Path directory;
    private final LsmOptions options;
    private final StatsRecorder stats;
    private final VersionSet versions;
    private final OpenTables tables;
    private final SnapshotList snapshots;
    private final @Nullable WriteStallController stalls; // null if nobody is held up
    private final @Nullable RateLimiter mergedBytes; // null lets merges write as fast as they can
    private final LevelWork work = new LevelWork();
    private final Object editing = new Object();
    private final Object installing = new Object();
    private volatile ReadState state; // changed under installing
    private volatile boolean allDue; // to be merged
    private final Queue<RangeCompaction> dueRanges = new ConcurrentLinkedQueue<>(); // emptied by the thread that merges
    private volatile long sequenceInTables; // up to which every write is in a table on the disk, if there is no log
    private @Nullable CommitLog frozenLog; // of the frozen memtable; guarded by installing
    private long nextLogNumber; // of the log behind it; guarded by installing
    private volatile @Nullable Runnable syncLog = () -> {}; // before a memtable is written out; null if none may be
    private List<Path> recoveredLogs = List.of(); // of the first memtable, besides its own; guarded by installing

    /** The tree that {@code versions} say, with an empty memtable. */
    LsmTree(Path directory, LsmOptions options, StatsRecorder stats, VersionSet versions, SnapshotList snapshots) {
        this.directory = directory;
        this.options = options;
        this.stats = stats;
        this.versions = versions;
        this.snapshots = snapshots;
        this.tables = new OpenTables(directory, options, stats);
        this.stalls = options.holdsWritersUp() ? new WriteStallController(options.stallLimits()) : null;
        long rate = options.mergeBytesPerSecond();
        this.mergedBytes = rate == 0 ? null : RateLimiter.create(rate);
        tables.setCurrent(versions.current());
        this.sequenceInTables = versions.sequenceInTables();
        this.state = readState(new LsmMemtable(options.memtableBytes()), null, List.of());
        updateStalls(versions.current());
    }

    /** Takes the memtable of a recovery, the writes of which are in {@code logs}. Called before anybody else calls anything. */
    void resume(LsmMemtable memtable, List<Path> logs) {
        synchronized (installing) {
            recoveredLogs = logs;
            state = new ReadState(memtable, null, state.version(), state.runs());
        }
    }

    /** Where everything is now. The tables of its version may go while somebody reads it, unless it is pinned. */
    ReadState state() {
        return state;
    }

    /** In a store without a log: the sequence up to which every write is in a table, and that on the disk. */
    long sequenceInTables() {
        return sequenceInTables;
    }

    /** The tables that are open. */
    OpenTables tables() {
        return tables;
    }

    /** What flushes and merges have done for each level. */
    LevelWork work() {
        return work;
    }

    /** Says how much writers have to wait; null if they need not. */
    @Nullable
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
     * Freezes the memtable and begins a new one: publishes a {@link ReadState} in which the memtable is frozen and an empty one
     * takes writes; version and runs stay. Remembers both logs for the flush. There must be no frozen memtable.
     *
     * <p>Example: log 7 is full, and log 9 was created. Then memtable 9 takes writes, memtable 7 is frozen, and gets look into
     * 9, then into 7, then into the tables.
     *
     * @param full has the writes of the memtable, and is synced
     * @param nextLog the number of the log that takes those of the new one
     */
    @ExercisePart("5.7")
    void rotate(CommitLog full, long nextLog) {
        synchronized (installing) {
            frozenLog = full;
            nextLogNumber = nextLog;
            state = new ReadState(
                    new LsmMemtable(options.memtableBytes()), state.memtable(), state.version(), state.runs());
        }
    }

    /**
     * Writes the frozen memtable out as a table of level 0. Returns whether there was one; if not, does nothing. In this order:
     *
     * <ol>
     *   <li>All entries go into {@linkplain #newTables new tables}, which are on the disk when {@link LsmMemtable#writeTo}
     *       returns. Each says when it was flushed, by the clock of the options, see {@link FileMetadata#inRun}; its run has
     *       its own number.
     *   <li>One edit, see {@link #install}, adds the tables and says that the log behind the memtable's is the first that is
     *       needed. From then on readers find the entries in the table, and the memtable is not frozen any more.
     *   <li>The memtable's log is closed, and deleted. Not before: whenever the power is cut, either the log is needed and there,
     *       or the table.
     * </ol>
     *
     * <p>It counts as one of {@link Metric#FLUSHES}. If anything is thrown, the memtable stays frozen, and its log where it is.
     *
     * <p>Concurrency: the writers go on meanwhile, with the new memtable. Nothing is locked while the table is written.
     *
     * <p>Example: memtable 7 becomes table 10; the edit says {@code log 9, add 10 to level 0}; then {@code 000007.log} goes.
     */
    @ExercisePart("5.7")
    boolean flushStep() {
        LsmMemtable frozen;
        CommitLog itsLog;
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
        StoreFile.delete(LsmFileNames.log(directory, itsLog.number()));
        stats.increment(Metric.FLUSHES);
        return true;
    }

    /** Says what makes the log durable that others keep, before a memtable is written out; null if no memtable is to be frozen for being full. */
    void flushAfter(@Nullable Runnable sync) {
        syncLog = sync;
    }

    /** Whether a memtable may be written out since it is full. */
    boolean flushesFullMemtables() {
        return syncLog != null;
    }

    /** As {@link #flushStep}, which is timed, after the log of others is durable. */
    boolean timedFlushStep() {
        long start = System.nanoTime();
        Runnable sync = syncLog;
        if (sync != null && state.frozen() != null) {
            sync.run();
        }
        boolean did = flushStep();
        if (did) {
            work.took(0, start);
        }
        return did;
    }

    /** Asks the next {@link #compactStep} to merge all tables there are. */
    void compactAll() {
        allDue = true;
    }

    /** Asks the next {@link #compactStep}s to merge the tables that may have keys of {@code range}. */
    void compact(KeyRange range) {
        dueRanges.add(new RangeCompaction(range));
    }

    /** Merges the tables that most need it. Returns whether any did. */
    boolean compactStep() {
        Version version = state.version();
        if (allDue) {
            allDue = false;
            return !version.files().isEmpty() && merged(Compaction.ofAll(version, "all"), version);
        }
        for (RangeCompaction range = dueRanges.peek(); range != null; range = dueRanges.peek()) {
            Compaction next = range.next(version);
            if (next != null) {
                next.check(version);
                return merged(next, version);
            }
            dueRanges.remove();
        }
        if (options.compactionFilter() != CompactionFilter.NONE && droppedRun(version)) {
            return true;
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

    /** Deletes a run that has had its time as a whole, unless a snapshot is held. Returns whether it did. */
    private boolean droppedRun(Version version) {
        SortedRun run = ExpiredRuns.oldest(version, options.compactionFilter());
        if (run == null) {
            return false;
        }
        VersionEdit edit = new VersionEdit();
        run.files().forEach(file -> edit.delete(run.level(), file.number()));
        return snapshots.runUnlessNewer(-1, () -> install(edit, false));
    }

    private boolean merged(Compaction compaction, Version version) {
        if (!mergedFiltered(compaction, version)) {
            install(compaction.edit(merge(compaction, version, inputs(compaction))), false);
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
        FilteredCursor inputs = new FilteredCursor(inputs(compaction), filter, newest);
        List<FileMetadata> outputs = merge(compaction, version, inputs);
        VersionEdit edit = compaction.edit(outputs);
        if (inputs.dropped() == 0) {
            install(edit, false);
            return true;
        }
        boolean isInstalled = snapshots.runUnlessNewer(newest, () -> install(edit, false));
        if (!isInstalled) {
            outputs.forEach(file -> StoreFile.delete(LsmFileNames.table(directory, file.number())));
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

    private InternalCursor inputs(Compaction compaction) {
        return new InternalMergingCursor(
                RunReader.of(compaction, tables).stream().map(RunReader::cursor).toList());
    }

    /** Writes what stays of {@code inputs}, and closes them. */
    private List<FileMetadata> merge(Compaction compaction, Version version, InternalCursor inputs) {
        CompactionJob job = new CompactionJob(compaction, version, snapshots.oldest(), options.tableBytes());
        TableOutput output = newTables();
        RateLimiter limiter = mergedBytes;
        if (limiter != null) {
            output.pacedBy(
                    bytes -> stats.add(LsmMetrics.MERGE_WAIT_NANOS, (long) (limiter.acquire(bytes) * NANOS_A_SECOND)));
        }
        long start = System.nanoTime();
        try (inputs) {
            List<FileMetadata> outputs = job.run(inputs, output);
            work.took(compaction.outputLevel(), start);
            work.read(compaction.outputLevel(), compaction.inputBytes());
            long written = sizeBytes(outputs.stream());
            work.wrote(compaction.outputLevel(), written);
            stats.add(LsmMetrics.MERGED_AWAY_BYTES, Math.max(0, compaction.inputBytes() - written));
            return outputs;
        } catch (RuntimeException | Error e) {
            output.abandon();
            throw e;
        }
    }

    private static long sizeBytes(Stream<FileMetadata> files) {
        return files.mapToLong(FileMetadata::sizeBytes).sum();
    }

    private TableOutput newTables() {
        return new TableOutput(directory, options.table(), stats, versions::newFileNumber);
    }

    private void updateStalls(Version version) {
        if (stalls != null) {
            stalls.update(new WriteStallController.Pressure(
                    version.files(0).size(), options.picker().debtBytes(version)));
        }
    }

    private ReadState readState(LsmMemtable memtable, @Nullable LsmMemtable frozen, List<RunReader> oldRuns) {
        Version version = versions.current();
        return new ReadState(memtable, frozen, version, RunReader.of(version, tables, oldRuns));
    }

    /** Makes the version after an edit the one that counts. */
    private void install(VersionEdit edit, boolean flushed) {
        synchronized (editing) {
            LsmMemtable frozen = state.frozen();
            if (flushed && frozen != null && !options.hasLog()) {
                versions.setSequenceInTables(frozen.lastSequence());
            }
            versions.apply(edit);
            sequenceInTables = versions.sequenceInTables();
            if (flushed) {
                long written = sizeBytes(edit.newFiles().stream().map(VersionEdit.NewFile::file));
                work.wrote(0, written);
                stats.add(LsmMetrics.FLUSHED_BYTES, written);
            }
            Version next = versions.current();
            List<Path> unneeded = List.of();
            synchronized (installing) {
                state = readState(state.memtable(), flushed ? null : state.frozen(), state.runs());
                if (flushed) {
                    frozenLog = null;
                    unneeded = recoveredLogs;
                    recoveredLogs = List.of();
                }
            }
            unneeded.forEach(StoreFile::delete);
            tables.setCurrent(next);
            updateStalls(next);
        }
    }
}
