package storagelab.testkit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Waits for what another thread is about to do, as long as it takes and no longer. {@link Patience} decides when to give
 * up: a loaded machine is slow and not wrong.
 */
public final class Eventually {
    private static final long SOON_MILLIS = 200;
    private static final long POLL_NANOS_MIN = 200_000;
    private static final long POLL_NANOS_MAX = 10_000_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

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
        long pollNanos = POLL_NANOS_MIN;
        try (Patience patience = new Patience()) {
            while (!condition.getAsBoolean()) {
                if (patience.isOver()) {
                    throw givenUp(what.get(), patience);
                }
                LockSupport.parkNanos(pollNanos);
                pollNanos = Math.min(POLL_NANOS_MAX, pollNanos + pollNanos / 16);
            }
        }
    }

    /**
     * Returns as soon as {@code thread} is blocked on a monitor or waits for something; fails at once if it ends. A wait for
     * a class does not count: two threads that load classes at the same time block each other for a moment.
     */
    public static void waits(Thread thread) {
        holds(
                () -> thread.getName() + " waits; it is " + thread.getState(),
                () -> isWaiting(thread) || thread.getState() == Thread.State.TERMINATED);
        if (thread.getState() == Thread.State.TERMINATED) {
            throw new AssertionError(thread.getName() + " should have waited, but went on to its end");
        }
    }

    /**
     * Returns as soon as {@code thread} has ended.
     *
     * @param otherwise what it means if it does not end, for the message: {@code "add waits for a read"}
     */
    public static void ends(String otherwise, Thread thread) throws InterruptedException {
        try (Patience patience = new Patience()) {
            while (thread.isAlive()) {
                if (patience.isOver()) {
                    throw new AssertionError(otherwise + ": " + thread.getName() + " does not end; it is "
                            + thread.getState() + ", and " + patience.reason());
                }
                TimeUnit.NANOSECONDS.timedJoin(thread, POLL_NANOS_MAX);
            }
        }
    }

    /**
     * Gives {@code condition} a moment to come to hold, and returns in any case: for what the code under test usually does
     * and need not do, such as taking notice of an interrupt in the middle of its waiting.
     */
    public static void letHold(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SOON_MILLIS);
        while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(POLL_NANOS_MIN);
        }
    }

    /** Returns as soon as {@code latch} is at zero. */
    public static void open(String what, CountDownLatch latch) throws InterruptedException {
        try (Patience patience = new Patience()) {
            while (!latch.await(POLL_NANOS_MAX, TimeUnit.NANOSECONDS)) {
                if (patience.isOver()) {
                    throw givenUp(what, patience);
                }
            }
        }
    }

    private static AssertionError givenUp(String what, Patience patience) {
        return new AssertionError("waited for nothing until " + what + ": " + patience.reason());
    }

    private static boolean isWaiting(Thread thread) {
        if (!isBlocked(thread.getState())) {
            return false;
        }
        ThreadInfo info = THREADS.getThreadInfo(thread.getId(), Integer.MAX_VALUE); // state and stack of one moment
        return info != null
                && isBlocked(info.getThreadState())
                && Stream.of(info.getStackTrace()).noneMatch(Eventually::loadsClasses);
    }

    private static boolean loadsClasses(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.equals("java.lang.ClassLoader")
                || type.startsWith("jdk.internal.loader.")
                || type.equals("java.lang.invoke.MethodHandleNatives")
                || frame.getMethodName().equals("<clinit>");
    }

    private static boolean isBlocked(Thread.State state) {
        return state == Thread.State.BLOCKED || state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }
}
