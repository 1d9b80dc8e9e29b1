package storagelab.lsm;

import java.io.Closeable;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs flushes and merges, each kind on a thread of its own, so that a flush does not wait for a long merge; or,
 * without threads, on the thread of the writer who makes them due.
 *
 * <p>Concurrency: safe for many threads.
 */
final class Maintainer implements Closeable {
    /** A kind of work. */
    interface Work {
        /** Does a piece of it, if there is one to do. Returns whether there was. */
        boolean step();
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock working = new ReentrantLock(); // held by the caller that does the work, without threads
    private final Condition changed = lock.newCondition();
    private final Work[] works;
    private final Thread[] threads;
    private final boolean[] due; // guarded by lock
    private final boolean[] busy; // guarded by lock
    private volatile boolean closing; // changed under lock
    private volatile @Nullable Throwable failure;

    /** Begins to run {@code works}, each on a daemon thread if {@code inBackground}; nothing is due yet. */
    Maintainer(boolean inBackground, Work... works) {
        this.works = works;
        this.due = new boolean[works.length];
        this.busy = new boolean[works.length];
        this.threads = new Thread[inBackground ? works.length : 0];
        for (int i = 0; i < threads.length; i++) {
            int kind = i;
            threads[i] = new Thread(() -> serve(kind), "lsm-" + (i == 0 ? "flush" : "compaction"));
            threads[i].setDaemon(true);
            threads[i].start();
        }
    }

    /** What a piece of work has failed with. Then no more is done. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Says that there is work of every kind to look for. Without threads it is done before this returns. */
    void wake() {
        if (threads.length == 0) {
            runHere();
            return;
        }
        lock.lock();
        try {
            Arrays.fill(due, true);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a piece of work has ended or failed, or for so long, or less: whoever calls looks again. */
    @SuppressWarnings("WaitNotInLoop")
    void await(long nanosMax) {
        boolean interrupted = Thread.interrupted();
        lock.lock();
        try {
            if (failure == null) {
                long unused = changed.awaitNanos(nanosMax);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until there is nothing to do, or work has failed, or {@link #close} was called. */
    void drain() {
        if (threads.length == 0) {
            runHere();
            return;
        }
        wake();
        lock.lock();
        try {
            while (failure == null && !closing && !isIdle()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the pieces of work that have begun are done, on whatever thread. No other is begun from now on. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        working.lock(); // without threads, a caller may be at work
        working.unlock();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    TimeUnit.SECONDS.timedJoin(thread, 1);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isIdle() {
        for (int i = 0; i < works.length; i++) {
            if (due[i] || busy[i]) {
                return false;
            }
        }
        return true;
    }

    /** One caller at a time: two that flushed the same memtable would drop the next one. */
    private void runHere() {
        working.lock();
        try {
            boolean any = true;
            while (any) {
                any = false;
                for (Work work : works) {
                    any |= step(work);
                }
            }
        } finally {
            working.unlock();
        }
    }

    private void serve(int kind) {
        while (take(kind)) {
            boolean did = step(works[kind]);
            lock.lock();
            try {
                busy[kind] = false;
                for (int i = 0; i < due.length && did; i++) {
                    due[i] = true; // a flush may make a merge due
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits for work of a kind; false if there will be none. */
    private boolean take(int kind) {
        lock.lock();
        try {
            while (!due[kind] && !closing && failure == null) {
                changed.awaitUninterruptibly();
            }
            due[kind] = false;
            busy[kind] = !closing && failure == null;
            return busy[kind];
        } finally {
            lock.unlock();
        }
    }

    /** Does a piece of work, unless none is to be begun any more. Returns whether there was one. */
    @SuppressWarnings("CatchThrowable") // whatever it is, writers have to be told
    private boolean step(Work work) {
        try {
            return failure == null && !closing && work.step();
        } catch (Throwable e) {
            failure = e;
            return false;
        }
    }
}
