package storagelab.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.SequenceNumber;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.StorageIoException;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.file.StoreLock;
import storagelab.log.CommitQueue;
import storagelab.lsm.VisibleCursor;

/**
 * An engine for what is hardly read any more: sorted entries in immutable objects of an {@link ObjectStore}, where each request costs money
 * and time, and a small index of the objects on a local disk.
 *
 * <p>Writes go to an <em>overlay</em> in memory, whose durability is that of a log outside. A <em>checkpoint</em> seals the overlay, stores
 * it as new objects, and replaces the index; only then are the operations durable here. A get looks into the overlay, and then
 * asks the objects that may have the key, the newest first; their index and filters are in memory after the first time. <em>Rewriting</em>
 * merges objects that overlap, so that a key is in one of them.
 *
 * <p>Example: a checkpoint of a=1 and b=1 stores the object [a, b]. A delete of b and a put of c=2 follow. A get of b is answered by the
 * overlay, and a get of a by the object. The next checkpoint stores [b, c], in which b is deleted. Rewriting stores [a, c] with a=1 and
 * c=2, and the two others are deleted as soon as no snapshot needs them.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>The objects of the index, under the sealed overlay, under the active one, are the state at {@link #lastSequence}, at every moment.
 *   <li>An object is stored as a whole before an index on the disk names it, and is deleted only when no index does, neither that on the
 *       disk nor one that is read.
 *   <li>The index on the disk is replaced in one step, and {@link #durableSequence} is what it says.
 * </ol>
 *
 * <p><b>When the object store does not answer.</b> What needs it throws a {@link StorageIoException} whose cause is a {@link
 * StoreUnreachableException}: gets and cursors that come to an object which is not in memory, checkpoints, and {@link #check} when the
 * overlay is full. Everything else goes on: writes, gets of keys that were written since, of keys that no object covers, or whose block is
 * in memory, and opening. Nothing is lost: what a checkpoint could not store stays in the overlay, and the next one tries again.
 *
 * <p>Cost: a checkpoint is a put for each {@link ArchiveOptions.Sizes#objectBytes} that were written. A get of a key is at most two requests
 * for each object that covers it, and none for what the filter or the memory knows.
 *
 * <p>Concurrency: safe for many threads; no lock that a get, a cursor or {@link #apply} takes is held during a request. Lock order: {@link
 * #flushing}, then the one of {@link ArchiveStates}.
 */
public final class ArchiveTier implements StorageEngine {
    private final ObjectStore store;
    private final ArchiveOptions options;
    private final StoreLock lock;
    private final ObjectTables tables;
    private final ArchiveStates states;
    private final ArchiveChanges changes; // guarded by flushing
    private final StatsRecorder stats = new StatsRecorder();
    private final ReentrantLock flushing = new ReentrantLock(); // one flush, rewriting or load at a time

    private ArchiveTier(Path directory, ObjectStore store, ArchiveOptions options, StoreLock lock) {
        this.store = store;
        this.options = options;
        this.lock = lock;
        this.tables = new ObjectTables(directory, store, options);
        StoreFile.delete(directory.resolve(ObjectWriter.SPOOL));
        ArchiveIndexFile indexFile = new ArchiveIndexFile(directory, options.name());
        ArchiveIndex index = indexFile.read().orElseGet(() -> create(directory, indexFile));
        this.states = new ArchiveStates(directory.toString(), ArchiveState.of(index));
        this.changes = new ArchiveChanges(directory, store, options, states, tables, stats);
    }

    /**
     * Opens the archive whose index is in {@code directory}, or makes a new one if there is none. To open one that exists, the object store
     * need not answer.
     *
     * @param directory on a local disk; it is created if it does not exist
     * @param store of the objects; it is closed with the archive, and if this throws
     * @throws StorageIoException if the file system refuses, the archive is open, or it would be new and the object store has objects of one
     *     with its name
     * @throws storagelab.api.CorruptionException if the index is damaged
     * @throws IllegalArgumentException if the index is of an archive of another name
     */
    public static ArchiveTier open(Path directory, ObjectStore store, ArchiveOptions options) {
        try {
            Directories.create(directory, new StatsRecorder());
            StoreLock lock = StoreLock.acquire(directory);
            try {
                return new ArchiveTier(directory, store, options, lock);
            } catch (RuntimeException | Error e) {
                try (lock) {
                    throw e;
                }
            }
        } catch (RuntimeException | Error e) {
            try (store) {
                throw e;
            }
        }
    }

    /**
     * What the archive in {@code directory} has in its objects. Nothing is written or deleted. Closing the snapshot closes the store.
     *
     * @throws StorageIoException if there is no archive, or it is open for writing
     */
    public static EngineSnapshot openReadOnly(Path directory, ObjectStore store, ArchiveOptions options) {
        try {
            StoreLock lock = StoreLock.acquireShared(directory);
            try {
                ArchiveIndex index =
                        new ArchiveIndexFile(directory, options.name()).read().orElse(ArchiveIndex.EMPTY);
                lock.checkAlone();
                ObjectTables tables = new ObjectTables(directory, store, options);
                return new ArchiveSnapshot(ArchiveState.of(index), tables, new ReadOnlyPins(store, lock));
            } catch (RuntimeException | Error e) {
                try (lock) {
                    throw e;
                }
            }
        } catch (RuntimeException | Error e) {
            try (store) {
                throw e;
            }
        }
    }

    /** Where there are objects, there was an index: without it they would be garbage, and deleted. */
    private ArchiveIndex create(Path directory, ArchiveIndexFile indexFile) {
        if (!store.list(options.prefix(), "", 1).objects().isEmpty()) {
            throw new StorageIoException(
                    "making the archive " + directory,
                    new IOException("the object store " + store + " has objects of an archive named \"" + options.name()
                            + "\", whose index is not here; choose another name, or bring its "
                            + ArchiveIndexFile.NAME + " back"));
        }
        indexFile.replace(ArchiveIndex.EMPTY);
        return ArchiveIndex.EMPTY;
    }

    /**
     * {@inheritDoc} What the overlays know is answered without a request. Otherwise a {@link #snapshot} is asked, since the objects must stay while they are read.
     */
    @Override
    @ExercisePart("7.8")
    public Optional<Slice> get(Slice key) {
        states.checkOpen();
        long start = StatsRecorder.sampledStart();
        Optional<Slice> value = states.now().get(key);
        if (value == null) {
            try (EngineSnapshot now = snapshot()) {
                value = now.get(key);
            }
        }
        stats.increment(Metric.GETS);
        stats.recordGetSince(start);
        return value;
    }

    /** {@inheritDoc} For a caller that has no log: a batch that is to be durable is followed by a checkpoint. */
    @Override
    public void write(WriteBatch batch, Durability durability) {
        check(batch);
        apply(batch, now -> now.sequence() + 1);
        if (durability == Durability.SYNCED) {
            checkpoint();
        }
    }

    /** {@inheritDoc} It never waits for the object store: {@link #check} did. */
    @Override
    public void apply(long sequence, WriteBatch batch) {
        apply(batch, now -> sequence);
    }

    private void apply(WriteBatch batch, ToLongFunction<ArchiveState> sequenceAfter) {
        long start = StatsRecorder.sampledStart();
        int count = batch.operations().size();
        states.checkOpen();
        if (count == 0) {
            return;
        }
        ArchiveState unused = states.change(now -> {
            states.checkOpen(); // again: it may have been closed
            long sequence = sequenceAfter.applyAsLong(now);
            if (sequence <= now.sequence() || sequence > SequenceNumber.MAX - count + 1) {
                throw new IllegalArgumentException(
                        count + " operations at sequence " + sequence + " after sequence " + now.sequence());
            }
            return now.with(now.active().with(batch), sequence + count - 1);
        });
        stats.increment(Metric.WRITES);
        stats.add(Metric.BYTES_IN, CommitQueue.userBytes(batch));
        stats.recordWriteSince(start);
    }

    /**
     * {@inheritDoc} If the overlays have {@link ArchiveOptions.Memory#overlayBytes()} or more ({@link ArchiveState#overlayBytes}), a {@link Metric#STALLS stall} is counted, and what a checkpoint does comes first. With a
     * log, this is the last moment at which a batch can be refused. Of several callers that find the overlays full at once, one makes room, and the others wait for it.
     *
     * @throws StorageIoException if the overlay is full, and the object store or the file system refuses; a later call tries again
     */
    @Override
    @ExercisePart("7.8")
    public void check(WriteBatch batch) {
        if (isFull()) {
            flushing.lock();
            try {
                states.checkOpen();
                if (isFull()) {
                    stats.increment(Metric.STALLS);
                    store(states.now().sequence());
                }
            } finally {
                flushing.unlock();
            }
        }
    }

    @Solution
    private boolean isFull() {
        return states.now().overlayBytes() >= options.memory().overlayBytes();
    }

    /**
     * {@inheritDoc} Holding {@link #flushing}: {@linkplain ArchiveChanges#flush flushes} what was applied before the call; {@linkplain ArchiveChanges#rewrite rewrites} objects as well, if there are
     * more than {@link ArchiveOptions#recentMax} {@linkplain ArchiveIndex#recent recent} ones then; and deletes objects that are not needed any more ({@link ArchiveChanges#collect}). If the rewriting fails, that is thrown, and what was applied is durable all the same.
     *
     * <p>Example: 10,000 orders of 100 bytes are applied, and an object has up to 4 MiB. The checkpoint is one put; two checkpoints later, with nothing applied in between, it is still one.
     *
     * @throws StorageIoException if the object store or the file system refuses; a later call tries again
     */
    @Override
    @Exercise(
            id = "7.8",
            title = "What is kept elsewhere",
            points = 8,
            difficulty = Difficulty.HARD,
            hours = 6,
            needs = {"3.1", "3.4", "5.8", "5.9", "5.14", "5.15"})
    public void checkpoint() {
        states.checkOpen();
        long wanted = states.now().sequence();
        flushing.lock();
        try {
            states.checkOpen();
            store(wanted);
        } finally {
            flushing.unlock();
        }
    }

    /** Makes durable what was applied up to {@code wanted}. {@link #flushing} is held. */
    @Solution
    private void store(long wanted) {
        changes.flush(wanted);
        if (states.now().index().recent().size() > options.recentMax()) {
            changes.rewrite();
        }
        changes.collect();
    }

    /**
     * Merges the objects that overlap, and small neighbours, whether or not there are many. Each group that is merged is one step, on the
     * disk too: a crash or a failure undoes at most one.
     *
     * @throws StorageIoException if the object store or the file system refuses
     */
    public void compact() {
        flushing.lock();
        try {
            states.checkOpen();
            changes.rewrite();
            changes.collect();
        } finally {
            flushing.unlock();
        }
    }

    /**
     * Replaces everything in a range by other entries, durably and in one step: what moves a range here. Before that, everything that was
     * applied is made durable; what is applied meanwhile, in the range or not, is not replaced. The sequences stay as they are.
     *
     * <p>Objects inside of the range are not read. Those that are partly inside are rewritten without that part.
     *
     * @param entries at any position; those in the range are stored as objects. Not closed
     * @throws StorageIoException if the object store or the file system refuses; the range is as it was, or after a crash as it was or as
     *     it should be
     */
    public void replace(KeyRange range, Cursor entries) {
        flushing.lock();
        try {
            states.checkOpen();
            changes.flush(states.now().sequence());
            changes.take(step -> step.replace(range, entries));
            changes.collect();
        } finally {
            flushing.unlock();
        }
    }

    /** Removes everything in a range, as {@link #replace} by nothing. */
    public void deleteRange(KeyRange range) {
        replace(range, new VisibleCursor(Overlay.EMPTY.cursor(0), 0));
    }

    @Override
    public long lastSequence() {
        return states.now().sequence();
    }

    @Override
    public long durableSequence() {
        return states.now().index().sequence();
    }

    @Override
    public Cursor cursor(KeyRange range) {
        try (EngineSnapshot now = snapshot()) {
            return now.cursor(range);
        }
    }

    @Override
    public EngineSnapshot snapshot() {
        return new ArchiveSnapshot(states.pinNow(), tables, states);
    }

    @Override
    public StoreStats stats() {
        StoreStats own = stats.snapshot();
        ArchiveState now = states.now();
        Map<Metric, Long> metrics = new HashMap<>(own.metrics());
        metrics.put(Metric.TABLES, now.index().objects().count());
        metrics.put(
                Metric.TABLE_BYTES,
                now.index().objects().mapToLong(ArchiveObject::sizeBytes).sum());
        metrics.put(Metric.MEMTABLE_BYTES, now.overlayBytes());
        return new StoreStats(metrics, own.getLatency(), own.writeLatency());
    }

    /** Bytes of blocks, indexes and filters of objects in memory. */
    public long cachedBytes() {
        return tables.blockBytes() + tables.indexBytes();
    }

    /**
     * Proves the invariants that can be seen without the object store.
     *
     * @throws AssertionError that says what is wrong
     */
    public void verify() {
        states.now().verify();
    }

    /**
     * Reads every object of the index as a whole, and proves that it is what was written.
     *
     * @throws storagelab.api.CorruptionException if one is damaged or missing
     */
    public void verifyObjects() {
        ArchiveIndex index = states.pinNow().index();
        try {
            index.objects().forEach(tables::verify);
        } finally {
            states.unpin(index);
        }
    }

    /**
     * Makes a last checkpoint. If the object store does not answer, that is thrown, and what was not stored is only in the log outside. The
     * archive is closed all the same. Closing twice does nothing.
     */
    @Override
    public void close() {
        if (!states.close()) {
            return;
        }
        flushing.lock();
        try (lock;
                store) {
            changes.flush(states.now().sequence());
            changes.collect();
        } finally {
            flushing.unlock();
        }
    }
}
