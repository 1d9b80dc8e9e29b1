package storagelab.sortedlog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import org.jspecify.annotations.Nullable;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;

/**
 * A lock that many readers hold together or one writer holds alone, and in which no thread waits for ever. It is written
 * on a monitor: {@code synchronized}, {@code wait} and {@code notifyAll}, and nothing of {@code java.util.concurrent}.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>While a writer holds the lock, no other thread holds it.
 *   <li>Readers do not starve writers: a reader that arrives while a writer waits does not get in before that writer.
 *   <li>Writers do not starve readers: when a writer releases the lock, every reader that is waiting then gets in before
 *       the next writer does.
 *   <li>Writers get in in the order in which they arrived.
 *   <li>No thread waits for a thread that has given up: if a waiting thread is interrupted, it leaves as if it had never
 *       come, and threads that waited only for it go on at once.
 * </ol>
 *
 * <p>Example, as a line of events. Reader A holds the lock; writer W arrives and waits; reader B arrives and waits behind
 * W, although it could read beside A. If W is now interrupted, B gets in. If not: A releases, W gets in; reader C and
 * writer X arrive; W releases, B and C get in together, then X.
 *
 * <p>Interrupts: {@link #acquireRead} and {@link #acquireWrite} throw {@link InterruptedException}, with the interrupt
 * cleared, if the thread is interrupted while it waits or was interrupted when it called, even if the lock is free. The
 * thread does not hold the lock then.
 *
 * <p>Not reentrant: a thread that holds the lock for writing and asks for reading or writing, or that holds it for reading
 * and asks for writing, waits for itself.
 *
 * <p>Cost: O(1) for each call, and no thread that waits runs except when it is notified.
 *
 */
@Exercise(
        id = "1.8",
        title = "A read-write lock that starves nobody",
        points = 12,
        difficulty = Difficulty.HARD,
        hours = 4)
public final class FairReadWriteLock implements ReadWriteLock {
    // All fields are guarded by this.
    private int readers;
    private @Nullable Thread writer;
    /** One object for each writer that waits, in the order of arrival. */
    private final Deque<Object> waitingWriters = new ArrayDeque<>();

    private int waitingReaders;
    /** How often a writer has released the lock: the number of the phase in which readers arrive. */
    private long phase;
    /** Readers that wait since an earlier phase; they go before the next writer. */
    private int readersAhead;

    /** A lock that no thread holds. */
    public FairReadWriteLock() {}

    /**
     * Waits until this thread may read beside other readers, and lets it in.
     *
     * @throws InterruptedException if the thread is interrupted before it has got in
     */
    public synchronized void acquireRead() throws InterruptedException {
        failIfInterrupted();
        long arrived = phase;
        waitingReaders++;
        try {
            while (writer != null || (arrived == phase && !waitingWriters.isEmpty())) {
                wait();
            }
            readers++;
        } finally {
            waitingReaders--;
            if (arrived != phase) {
                readersAhead--;
                notifyAll(); // matters to the next writer if this thread was interrupted
            }
        }
    }

    /**
     * Ends what one {@link #acquireRead} began.
     *
     * @throws IllegalMonitorStateException if no reader holds the lock
     */
    public synchronized void releaseRead() {
        if (readers == 0) {
            throw new IllegalMonitorStateException("no reader holds the lock");
        }
        readers--;
        if (readers == 0) {
            notifyAll();
        }
    }

    /**
     * Waits until this thread may hold the lock alone, and lets it in.
     *
     * @throws InterruptedException if the thread is interrupted before it has got in
     */
    public synchronized void acquireWrite() throws InterruptedException {
        failIfInterrupted();
        Object turn = new Object();
        waitingWriters.addLast(turn);
        try {
            while (writer != null || readers > 0 || readersAhead > 0 || waitingWriters.peekFirst() != turn) {
                wait();
            }
            writer = Thread.currentThread();
        } finally {
            waitingWriters.remove(turn);
            if (writer != Thread.currentThread()) {
                notifyAll(); // interrupted: readers and writers behind this one need not wait for it
            }
        }
    }

    /**
     * Ends what {@link #acquireWrite} began.
     *
     * @throws IllegalMonitorStateException if this thread does not hold the lock for writing
     */
    public synchronized void releaseWrite() {
        if (writer != Thread.currentThread()) {
            throw new IllegalMonitorStateException("this thread does not hold the lock for writing");
        }
        writer = null;
        phase++;
        readersAhead = waitingReaders;
        notifyAll();
    }

    /** The lock for reading, as a {@link Lock}; {@code lock()} waits on when it is interrupted. No {@code tryLock}, no conditions. */
    @Given
    @Override
    public Lock readLock() {
        return new View(this::acquireRead, this::releaseRead);
    }

    /** The lock for writing, as a {@link Lock}; {@code lock()} waits on when it is interrupted. No {@code tryLock}, no conditions. */
    @Given
    @Override
    public Lock writeLock() {
        return new View(this::acquireWrite, this::releaseWrite);
    }

    private static void failIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before it asked for the lock");
        }
    }

    @Given
    private interface Acquire {
        void run() throws InterruptedException;
    }

    /** One side of the lock under the interface of the library. */
    @Given
    private record View(Acquire acquire, Runnable release) implements Lock {
        @Override
        public void lock() {
            boolean interrupted = false;
            while (true) {
                try {
                    acquire.run();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void lockInterruptibly() throws InterruptedException {
            acquire.run();
        }

        @Override
        public void unlock() {
            release.run();
        }

        @Override
        public boolean tryLock() {
            throw new UnsupportedOperationException("tryLock");
        }

        @Override
        public boolean tryLock(long time, TimeUnit unit) {
            throw new UnsupportedOperationException("tryLock");
        }

        @Override
        public Condition newCondition() {
            throw new UnsupportedOperationException("newCondition");
        }
    }
}
