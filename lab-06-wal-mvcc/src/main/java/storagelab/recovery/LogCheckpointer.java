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
import storagelab.wal.WriteAheadLog;

/**
 * Ends the log at its beginning: makes the engine durable, and deletes the segments that recovery no longer needs.
 *
 * <p>In this order: the log is synced, so that the engine never has on the disk what the log may lose; the engine makes a
 * checkpoint; the segments with sequences up to {@link StorageEngine#durableSequence} are deleted. A crash between two steps
 * leaves segments that are not needed, and never an operation that is nowhere.
 *
 * <p>A checkpoint begins by itself when so many bytes were written since the last one. Recovery then reads at most about
 * twice as many: those of one interval, and what is written while a checkpoint is made.
 *
 * <p>Concurrency: safe for many threads. One checkpoint at a time; commits go on meanwhile.
 */
final class LogCheckpointer implements Closeable {
    private final StorageEngine engine;
    private final WriteAheadLog log;
    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean isUnderWay = new AtomicBoolean();
    private final ReentrantLock one = new ReentrantLock();
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

    /** A checkpointer that begins when {@code bytesMax} bytes were written, of which {@code bytes} are there already. */
    LogCheckpointer(StorageEngine engine, WriteAheadLog log, long bytesMax, long bytes) {
        this.engine = engine;
        this.log = log;
        this.bytesMax = bytesMax;
        this.bytes.set(bytes);
    }

    /** Takes note of a commit, and has a checkpoint made if it is time for one. */
    void written(long commitBytes) {
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

    /** Makes everything durable that is in the engine, and deletes the segments that are not needed any more. */
    void checkpoint() {
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
    LogHolds holds() {
        return holds;
    }

    /** Why a checkpoint failed. Null if none has. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Returns when the checkpoints that were begun have ended; begins none afterwards. */
    @Override
    public void close() {
        thread.shutdown();
        Uninterruptibles.awaitTerminationUninterruptibly(thread);
    }
}
