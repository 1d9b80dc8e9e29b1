package storagelab.sortedlog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import storagelab.api.Metric;
import storagelab.api.StoreFailedException;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.file.StatsRecorder;

/**
 * Writes memtables out on a thread of its own, and holds writers back when that thread cannot keep up. Without
 * back-pressure a writer that is faster than the disk fills the memory.
 *
 * <p>The memtables that were submitted and are not written out yet form a queue of at most {@code maxFrozenMemtables}; the
 * one being written out is its head and counts until {@link MaintenanceWork#flush} has returned.
 *
 * <ul>
 *   <li><em>Slow down</em>: while all places but one are taken (for {@code maxFrozenMemtables ≥ 2}), {@link #beforeWrite}
 *       waits up to 1 ms, less if a place gets free. Many writes wait a little instead of one waiting long.
 *   <li><em>Stop</em>: while all places are taken, {@link #awaitRoom} waits.
 *   <li>Each {@code beforeWrite} or {@code awaitRoom} that waited adds 1 to {@link Metric#STALLS} and the time to {@link Metric#STALL_NANOS}.
 * </ul>
 *
 * <p>The thread takes memtables in the order in which they came. For each it calls {@link MaintenanceWork#flush}, and then
 * {@link MaintenanceWork#compact}; it never does two pieces of work at once. It is a daemon thread with a name that says what it does.
 *
 * <p>Example with {@code maxFrozenMemtables = 3}, each flush taking a second. At 0.0 s m1 is submitted and its flush begins;
 * at 0.1 s m2 is submitted. Two of three places are taken: every {@code beforeWrite} waits 1 ms. At 0.2 s m3 is submitted;
 * at 0.3 s {@code awaitRoom} begins to wait, and returns at 1.0 s, when m1 is written out.
 *
 * <p>If the work throws anything, an {@link Error} too, the thread ends and does no more work. What is in the queue is not
 * lost, because the logs still hold it. From then on {@link #beforeWrite}, {@link #awaitRoom}, {@link #submit} and {@link
 * #drain} throw {@link StoreFailedException} with what was thrown as the cause, also in threads that are waiting at that
 * moment. {@link #close} does not throw. When it returns, the thread has ended.
 *
 * <p>Interrupts: no method ends early because its thread is interrupted, but for the 1 ms of slowing down. The thread is
 * still interrupted afterwards.
 */
@Exercise(
        id = "1.10",
        title = "Flush in the background, push back",
        points = 12,
        difficulty = Difficulty.HARD,
        hours = 4,
        needs = {"1.6", "1.7", "1.8", "1.9"})
public final class BackgroundMaintenance implements Maintenance {
    private static final long SLOW_DOWN_MILLIS = 1;

    private final MaintenanceWork work;
    private final int maxFrozenMemtables;
    private final StatsRecorder stats;
    private final Thread thread;

    // Guarded by this.
    private final Deque<FrozenMemtable> queue = new ArrayDeque<>();
    private boolean compacting;
    private boolean closing;
    private @Nullable Throwable failure;

    /**
     * Starts the thread.
     *
     * @param maxFrozenMemtables at least 1
     */
    public BackgroundMaintenance(MaintenanceWork work, int maxFrozenMemtables, StatsRecorder stats) {
        this.work = work;
        this.maxFrozenMemtables = maxFrozenMemtables;
        this.stats = stats;
        this.thread = new Thread(this::runUntilClosed, "sorted-log-maintenance");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void beforeWrite() {
        throwIfFailed();
        if (maxFrozenMemtables > 1 && queue.size() >= maxFrozenMemtables - 1) {
            long start = System.nanoTime();
            pause();
            countStall(start);
            throwIfFailed();
        }
    }

    @Override
    public synchronized void awaitRoom() {
        throwIfFailed();
        if (queue.size() >= maxFrozenMemtables) {
            long start = System.nanoTime();
            waitWhile(() -> failure == null && queue.size() >= maxFrozenMemtables);
            countStall(start);
            throwIfFailed();
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if all places are taken, or after {@link #close}
     */
    @Override
    public synchronized void submit(FrozenMemtable frozen) {
        throwIfFailed();
        if (closing || queue.size() >= maxFrozenMemtables) {
            throw new IllegalStateException(closing ? "closed" : queue.size() + " memtables wait already");
        }
        queue.addLast(frozen);
        notifyAll();
    }

    @Override
    public synchronized void drain() {
        waitWhile(() -> failure == null && (compacting || !queue.isEmpty()));
        throwIfFailed();
    }

    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void runUntilClosed() {
        try {
            for (FrozenMemtable next = awaitNext(); next != null; next = awaitNext()) {
                work.flush(next);
                placeIsFree();
                work.compact();
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** The next memtable, which stays in the queue; null when all are done and no more will come. */
    private synchronized @Nullable FrozenMemtable awaitNext() {
        compacting = false;
        notifyAll();
        waitWhile(() -> queue.isEmpty() && !closing);
        return queue.peekFirst();
    }

    private synchronized void placeIsFree() {
        queue.removeFirst();
        compacting = true;
        notifyAll();
    }

    private synchronized void fail(Throwable e) {
        failure = e;
        notifyAll();
    }

    private synchronized void throwIfFailed() {
        if (failure != null) {
            throw new StoreFailedException("background maintenance", failure);
        }
    }

    /** Waits a moment, less if anything changes: nothing in particular is waited for. */
    @SuppressWarnings("WaitNotInLoop")
    private synchronized void pause() {
        try {
            wait(SLOW_DOWN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void countStall(long startNanos) {
        stats.increment(Metric.STALLS);
        stats.add(Metric.STALL_NANOS, System.nanoTime() - startNanos);
    }

    /** Waits for a notification until {@code condition}, which reads guarded fields, is false. */
    private synchronized void waitWhile(BooleanSupplier condition) {
        boolean interrupted = false;
        while (condition.getAsBoolean()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
