package storagelab.grader.hidden.lab01;

import storagelab.testkit.CpuTime;

/**
 * Compares the processor time that two pieces of work take on this thread, for costs that no counter sees, such as
 * comparisons of keys. A piece of work that is wrong takes many times what is allowed, and a right one a fraction of it,
 * so that it makes no difference how busy the machine is; time that other threads take is not counted.
 */
final class RelativeCost {
    private static final int ROUNDS = 3;

    private RelativeCost() {}

    /** Fails if {@code work} takes more than {@code factor} times as long as {@code measure}; the best of some rounds. */
    static void assertAtMost(int factor, String what, Runnable measure, Runnable work) {
        measure.run(); // code that runs for the first time is slow, and would make the measure too long
        long measureNanos = Long.MAX_VALUE;
        long workNanos = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            measureNanos = Math.min(measureNanos, nanos(measure));
            workNanos = Math.min(workNanos, nanos(work));
            if (workNanos <= factor * measureNanos) {
                return;
            }
        }
        throw new AssertionError(what + ": it takes " + workNanos / Math.max(1, measureNanos)
                + " times as long, at most " + factor + " times are allowed. See the cost in the task");
    }

    private static long nanos(Runnable work) {
        long start = CpuTime.ofThisThreadNanos();
        work.run();
        return CpuTime.ofThisThreadNanos() - start;
    }
}
