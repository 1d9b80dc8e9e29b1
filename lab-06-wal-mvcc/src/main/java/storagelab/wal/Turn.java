package storagelab.wal;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A place where one thread waits until it is called.
 *
 * <p>To sleep, and to be woken, costs two threads some microseconds each, and it may take 50 more until the woken thread
 * runs. A commit that is not synced takes two. So a thread whose wait is likely to be short stays awake for some
 * microseconds: it looks again and again whether it was called. Then it lets other threads run and looks after each, and
 * only then it sleeps.
 *
 * <p>Use: look, then wait, then look again.
 *
 * <pre>{@code
 * while (!isReady()) {
 *     turn.await(true);
 * }
 * }</pre>
 *
 * <p>The other thread changes what is looked at, and calls then. A call that comes between look and wait ends the wait. If a
 * call came earlier and no wait has ended since, the wait ends, too, and the thread looks once more. The thread that calls had better not hold a lock
 * that the called thread wants.
 *
 * <p>Concurrency: one thread waits at a time; any thread calls. Source: RocksDB, {@code WriteThread::AwaitState}.
 */
final class Turn {
    private static final int SPINS = 400;
    private static final int YIELDS = 20;

    private volatile boolean called;
    private volatile boolean awake; // looks whether it was called, without a pause
    private volatile @Nullable Thread sleeper;

    /** Lets the thread that waits go on; if none does, the next one that comes to wait. */
    void call() {
        called = true;
        Thread asleep = sleeper;
        if (asleep != null) {
            LockSupport.unpark(asleep);
        }
    }

    /** Whether a thread waits here that would go on at once if it were called. */
    boolean isAwake() {
        return awake;
    }

    /**
     * Returns when {@link #call} was called, once or more often, since the last return of this method, and forgets these
     * calls. An interrupt does not end the wait; the thread is still interrupted afterwards.
     *
     * @param isShort whether the call is likely to come within microseconds: then this does not sleep at once
     */
    void await(boolean isShort) {
        if (isShort) {
            stayAwake();
        }
        sleeper = Thread.currentThread();
        boolean isInterrupted = false;
        while (!called) { // after sleeper is set: a call that has not seen it is seen here
            LockSupport.park(this);
            isInterrupted |= Thread.interrupted();
        }
        sleeper = null;
        called = false; // before the thread looks again: a call that comes later ends the next wait
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when it was called, or after some microseconds. */
    private void stayAwake() {
        awake = true;
        for (int i = 0; i < SPINS && !called; i++) {
            Thread.onSpinWait();
        }
        awake = false;
        for (int i = 0; i < YIELDS && !called; i++) {
            Thread.yield();
        }
    }
}
