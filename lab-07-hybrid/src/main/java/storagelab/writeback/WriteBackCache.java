package storagelab.writeback;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.SequenceNumber;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.StorageException;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.cursor.EntryCursor;
import storagelab.file.StatsRecorder;
import storagelab.log.CommitQueue;

/**
 * An engine that keeps what is written in memory and gives it to another engine later, in the order of the keys and in batches. A key
 * that is written a hundred times in the meantime costs that engine one write. It stands behind a log, which has every operation before
 * the cache does; what the cache holds is lost in a crash, and comes back from the log.
 *
 * <p><b>A flush.</b> Writes go to the <em>active</em> dirty set. A flush <em>seals</em> it: it becomes the <em>sealed</em> set, and an
 * empty one takes its place. Then the log is made durable, the sealed set is applied to the engine, and only when the engine has all of
 * it is the sealed set dropped. A read looks into the active set, the sealed set and the engine, in this order.
 *
 * <p>Example: puts of a=1, b=1, a=2 and c=1 at 1 to 4, and a delete of b at 5. The dirty set is {a=2, b deleted, c=1}: two of five
 * operations are saved. A flush applies [put a=2, delete b, put c=1] to the engine, in one batch if it fits.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>The engine, under the sealed set, under the active set, is the state at {@link #lastSequence}, at every moment.
 *   <li>{@link #durableSequence} ≤ the sequence of the last set that was flushed as a whole ≤ {@link #lastSequence}.
 *   <li>An operation is in the log on the disk before the engine is given it. The engine's files are no prefix of the log in the middle
 *       of a flush, so a power cut must not take from the log what they have.
 *   <li>The engine has no part of a set that was sealed later than the {@link DirtyState} says.
 * </ol>
 *
 * <p><b>Recovery.</b> Until {@link #useLog} is called, nothing is flushed but by {@link #checkpoint} and {@link #close}: what is read
 * again from a log may not be on the disk yet. The operations after {@link #durableSequence} are applied again, to an engine that may have
 * some of them; each says what its key has then, so the result is the same.
 *
 * <p><b>When the engine fails, or is slow.</b> The sealed set stays, and is tried again from the first batch that was not taken. Reads go
 * on. Writes go on until {@link WriteBackOptions#dirtyBytesMax}; then {@link #check} lets them wait, and refuses them in the end. It does so
 * before the log has them, so that nothing was acknowledged that is lost. The limit is passed by the batches that were checked already.
 *
 * <p>Concurrency: safe for many threads. A reader waits for nothing but a batch of several operations that is being put into memory. Lock order: {@link #flushing}, then
 * {@link #changing}, then {@link #batches}; none is held while a reader reads the engine, and only the first one while the engine or the log works.
 */
public final class WriteBackCache implements StorageEngine {
    private final CheckpointedEngine checkpointed;
    private final StorageEngine engine;
    private final WriteBackOptions options;
    private final StatsRecorder stats = new StatsRecorder();
    private final ReentrantLock changing = new ReentrantLock();
    private final Condition flushDue = changing.newCondition();
    private final Condition roomMade = changing.newCondition();
    private final StampedLock batches =
            new StampedLock(); // for writing: a batch of several operations is being applied
    private final ReentrantLock flushing = new ReentrantLock(); // one flush or checkpoint at a time
    private final Thread flusher;

    private volatile DirtyState state; // replaced holding changing
    private volatile @Nullable Runnable syncLog; // null until the log is recovered
    private volatile @Nullable Throwable failure; // of the last flush; null if it was right
    private volatile boolean closed; // set holding changing

    /** The first key of the sealed set that the engine does not have; null for the first of all. Guarded by {@link #flushing}. */
    private @Nullable Slice resumeAt;

    /** A cache of which nothing is dirty, in front of an engine that only it uses from now on. */
    public WriteBackCache(CheckpointedEngine checkpointed, WriteBackOptions options) {
        this.checkpointed = checkpointed;
        this.engine = checkpointed.engine();
        this.options = options;
        long sequence = checkpointed.sequence();
        this.state = new DirtyState(new DirtySet(), DirtySet.EMPTY, sequence, sequence, 0);
        this.flusher = new Thread(this::flushInBackground, "write-back");
        flusher.setDaemon(true);
        flusher.start();
    }

    /**
     * {@inheritDoc} A dirty key is answered from memory, also if it was deleted; only for another one the engine is asked. Counts {@link Metric#GETS}.
     *
     * <p>While a batch of several operations is applied, none of them or all are seen: a get that meets one waits until it is in memory.
     */
    @Override
    @ExercisePart("7.4")
    public Optional<Slice> get(Slice key) {
        checkOpen();
        long start = StatsRecorder.sampledStart();
        DirtyVersion written = dirty(key); // before the engine is read: what leaves the sealed set is in the engine
        Optional<Slice> value = written == null ? engine.get(key) : Optional.ofNullable(written.value());
        stats.increment(Metric.GETS);
        stats.recordGetSince(start);
        return value;
    }

    /** What a key was given last; null if it is not dirty. While a batch of several operations is applied, none of them or all are seen. */
    @Solution
    private @Nullable DirtyVersion dirty(Slice key) {
        long stamp = batches.tryOptimisticRead();
        DirtyVersion written = state.get(key);
        if (batches.validate(stamp)) {
            return written;
        }
        stamp = batches.readLock();
        try {
            return state.get(key);
        } finally {
            batches.unlockRead(stamp);
        }
    }

    /**
     * {@inheritDoc} For a caller that has no log, or that has called {@link #check} before the log got the batch: this never waits for room. Makes a checkpoint if the batch is to
     * be durable. What is BUFFERED stays in memory until a flush, however much it is.
     */
    @Override
    public void write(WriteBatch batch, Durability durability) {
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

    /**
     * {@inheritDoc}
     *
     * <p>The operations go into the active set, and nowhere else. This never waits for room, since the log has them already: {@link #check} did. A batch that the
     * engine's {@link StorageEngine#check} refuses, or whose sequence is wrong, changes nothing. If a flush is due then, the flusher is told.
     *
     * <p>Counts {@link Metric#WRITES}, {@link Metric#BYTES_IN}, and in {@link WriteBackMetrics#WRITES_SAVED} each operation on a key that the active set had already.
     *
     * <p>Example: a batch of two operations at 8, after 5, leaves {@link #lastSequence} at 9. The next batch may begin at 10 or later.
     */
    @Override
    @Exercise(
            id = "7.4",
            title = "Write it later",
            points = 8,
            difficulty = Difficulty.HARD,
            hours = 6,
            needs = {"2.7", "5.1"})
    public void apply(long sequence, WriteBatch batch) {
        long start = StatsRecorder.sampledStart();
        engine.check(batch);
        int count = batch.operations().size();
        changing.lock();
        try {
            checkOpen();
            if (count == 0) {
                return;
            }
            DirtyState now = state;
            if (sequence <= now.sequence() || sequence > SequenceNumber.MAX - count + 1) {
                throw new IllegalArgumentException(
                        count + " operations at sequence " + sequence + " after sequence " + now.sequence());
            }
            int keys = now.active().size();
            applyTo(now.active(), sequence, batch);
            stats.add(WriteBackMetrics.WRITES_SAVED, count - (now.active().size() - keys));
            state = now.at(sequence + count - 1);
            if (isFlushDue()) {
                flushDue.signal();
            }
        } finally {
            changing.unlock();
        }
        stats.increment(Metric.WRITES);
        stats.add(Metric.BYTES_IN, CommitQueue.userBytes(batch));
        stats.recordWriteSince(start);
    }

    @Solution
    private void applyTo(DirtySet active, long sequence, WriteBatch batch) {
        if (batch.operations().size() == 1) {
            active.apply(sequence, batch);
            return;
        }
        long stamp = batches.writeLock();
        try {
            active.apply(sequence, batch);
        } finally {
            batches.unlockWrite(stamp);
        }
    }

    /**
     * {@inheritDoc} The engine checks the batch, too. Then it waits while the cache is full, for up to {@link WriteBackOptions#stallMax}; with a log, this is the last
     * moment at which a batch can be refused.
     *
     * <p>A cache is full when both sets together have {@link WriteBackOptions#dirtyBytesMax} or more; while the log is recovered it never is. It waits for a flush that ends,
     * and for {@link #close}.
     *
     * <p>Counts each call that finds it full in {@link Metric#STALLS}, and its time in {@link Metric#STALL_NANOS}.
     *
     * @throws StorageIoException if there is no room by then, with the reason; a later call may find some
     * @throws StoreClosedException if the cache is closed meanwhile
     */
    @Override
    @ExercisePart("7.4")
    public void check(WriteBatch batch) {
        engine.check(batch);
        if (isFull()) {
            awaitRoom();
        }
    }

    private boolean isFull() {
        return state.bytes() >= options.dirtyBytesMax() && syncLog != null;
    }

    @Solution
    private void awaitRoom() {
        long begin = System.nanoTime();
        stats.increment(Metric.STALLS);
        changing.lock();
        try {
            while (isFull()) {
                checkOpen();
                long left = options.stallMax().toNanos() - (System.nanoTime() - begin);
                if (left <= 0) {
                    throw noRoom();
                }
                boolean unused = Uninterruptibles.awaitUninterruptibly(roomMade, left, TimeUnit.NANOSECONDS);
            }
            checkOpen(); // the last flush of a cache that closes makes room, too
        } finally {
            changing.unlock();
            stats.add(Metric.STALL_NANOS, System.nanoTime() - begin);
        }
    }

    private StorageIoException noRoom() {
        Throwable cause = failure;
        String why =
                cause == null ? "the engine takes them too slowly" : "the engine refuses them: " + cause.getMessage();
        return new StorageIoException(
                "waiting " + options.stallMax().toMillis() + " ms for room in the cache of " + checkpointed,
                new IOException(state.bytes() + " bytes of it are not in the engine, and " + why, cause));
    }

    /** {@inheritDoc} From here on the cache flushes by itself. */
    @Override
    public void useLog(Runnable sync) {
        engine.useLog(sync);
        syncLog = sync;
        changing.lock();
        try {
            flushDue.signal();
        } finally {
            changing.unlock();
        }
    }

    private boolean isFlushDue() {
        DirtyState now = state;
        return syncLog != null && (!now.sealed().isEmpty() || now.active().bytes() >= options.flushBytes());
    }

    private void flushInBackground() {
        while (awaitFlushDue()) {
            flushing.lock();
            try {
                if (isFlushDue()) { // a checkpoint may have flushed it meanwhile
                    flushOnce();
                }
            } catch (RuntimeException | Error e) {
                failed(e); // tried again, and told to the writes for which there is no room
            } finally {
                flushing.unlock();
            }
        }
    }

    /** Returns when there is something to flush, after a failure not before it is time to try again; false if the cache closes. */
    private boolean awaitFlushDue() {
        long begin = System.nanoTime();
        changing.lock();
        try {
            while (!closed) {
                long left = failure == null ? 0 : options.retryAfter().toNanos() - (System.nanoTime() - begin);
                if (left > 0) {
                    boolean unused = Uninterruptibles.awaitUninterruptibly(flushDue, left, TimeUnit.NANOSECONDS);
                } else if (isFlushDue()) {
                    return true;
                } else {
                    flushDue.awaitUninterruptibly();
                }
            }
            return false;
        } finally {
            changing.unlock();
        }
    }

    private void failed(Throwable cause) {
        failure = cause;
        stats.increment(WriteBackMetrics.FLUSH_FAILURES);
        changing.lock();
        try {
            flushDue.signal(); // to try it again in time, also if a checkpoint has failed
        } finally {
            changing.unlock();
        }
    }

    /**
     * Writes one set to the engine: the sealed one, if an earlier flush has failed, otherwise the active one, which is sealed now. {@link #flushing} is held. In this order:
     *
     * <ol>
     *   <li>The log is synced, if there is one; nothing is done if the set is empty.
     *   <li>The engine is given the entries in ascending order of the keys, in batches of at least {@link WriteBackOptions#batchBytes}, the last one aside, at the sequences
     *       after its own {@link StorageEngine#lastSequence}. A flush that is tried again begins with the first batch that the engine has not taken.
     *   <li>The sealed set is dropped.
     * </ol>
     *
     * <p>What the log or the engine throws propagates; the set is still sealed then. Counts {@link WriteBackMetrics#BATCHES} and {@link WriteBackMetrics#WRITES_APPLIED}.
     */
    @ExercisePart("7.4")
    private void flushOnce() {
        DirtySet set = seal();
        if (set.isEmpty()) {
            return;
        }
        Runnable sync = syncLog;
        if (sync != null) {
            sync.run();
        }
        EntryCursor entries = set.cursor(SequenceNumber.MAX);
        if (resumeAt == null) {
            entries.seekToFirst();
        } else {
            entries.seek(resumeAt);
        }
        while (entries.isValid()) {
            WriteBatch batch = DirtySet.nextBatch(entries, options.batchBytes());
            engine.apply(engine.lastSequence() + 1, batch);
            resumeAt = entries.isValid() ? entries.key() : null;
            stats.increment(WriteBackMetrics.BATCHES);
            stats.add(WriteBackMetrics.WRITES_APPLIED, batch.operations().size());
        }
        dropSealed();
    }

    /** The set to flush. */
    private DirtySet seal() {
        changing.lock();
        try {
            DirtyState now = state;
            if (now.sealed().isEmpty() && !now.active().isEmpty()) {
                now = now.seal();
                state = now;
            }
            return now.sealed();
        } finally {
            changing.unlock();
        }
    }

    /** The engine has the sealed set. */
    private void dropSealed() {
        stats.increment(WriteBackMetrics.FLUSHES);
        changing.lock();
        try {
            state = state.withoutSealed();
            failure = null;
            roomMade.signalAll();
        } finally {
            changing.unlock();
        }
    }

    /**
     * {@inheritDoc} The cache flushes what it has, in one set or two, and then makes a checkpoint of the engine. What either throws
     * propagates. Nothing is lost then: what the engine did not take is dirty, and the log still has it.
     */
    @Override
    public void checkpoint() {
        checkOpen();
        long wanted = state.sequence();
        flushing.lock();
        try {
            checkOpen();
            flushAndCheckpoint(wanted);
        } catch (RuntimeException | Error e) {
            failed(e);
            throw e;
        } finally {
            flushing.unlock();
        }
    }

    /**
     * Flushes until the engine has every operation up to {@code wanted}, and then makes a checkpoint of the engine, up to the last sequence that it has as a whole: later
     * operations may have been applied meanwhile. {@link #flushing} is held.
     */
    @ExercisePart("7.4")
    private void flushAndCheckpoint(long wanted) {
        while (!state.isFlushed(wanted)) {
            flushOnce();
        }
        checkpointed.checkpoint(state.sealedSequence());
    }

    @Override
    public long lastSequence() {
        return state.sequence();
    }

    @Override
    public long durableSequence() {
        return checkpointed.sequence();
    }

    @Override
    public Cursor cursor(KeyRange range) {
        try (EngineSnapshot now = snapshot()) {
            return now.cursor(range);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>The state of one moment, whose active set is pinned at that moment, and a snapshot of the engine. Between the two a set may be sealed and its first batches
     * applied; then the engine has writes that are later than the moment, and both are taken again. No set is pinned for what is thrown away, or if the engine throws.
     */
    @Override
    @ExercisePart("7.4")
    public EngineSnapshot snapshot() {
        while (true) {
            checkOpen();
            DirtyState now = pinned();
            try {
                EngineSnapshot ofEngine = engine.snapshot();
                if (state.seals() == now.seals()) {
                    return new CacheSnapshot(now, ofEngine, this::checkOpen);
                }
                ofEngine.close();
            } catch (RuntimeException | Error e) {
                now.active().unpin();
                throw e;
            }
            now.active().unpin();
        }
    }

    /** The state of now, which its active set keeps. */
    @Solution
    private DirtyState pinned() {
        changing.lock();
        try {
            DirtyState now = state;
            now.active().pin(now.sequence());
            return now;
        } finally {
            changing.unlock();
        }
    }

    /** What the cache counts, and what the engine does; gets and writes are those of the cache. */
    @Override
    public StoreStats stats() {
        StoreStats own = stats.snapshot();
        Map<Metric, Long> metrics = new HashMap<>(engine.stats().metrics());
        metrics.putAll(own.metrics());
        metrics.put(WriteBackMetrics.DIRTY_BYTES, state.bytes());
        return new StoreStats(metrics, own.getLatency(), own.writeLatency());
    }

    /** The engine, to be looked at. What is written to it past this cache is lost. */
    public StorageEngine engine() {
        return engine;
    }

    /**
     * Proves the invariants that can be seen at one moment.
     *
     * @throws AssertionError that says what is wrong
     */
    public void verify() {
        long durable = durableSequence(); // first: it only grows
        changing.lock();
        try {
            state.verify(durable);
        } finally {
            changing.unlock();
        }
    }

    /**
     * Makes a last checkpoint, and closes the engine. If the log cannot be synced, there is none: what is dirty is only in the log then. What
     * the engine throws does not keep it from being closed, and propagates. Closing twice does nothing.
     */
    @Override
    public void close() {
        changing.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            flushDue.signalAll();
            roomMade.signalAll();
        } finally {
            changing.unlock();
        }
        Uninterruptibles.joinUninterruptibly(flusher);
        flushing.lock();
        try (checkpointed) {
            if (isLogSynced()) {
                flushAndCheckpoint(state.sequence());
            }
        } finally {
            flushing.unlock();
        }
    }

    /** Whether everything that is dirty is in the log on the disk, or there is no log. */
    private boolean isLogSynced() {
        Runnable sync = syncLog;
        if (sync == null) {
            return true;
        }
        try {
            sync.run();
            return true;
        } catch (StorageException e) {
            return false; // the owner of the log knows, and has told its writers
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new StoreClosedException(checkpointed.toString());
        }
    }
}
