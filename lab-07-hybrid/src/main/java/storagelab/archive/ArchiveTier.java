package storagelab.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.SequenceNumber;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
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
 * #flushing}, then {@link #changing}.
 */
public final class ArchiveTier implements StorageEngine {
    private final Path directory;
    private final ObjectStore store;
    private final ArchiveOptions options;
    private final StoreLock lock;
    private final ArchiveIndexFile indexFile;
    private final ObjectTables tables;
    private final ObjectCollector collector; // guarded by flushing
    private final StatsRecorder stats = new StatsRecorder();
    private final ReentrantLock flushing = new ReentrantLock(); // one flush, rewriting or load at a time
    private final ReentrantLock changing = new ReentrantLock();
    private final ArchiveSnapshot.Pins pins = new Readers();
    private final TreeMap<Long, Integer> pinned =
            new TreeMap<>(); // readers by the generation of their index; guarded by changing

    private volatile ArchiveState state; // replaced holding changing
    private volatile boolean closed; // set holding changing
    private boolean isIndexUncertain; // the last attempt to replace the index failed; guarded by flushing

    private ArchiveTier(Path directory, ObjectStore store, ArchiveOptions options, StoreLock lock) {
        this.directory = directory;
        this.store = store;
        this.options = options;
        this.lock = lock;
        this.indexFile = new ArchiveIndexFile(directory, options.name());
        this.tables = new ObjectTables(directory, store, options);
        this.collector = new ObjectCollector(store, options.prefix(), stats);
        StoreFile.delete(directory.resolve(ObjectWriter.SPOOL));
        this.state = ArchiveState.of(indexFile.read().orElseGet(this::create));
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
    private ArchiveIndex create() {
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

    @Override
    public Optional<Slice> get(Slice key) {
        checkOpen();
        long start = StatsRecorder.sampledStart();
        Optional<Slice> value = state.get(key);
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
        changing.lock();
        try {
            apply(state.sequence() + 1, batch);
        } finally {
            changing.unlock();
        }
        if (durability == Durability.SYNCED) {
            checkpoint();
        }
    }

    /** {@inheritDoc} It never waits for the object store: {@link #check} did. */
    @Override
    public void apply(long sequence, WriteBatch batch) {
        long start = StatsRecorder.sampledStart();
        int count = batch.operations().size();
        changing.lock();
        try {
            checkOpen();
            if (count == 0) {
                return;
            }
            ArchiveState now = state;
            if (sequence <= now.sequence() || sequence > SequenceNumber.MAX - count + 1) {
                throw new IllegalArgumentException(
                        count + " operations at sequence " + sequence + " after sequence " + now.sequence());
            }
            state = now.with(now.active().with(batch), sequence + count - 1);
        } finally {
            changing.unlock();
        }
        stats.increment(Metric.WRITES);
        stats.add(Metric.BYTES_IN, CommitQueue.userBytes(batch));
        stats.recordWriteSince(start);
    }

    /**
     * {@inheritDoc} If the overlay is full, a checkpoint comes first. With a log, this is the last moment at which a batch can be refused.
     *
     * @throws StorageIoException if the overlay is full, and the object store or the file system refuses; a later call tries again
     */
    @Override
    public void check(WriteBatch batch) {
        if (isFull()) {
            flushing.lock();
            try {
                checkOpen();
                if (isFull()) {
                    stats.increment(Metric.STALLS);
                    flush(state.sequence());
                    rewriteIfMany();
                    collect();
                }
            } finally {
                flushing.unlock();
            }
        }
    }

    private boolean isFull() {
        return state.overlayBytes() >= options.memory().overlayBytes();
    }

    /**
     * {@inheritDoc} Rewrites objects as well, if there are more than {@link ArchiveOptions#recentMax} that checkpoints wrote, and deletes
     * objects that are not needed any more. If the rewriting fails, that is thrown, and what was applied is durable all the same.
     *
     * @throws StorageIoException if the object store or the file system refuses; a later call tries again
     */
    @Override
    public void checkpoint() {
        checkOpen();
        long wanted = state.sequence();
        flushing.lock();
        try {
            checkOpen();
            flush(wanted);
            rewriteIfMany();
            collect();
        } finally {
            flushing.unlock();
        }
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
            checkOpen();
            rewrite();
            collect();
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
            checkOpen();
            flush(state.sequence());
            take(step -> step.replace(range, entries));
            collect();
        } finally {
            flushing.unlock();
        }
    }

    /** Removes everything in a range, as {@link #replace} by nothing. */
    public void deleteRange(KeyRange range) {
        replace(range, new VisibleCursor(Overlay.EMPTY.cursor(0), 0));
    }

    /** Stores what was written, at least up to {@code wanted}. {@link #flushing} is held. */
    private void flush(long wanted) {
        while (state.index().sequence() < wanted) {
            ArchiveState sealed = seal();
            take(step -> step.flush(sealed.sealed(), sealed.sealedSequence()));
            stats.increment(Metric.FLUSHES);
        }
    }

    /** Seals the active overlay, unless one is sealed that an earlier flush could not store. */
    private ArchiveState seal() {
        changing.lock();
        try {
            if (state.sealed().isEmpty()) {
                state = state.seal();
            }
            return state;
        } finally {
            changing.unlock();
        }
    }

    private void rewriteIfMany() {
        if (state.index().recent().size() > options.recentMax()) {
            rewrite();
        }
    }

    private void rewrite() {
        for (List<ArchiveObject> group : state.index().groups(options.sizes().objectBytes())) {
            if (take(step -> step.rewrite(group)) && group.size() > 1) {
                stats.increment(Metric.COMPACTIONS);
            }
        }
    }

    /**
     * Takes one step to the next index, which is durable when this returns: first its objects, then the index, and only then the readers
     * get to know of it.
     *
     * @return whether there is a next index
     */
    private boolean take(Function<IndexStep, ArchiveIndex> toNext) {
        ArchiveIndex before = state.index();
        try (ObjectWriter writer = new ObjectWriter(directory, store, options, before.nextNumber())) {
            try {
                ArchiveIndex next = toNext.apply(new IndexStep(before, tables, writer));
                if (next.generation() == before.generation()) {
                    return false;
                }
                install(next);
            } catch (RuntimeException | Error e) {
                collector.add(writer.written(), 0); // garbage, if the index on the disk does not name them
                throw e;
            }
            stats.add(ArchiveMetrics.OBJECTS_WRITTEN, writer.written().size());
        }
        Set<ArchiveObject> named = state.index().objects().collect(Collectors.toSet());
        List<ArchiveObject> dropped =
                before.objects().filter(one -> !named.contains(one)).toList();
        tables.forget(dropped);
        collector.add(dropped, state.index().generation());
        return true;
    }

    /** Until the index on the disk was replaced, it may be the old one or the new one, and the objects of both are needed. */
    private void install(ArchiveIndex next) {
        isIndexUncertain = true;
        indexFile.replace(next);
        isIndexUncertain = false;
        changing.lock();
        try {
            state = state.with(next);
        } finally {
            changing.unlock();
        }
    }

    /** Deletes what is not needed. {@link #flushing} is held. */
    private void collect() {
        if (isIndexUncertain) {
            install(state.index());
        }
        long oldest;
        changing.lock();
        try {
            oldest = pinned.isEmpty() ? state.index().generation() : pinned.firstKey();
        } finally {
            changing.unlock();
        }
        collector.collect(state.index(), oldest);
    }

    @Override
    public long lastSequence() {
        return state.sequence();
    }

    @Override
    public long durableSequence() {
        return state.index().sequence();
    }

    @Override
    public Cursor cursor(KeyRange range) {
        try (EngineSnapshot now = snapshot()) {
            return now.cursor(range);
        }
    }

    @Override
    public EngineSnapshot snapshot() {
        changing.lock();
        try {
            checkOpen();
            pins.pin(state.index());
            return new ArchiveSnapshot(state, tables, pins);
        } finally {
            changing.unlock();
        }
    }

    @Override
    public StoreStats stats() {
        StoreStats own = stats.snapshot();
        ArchiveState now = state;
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
        state.verify();
    }

    /**
     * Reads every object of the index as a whole, and proves that it is what was written.
     *
     * @throws storagelab.api.CorruptionException if one is damaged or missing
     */
    public void verifyObjects() {
        ArchiveIndex index;
        changing.lock();
        try {
            checkOpen();
            index = state.index();
            pins.pin(index);
        } finally {
            changing.unlock();
        }
        try {
            index.objects().forEach(tables::verify);
        } finally {
            pins.unpin(index);
        }
    }

    /**
     * Makes a last checkpoint. If the object store does not answer, that is thrown, and what was not stored is only in the log outside. The
     * archive is closed all the same. Closing twice does nothing.
     */
    @Override
    public void close() {
        changing.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            changing.unlock();
        }
        flushing.lock();
        try (lock;
                store) {
            flush(state.sequence());
            collect();
        } finally {
            flushing.unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new StoreClosedException(directory.toString());
        }
    }

    /** What readers hold of this archive. */
    private final class Readers implements ArchiveSnapshot.Pins {
        @Override
        public void pin(ArchiveIndex index) {
            changing.lock();
            try {
                pinned.merge(index.generation(), 1, Integer::sum);
            } finally {
                changing.unlock();
            }
        }

        @Override
        public void unpin(ArchiveIndex index) {
            changing.lock();
            try {
                pinned.computeIfPresent(index.generation(), (generation, count) -> count == 1 ? null : count - 1);
            } finally {
                changing.unlock();
            }
        }

        @Override
        public void checkOpen() {
            ArchiveTier.this.checkOpen();
        }
    }
}
