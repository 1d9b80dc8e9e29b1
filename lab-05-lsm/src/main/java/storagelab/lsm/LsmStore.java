package storagelab.lsm;

import com.google.common.io.Closer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.SnapshotStore;
import storagelab.api.StorageException;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreFailedException;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.compaction.Compaction;
import storagelab.compaction.CompactionJob;
import storagelab.compaction.TableOutput;
import storagelab.cursor.RangeCursor;
import storagelab.cursor.StoreCursor;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.LsmFileNames;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.manifest.VersionSet;
import storagelab.sortedlog.Directories;
import storagelab.sortedlog.Entry;
import storagelab.sortedlog.FileNames;
import storagelab.sortedlog.MaintenanceKind;
import storagelab.sortedlog.StatsRecorder;
import storagelab.sortedlog.StoreLock;
import storagelab.table.BlockCache;
import storagelab.table.InternalCursor;
import storagelab.table.MergedCursor;

/**
 * A key-value store that never changes anything on disk: a log-structured merge tree in LevelDB's file formats. A write
 * goes to a log and to a sorted table in memory. When that is full it is written out as a table on level 0; tables are
 * merged into the levels below, in the background, by and by.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Every write that was acknowledged is in a log that is needed, or in a table of the current version.
 *   <li>A reader sees each batch whole or not at all: sequences become visible when all of their group are in the
 *       memtable.
 *   <li>Of a key, what is found first on the way down (memtable, frozen memtable, level 0 from the newest table, level
 *       1 ...) is the newest.
 *   <li>Files are deleted only when no version that counts, or is read, has them.
 * </ol>
 *
 * <p>Durability: BUFFERED is with the operating system when the call returns, SYNCED on the disk. After a crash every
 * SYNCED write is there, and a prefix of the others.
 *
 * <p>If a write to the log or work in the background fails, the store takes no more writes until it is opened again;
 * reads go on.
 *
 * <p>Concurrency: safe for many threads. Writers queue up ({@link CommitQueue}); gets lock nothing. Lock order: the
 * turn in the queue, {@code installing}, the locks of {@link OpenTables} and {@link SnapshotList}.
 */
public final class LsmStore implements SnapshotStore {
    private static final long SLOWDOWN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long STOP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path directory;
    private final LsmOptions options;
    private final StatsRecorder stats;
    private final StoreLock storeLock;
    private final VersionSet versions;
    private final OpenTables tables;
    private final CommitQueue queue = new CommitQueue();
    private final SnapshotList snapshots;
    private final Maintainer maintainer;
    private final LsmRecoveryReport recoveryReport;
    private final Object installing = new Object();
    private final Object versionEdits = new Object();
    private volatile ReadState state; // changed under installing
    private volatile long visible; // sequence of the last write that is whole; changed by whose turn it is
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;
    private WriteLog log; // of whose turn it is
    private @Nullable WriteLog frozenLog; // of the frozen memtable; guarded by installing

    private LsmStore(
            Path directory, LsmOptions options, StatsRecorder stats, StoreLock storeLock, VersionSet versions) {
        this.directory = directory;
        this.options = options;
        this.stats = stats;
        this.storeLock = storeLock;
        this.versions = versions;
        BlockCache cache = new BlockCache(options.cacheBytes());
        this.tables = new OpenTables(directory, cache, options.table().filter(), stats);
        versions.current().files().forEach(tables::existing);
        LsmRecovery.Recovered recovered = LsmRecovery.recover(directory, options, stats, versions);
        this.log = recovered.log();
        this.recoveryReport = recovered.report();
        this.visible = versions.lastSequence();
        this.snapshots = new SnapshotList(() -> visible);
        this.state = new ReadState(new LsmMemtable(), null, versions.current());
        tables.setCurrent(versions.current());
        this.maintainer =
                new Maintainer(options.maintenance() == MaintenanceKind.BACKGROUND, this::flushStep, this::compactStep);
        maintainer.wake();
    }

    /**
     * Opens the store in {@code directory}, which is created if it is not there.
     *
     * @throws StorageIoException if the store is open already, here or in another process; if its keys are in an order
     *     that this program does not know; or if the file system refuses
     * @throws storagelab.api.CorruptionException if the manifest is damaged, a table is not there, or a log is damaged
     *     and {@link RecoveryMode#ABSOLUTE} is wanted
     */
    public static LsmStore open(Path directory, LsmOptions options) {
        StatsRecorder stats = new StatsRecorder();
        Directories.create(directory, stats);
        StoreLock lock = StoreLock.acquire(directory);
        try {
            return open(directory, options, stats, lock);
        } catch (RuntimeException | Error e) {
            try (lock) {
                throw e;
            }
        }
    }

    private static LsmStore open(Path directory, LsmOptions options, StatsRecorder stats, StoreLock lock) {
        VersionSet versions = VersionSet.exists(directory)
                ? VersionSet.recover(directory, stats)
                : VersionSet.create(directory, stats);
        try {
            return new LsmStore(directory, options, stats, lock, versions);
        } catch (RuntimeException | Error e) {
            try (versions) {
                throw e;
            }
        }
    }

    @Override
    public Optional<Slice> get(Slice key) {
        long start = StatsRecorder.sampledStart();
        stats.increment(Metric.GETS);
        checkOpen();
        try {
            return get(key, null);
        } finally {
            stats.recordGetSince(start);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>May wait while too much is waiting to be merged.
     */
    @Override
    public void write(WriteBatch batch, Durability durability) {
        long start = StatsRecorder.sampledStart();
        queue.write(batch, durability, this::commit);
        stats.increment(Metric.WRITES);
        stats.add(Metric.BYTES_IN, CommitQueue.userBytes(batch));
        stats.recordWriteSince(start);
    }

    @Override
    public Cursor cursor(KeyRange range) {
        checkOpen();
        return cursor(range, null);
    }

    @Override
    public Snapshot snapshot() {
        checkOpen();
        return new LsmSnapshot(this, snapshots);
    }

    /** Returns when everything that is in memory is in tables, and no merge is due. */
    public void flush() {
        queue.alone(() -> {
            checkWritable();
            if (!state.memtable().isEmpty()) {
                awaitNoFrozen();
                rotate();
            }
        });
        maintainer.drain();
        checkWritable();
    }

    /** What opening the store has found in its logs. */
    public LsmRecoveryReport recoveryReport() {
        return recoveryReport;
    }

    /** The tables of the store as it is now. */
    public Version version() {
        return state.version();
    }

    /**
     * Reads every table and proves that its entries are in order and inside of what the manifest says, and that of
     * every key what is on a lower level is newer.
     *
     * @throws storagelab.api.CorruptionException if a table is damaged
     * @throws AssertionError if an invariant does not hold, which is a fault of this program and not of the disk
     */
    public void verify() {
        checkOpen();
        ReadState now = pinned();
        try {
            LsmVerifier.verify(tables, now.version());
        } finally {
            tables.unpin(now.version());
        }
    }

    @Override
    public StoreStats stats() {
        StoreStats counted = stats.snapshot();
        ReadState now = state;
        Map<Metric, Long> metrics = new EnumMap<>(counted.metrics());
        List<FileMetadata> files = now.version().files();
        metrics.put(Metric.TABLES, (long) files.size());
        metrics.put(
                Metric.TABLE_BYTES,
                files.stream().mapToLong(FileMetadata::sizeBytes).sum());
        LsmMemtable frozen = now.frozen();
        metrics.put(Metric.MEMTABLE_BYTES, now.memtable().sizeBytes() + (frozen == null ? 0 : frozen.sizeBytes()));
        return new StoreStats(metrics, counted.getLatency(), counted.writeLatency());
    }

    /** {@inheritDoc} What is in memory stays in the log, which is synced, and is read again by the next open. */
    @Override
    public void close() {
        queue.alone(this::closeOnce);
    }

    void checkOpen() {
        if (closed) {
            throw new StoreClosedException(directory.toString());
        }
    }

    /** The value of a key as of a sequence that is held; as of now without one. */
    @SuppressWarnings("ReferenceEquality") // whether it is the very state that was read from
    Optional<Slice> get(Slice key, @Nullable Long sequence) {
        while (true) {
            ReadState seen = state; // before what is visible: everything that is visible then, or later, is newer
            long asOf = sequence == null ? visible : sequence;
            try {
                return seen.get(tables, key, asOf)
                        .filter(entry -> !entry.tombstone())
                        .map(Entry::value);
            } catch (StorageException e) {
                if (closed) {
                    throw new StoreClosedException(directory.toString());
                }
                if (seen == state) {
                    throw e; // and not because a table was deleted under our hands
                }
            }
        }
    }

    /** A cursor as of a sequence that is held; as of now without one. */
    Cursor cursor(KeyRange range, @Nullable Long sequence) {
        ReadState seen = pinned();
        try {
            long asOf = sequence == null ? visible : sequence;
            Cursor entries = new VisibleCursor(seen.cursor(tables), asOf);
            return new StoreCursor(
                    new RangeCursor(entries, range), this::checkOpen, () -> tables.unpin(seen.version()));
        } catch (RuntimeException | Error e) {
            tables.unpin(seen.version());
            throw e;
        }
    }

    private ReadState pinned() {
        synchronized (installing) {
            tables.pin(state.version());
            return state;
        }
    }

    /** Writes batches: to the log, to the memtable, and then for all to see. By one thread at a time. */
    private void commit(List<WriteBatch> batches, boolean synced) {
        checkWritable();
        makeRoom();
        long first = visible + 1;
        long sequence = first;
        try {
            if (batches.stream().anyMatch(batch -> !batch.isEmpty())) {
                log.append(first, batches);
            }
            if (synced) {
                log.sync();
            }
            LsmMemtable memtable = state.memtable();
            for (WriteBatch batch : batches) {
                for (WriteBatch.Operation operation : batch.operations()) {
                    memtable.add(sequence++, operation);
                }
            }
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
        versions.setLastSequence(sequence - 1);
        visible = sequence - 1;
    }

    /** Waits while the store is behind with its work, and begins a new memtable when the old one is full. */
    private void makeRoom() {
        boolean mayDelay = true;
        while (true) {
            checkWritable();
            int levelZero = state.version().files(0).size();
            boolean background = options.maintenance() == MaintenanceKind.BACKGROUND;
            if (background && mayDelay && levelZero >= LsmOptions.SLOWDOWN_TABLES) {
                stall(SLOWDOWN_NANOS);
                mayDelay = false;
            } else if (state.memtable().sizeBytes() < options.memtableBytes()) {
                return;
            } else if (state.frozen() != null || (background && levelZero >= LsmOptions.STOP_TABLES)) {
                stall(STOP_NANOS);
            } else {
                rotate();
            }
        }
    }

    private void awaitNoFrozen() {
        while (state.frozen() != null) {
            checkWritable();
            stall(STOP_NANOS);
        }
    }

    private void stall(long nanosMax) {
        long start = System.nanoTime();
        maintainer.wake();
        maintainer.await(nanosMax);
        stats.increment(Metric.STALLS);
        stats.add(Metric.STALL_NANOS, System.nanoTime() - start);
    }

    /**
     * Freezes the memtable and begins a new one with a new log. The old log is synced: a SYNCED write in the new one is
     * worth nothing if one before it is lost.
     */
    private void rotate() {
        try {
            log.sync();
            WriteLog next = WriteLog.create(directory, versions.newFileNumber(), stats);
            synchronized (installing) {
                frozenLog = log;
                log = next;
                state = new ReadState(new LsmMemtable(), state.memtable(), state.version());
            }
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
        maintainer.wake();
    }

    /** Writes the frozen memtable out, if there is one. */
    private boolean flushStep() {
        LsmMemtable frozen;
        WriteLog itsLog;
        long nextLog;
        synchronized (installing) {
            frozen = state.frozen();
            itsLog = frozenLog;
            nextLog = log.number();
        }
        if (frozen == null || itsLog == null) {
            return false;
        }
        VersionEdit edit = new VersionEdit().setLogNumber(nextLog);
        frozen.writeTo(newTables()).forEach(file -> edit.add(0, file));
        install(edit, true);
        itsLog.close();
        FileNames.delete(LsmFileNames.log(directory, itsLog.number()));
        stats.increment(Metric.FLUSHES);
        return true;
    }

    /** Merges the tables that most need it, if any do. */
    private boolean compactStep() {
        Version version = state.version();
        Compaction compaction = options.picker().pick(version, versions::compactPointer);
        if (compaction == null) {
            return false;
        }
        if (compaction.isTrivialMove()) {
            install(compaction.edit(compaction.files()), false);
        } else {
            install(compaction.edit(merge(compaction, version)), false);
            stats.increment(Metric.COMPACTIONS);
        }
        return true;
    }

    private List<FileMetadata> merge(Compaction compaction, Version version) {
        List<InternalCursor> inputs = new ArrayList<>();
        compaction.files().forEach(file -> inputs.add(tables.get(file).cursor()));
        TableOutput output = newTables();
        try (InternalCursor entries = new MergedCursor(inputs)) {
            return new CompactionJob(compaction, version, snapshots.oldest(), options.tableBytes())
                    .run(entries, output);
        } catch (RuntimeException | Error e) {
            output.abandon();
            throw e;
        }
    }

    private TableOutput newTables() {
        return new TableOutput(directory, options.table(), stats, versions::newFileNumber);
    }

    /** Makes the version after an edit the one that counts. */
    private void install(VersionEdit edit, boolean flushed) {
        synchronized (versionEdits) {
            versions.apply(edit);
            Version next = versions.current();
            synchronized (installing) {
                state = new ReadState(state.memtable(), flushed ? null : state.frozen(), next);
                frozenLog = flushed ? null : frozenLog;
            }
            tables.setCurrent(next);
        }
    }

    private void checkWritable() {
        checkOpen();
        Throwable cause = failure != null ? failure : maintainer.failure();
        if (cause != null) {
            throw new StoreFailedException(directory.toString(), cause);
        }
    }

    private void closeOnce() {
        if (closed) {
            return;
        }
        try (Closer closer = Closer.create()) {
            closer.register(storeLock);
            closer.register(tables);
            closer.register(versions);
            closer.register(log);
            maintainer.close();
            closed = true;
            if (failure == null && maintainer.failure() == null) {
                log.sync();
            }
            WriteLog frozen = frozenLog;
            if (frozen != null) {
                closer.register(frozen);
            }
        } catch (IOException e) {
            throw new StorageIoException("closing " + directory, e);
        }
    }
}
