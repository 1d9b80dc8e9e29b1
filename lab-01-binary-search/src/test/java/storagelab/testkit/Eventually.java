package storagelab.testkit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for what another thread is about to do, as long as it takes and no longer. The limit only decides when to give
 * up: it is generous, because a loaded machine is slow and not wrong.
 */
public final class Eventually {
    /** How long to wait before concluding that it never happens: less than the time that a test has. */
    public static final long LIMIT_SECONDS = 7;

    private static final long SOON_MILLIS = 200;
    private static final long POLL_NANOS = 200_000;

    private Eventually() {}

    /**
     * Returns as soon as {@code condition} holds.
     *
     * @param what the condition in words, for the message: {@code "the writer waits"}
     * @throws AssertionError if it does not come to hold
     */
    public static void holds(String what, BooleanSupplier condition) {
        holds(() -> what, condition);
    }

    /** As {@link #holds(String, BooleanSupplier)}, with words that are found when it is given up. */
    public static void holds(Supplier<String> what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("waited " + LIMIT_SECONDS + " s in vain until " + what.get());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Returns as soon as {@code thread} is blocked on a monitor or waits for something; fails at once if it ends. */
    public static void waits(Thread thread) {
        holds(
                () -> thread.getName() + " waits; it is " + thread.getState(),
                () -> isBlocked(thread.getState()) || thread.getState() == Thread.State.TERMINATED);
        if (thread.getState() == Thread.State.TERMINATED) {
            throw new AssertionError(thread.getName() + " should have waited, but went on to its end");
        }
    }

    /**
     * Gives {@code condition} a moment to come to hold, and returns in any case: for what the code under test usually does
     * and need not do, such as taking notice of an interrupt in the middle of its waiting.
     */
    public static void letHold(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SOON_MILLIS);
        while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Returns as soon as {@code latch} is at zero. */
    public static void open(String what, CountDownLatch latch) throws InterruptedException {
        if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("waited " + LIMIT_SECONDS + " s in vain until " + what);
        }
    }

    private static boolean isBlocked(Thread.State state) {
        return state == Thread.State.BLOCKED || state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }
}
