package storagelab.recovery;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.common.util.concurrent.Uninterruptibles;
import java.io.Closeable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import storagelab.api.StorageEngine;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;
import storagelab.wal.WriteAheadLog;

/**
 * Makes checkpoints of an engine behind a log, so that the log does not grow for ever: makes durable what the engine has, and
 * deletes the segments that recovery no longer needs.
 *
 * <p>A checkpoint, in this order:
 *
 * <ol>
 *   <li>{@link WriteAheadLog#sync}: the engine must never have on the disk what the log may lose.
 *   <li>{@link StorageEngine#checkpoint}.
 *   <li>{@link LogHolds#truncate} of the log, up to {@link StorageEngine#durableSequence}, which the engine says after its
 *       checkpoint. Commits go on meanwhile, so the last sequence of the log may be greater; those operations are only in the log.
 *       The holds keep what a reader of changes still needs.
 * </ol>
 *
 * <p>A power cut between two steps leaves segments that are not needed, and never an operation that is neither in the log nor in
 * the engine.
 *
 * <p><b>By itself</b>, a checkpoint begins in the background when enough bytes were written since the last one began. So recovery
 * applies the bytes of one such interval, and those that were written while a checkpoint was made. The smaller the interval, the
 * shorter is recovery, and the more often the engine writes its pages.
 *
 * <p>Example: a checkpoint each 64 MiB. After 64 MiB one begins, and 5 MiB are written until it ends. The next one begins when
 * 59 MiB more were written. A crash just before it ends leaves 64 MiB to apply again, and what was written while it was made.
 *
 * <p>Concurrency: safe for many threads. One checkpoint is made at a time; no commit waits for it.
 */
@Exercise(
        id = "6.4",
        title = "Checkpoints, and a log that is cut",
        points = 6,
        difficulty = Difficulty.MEDIUM,
        hours = 4,
        needs = {"6.1"})
public final class LogCheckpointer implements Closeable {
    private final StorageEngine engine;
    private final WriteAheadLog log;
    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean isUnderWay = new AtomicBoolean();
    private final ReentrantLock one = new ReentrantLock();

    @Given
    private final LogHolds holds = new LogHolds();

    /** Makes the checkpoints. One that is asked for after {@link #close} is dropped: the store makes the last one itself. */
    private final ExecutorService thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new ThreadFactoryBuilder()
                    .setDaemon(true)
                    .setNameFormat("checkpoint")
                    .build(),
            new ThreadPoolExecutor.DiscardPolicy());

    private volatile @Nullable Throwable failure;

    /**
     * A checkpointer that has not begun a checkpoint.
     *
     * @param bytesMax a checkpoint begins in the background when this many bytes were written, or more
     * @param bytes that were written already: those that recovery has applied
     */
    public LogCheckpointer(StorageEngine engine, WriteAheadLog log, long bytesMax, long bytes) {
        this.engine = engine;
        this.log = log;
        this.bytesMax = bytesMax;
        this.bytes.set(bytes);
    }

    /**
     * Counts the bytes of a commit. If they have come to the maximum, a checkpoint begins in the background, unless one that began
     * so is under way or has failed. Returns at once: no commit waits for a checkpoint.
     *
     * <p>Bytes that are counted while a checkpoint is made count for the next one; when it ends, those from before it began no
     * longer count. A call of {@link #checkpoint} by another thread counts in the same way.
     */
    public void written(long commitBytes) {
        if (bytes.addAndGet(commitBytes) >= bytesMax && isUnderWay.compareAndSet(false, true)) {
            thread.execute(this::checkpointInBackground);
        }
    }

    private void checkpointInBackground() {
        try {
            checkpoint();
            isUnderWay.set(false);
        } catch (RuntimeException | Error e) {
            return; // the next commit throws it; no other checkpoint is begun
        }
    }

    /**
     * Makes a checkpoint, and returns when it is made. If another one is under way, waits for it and makes its own: that one may
     * have begun before the last commit.
     *
     * <p>What a step throws is the {@link #failure}, and propagates; the steps after it are left out.
     */
    public void checkpoint() {
        one.lock();
        try {
            long written = bytes.get();
            log.sync();
            engine.checkpoint();
            holds.truncate(log, engine.durableSequence());
            bytes.addAndGet(-written);
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            one.unlock();
        }
    }

    /** What keeps the log from being cut. */
    @Given
    LogHolds holds() {
        return holds;
    }

    /** Why a checkpoint has failed, in the background or not. Null if none has. */
    public @Nullable Throwable failure() {
        return failure;
    }

    /** Returns when the checkpoint in the background has ended, and begins none there any more. */
    @Override
    public void close() {
        thread.shutdown();
        Uninterruptibles.awaitTerminationUninterruptibly(thread);
    }
}
