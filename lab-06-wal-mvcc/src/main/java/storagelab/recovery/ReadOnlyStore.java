package storagelab.recovery;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.LatencySummary;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.SnapshotStore;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.cursor.LiveEntries;
import storagelab.cursor.MergingCursor;
import storagelab.cursor.RangeCursor;
import storagelab.cursor.StoreCursor;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreLock;
import storagelab.log.BatchRecord;
import storagelab.wal.LogScan;

/**
 * A {@link DurableStore} that is opened for reading. Nothing in its directory is written, created or deleted, so it may be on a
 * file system that is read-only. What the log has after the last checkpoint is read into memory and laid over the engine, which
 * stays as it is on the disk.
 *
 * <p>Any number of readers may have the store open together, here and in other processes, and no writer meanwhile: a writer deletes segments and tables that a reader
 * needs, and uses its pages again. The second one to open it is refused, with a sentence. A directory
 * without the file {@code LOCK}, such as a copy, has nothing to lock, and must not change.
 *
 * <p>It shows what opening for writing would show: after a crash, everything in the log up to its torn end.
 *
 * <p>Errors: every write throws {@link UnsupportedOperationException}; otherwise as {@link SnapshotStore} says.
 *
 * <p>Cost: opening reads the log after the last checkpoint, and has its keys and values in memory.
 *
 * <p>Concurrency: safe for many threads.
 */
public final class ReadOnlyStore implements SnapshotStore {
    private final Path directory;
    private final StoreLock lock;
    private final EngineSnapshot engine;
    private final LogOverlay overlay;
    private final StatsRecorder stats;
    private volatile boolean closed; // changed under this

    private ReadOnlyStore(Path directory, StoreLock lock, EngineSnapshot engine, StatsRecorder stats) {
        this.directory = directory;
        this.lock = lock;
        this.engine = engine;
        this.stats = stats;
        this.overlay = new LogOverlay(engine.sequence());
        try (LogScan log = LogScan.open(directory.resolve(DurableStore.LOG), engine.sequence(), stats)) {
            for (BatchRecord record = log.next(); record != null; record = log.next()) {
                overlay.add(record);
            }
        }
        lock.checkAlone();
    }

    /**
     * Opens the store in {@code directory}.
     *
     * @throws StorageIoException if there is no store, if it is open for writing, here or in another process, or if the file system
     *     refuses
     * @throws IllegalArgumentException if the store has another engine than {@code options}, or values of another kind
     * @throws storagelab.api.CorruptionException if a file is damaged or missing
     */
    public static ReadOnlyStore open(Path directory, DurableOptions options) {
        StoreLock lock = StoreLock.acquireShared(directory);
        EngineSnapshot engine = null;
        try {
            StoreFormat format = StoreFormat.read(directory)
                    .orElseThrow(() -> new StorageIoException(
                            "opening " + directory,
                            new NoSuchFileException(
                                    directory.resolve(StoreFormat.NAME).toString())));
            format.check(directory, options);
            engine = options.engine().openReadOnly(directory.resolve(DurableStore.folder(options.engine())), options);
            return new ReadOnlyStore(directory, lock, engine, new StatsRecorder());
        } catch (RuntimeException | Error e) {
            try (lock) {
                if (engine != null) {
                    engine.close();
                }
            } catch (RuntimeException atClosing) {
                e.addSuppressed(atClosing);
            }
            throw e;
        }
    }

    @Override
    public Optional<Slice> get(Slice key) {
        checkOpen();
        stats.increment(Metric.GETS);
        Optional<Slice> written = overlay.get(key);
        return written != null ? written : engine.get(key);
    }

    /**
     * Writes nothing.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public void write(WriteBatch batch, Durability durability) {
        checkOpen();
        throw new UnsupportedOperationException(directory + " was opened for reading only");
    }

    @Override
    public Cursor cursor(KeyRange range) {
        checkOpen();
        Cursor merged = new MergingCursor(List.of(overlay.cursor(), new LiveEntries(engine.cursor(range))));
        return new StoreCursor(new RangeCursor(merged, range), this::checkOpen, () -> {});
    }

    /** {@inheritDoc} The store never changes, so a snapshot is the store itself. */
    @Override
    public EngineSnapshot snapshot() {
        checkOpen();
        return new Same();
    }

    /** The sequence of the last operation that a get can see. */
    public long lastSequence() {
        return overlay.lastSequence();
    }

    /** How many operations of the log are in memory. */
    public long replayedOperations() {
        return overlay.operations();
    }

    @Override
    public StoreStats stats() {
        return new StoreStats(stats.snapshot().metrics(), LatencySummary.NONE, LatencySummary.NONE);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            try (lock;
                    engine) {
                closed = true;
            }
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new StoreClosedException(directory.toString());
        }
    }

    private final class Same implements EngineSnapshot {
        private volatile boolean isClosed;

        private void checkUsable() {
            if (isClosed) {
                throw new IllegalStateException("the snapshot is closed");
            }
        }

        @Override
        public long sequence() {
            return lastSequence();
        }

        @Override
        public Optional<Slice> get(Slice key) {
            checkUsable();
            return ReadOnlyStore.this.get(key);
        }

        @Override
        public Cursor cursor(KeyRange range) {
            checkUsable();
            return ReadOnlyStore.this.cursor(range);
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
