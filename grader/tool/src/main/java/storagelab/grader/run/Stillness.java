package storagelab.grader.run;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Tells a test that is stuck from one that is slow, inside its JVM: it is stuck when none of its threads can run and none
 * has come out of a wait for some time. A thread that wants a processor and gets none is runnable, so a busy machine makes
 * no test look stuck. Only those looks count that were made, should this thread get no processor either.
 *
 * <p>Concurrency: the watchdog's thread.
 */
final class Stillness {
    private static final int LOOKS_MIN = 50;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final ThreadGroup group;
    private final long stillNanos;
    private long sinceNanos = System.nanoTime();
    private int looks;
    private Map<Long, Long> waits = Map.of();

    /**
     * @param group the threads of the tests
     * @param stillMillis for how long they must not have moved
     */
    Stillness(ThreadGroup group, long stillMillis) {
        this.group = group;
        this.stillNanos = TimeUnit.MILLISECONDS.toNanos(stillMillis);
    }

    /** Looks at the threads, and says whether they have been still for long enough. */
    boolean look() {
        long now = System.nanoTime();
        if (haveMoved()) {
            sinceNanos = now;
            looks = 0;
        } else {
            looks++;
        }
        return looks >= LOOKS_MIN && now - sinceNanos >= stillNanos;
    }

    private boolean haveMoved() {
        Map<Long, Long> seen = new HashMap<>();
        boolean canRun = false;
        for (Thread thread : threads()) {
            ThreadInfo info = thread == null ? null : THREADS.getThreadInfo(thread.getId());
            if (info != null) {
                seen.put(info.getThreadId(), info.getWaitedCount() + info.getBlockedCount());
                canRun |= info.getThreadState() == Thread.State.RUNNABLE || info.getThreadState() == Thread.State.NEW;
            }
        }
        boolean moved = canRun || !seen.equals(waits);
        waits = seen;
        return moved;
    }

    /** All of them; places at the end may be empty. */
    private Thread[] threads() {
        Thread[] threads = new Thread[group.activeCount() + 16];
        int count = group.enumerate(threads);
        while (count == threads.length) {
            threads = new Thread[2 * count];
            count = group.enumerate(threads);
        }
        return threads;
    }
}
