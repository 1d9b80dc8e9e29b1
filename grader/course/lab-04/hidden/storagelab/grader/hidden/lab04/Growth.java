package storagelab.grader.hidden.lab04;

import java.util.Locale;
import java.util.function.IntFunction;
import storagelab.testkit.CpuTime;

/**
 * Tells work that does not depend on a size from work that grows with it, by the processor time that the thread takes for
 * it at two sizes. What else the machine does is not in it, and the sizes are so far apart that caches of the processor do
 * not matter.
 */
final class Growth {
    private static final int SMALL = 128;
    private static final int LARGE = 16_384;
    private static final double FACTOR_MAX = 15;
    private static final int ROUNDS = 8;

    private Growth() {}

    /**
     * Checks that a run of what {@code workOfSize} makes takes about as long for a large size as for a small one.
     *
     * @param what is measured, for the message: {@code "a put"}
     * @param unit what there are more of: {@code "entries"}
     */
    static void check(String what, String unit, IntFunction<Runnable> workOfSize) {
        long small = fastestNanos(workOfSize.apply(SMALL));
        long large = fastestNanos(workOfSize.apply(LARGE));
        double factor = (double) large / Math.max(1, small);
        if (factor > FACTOR_MAX) {
            throw new AssertionError(String.format(
                    Locale.ROOT,
                    "%s takes %.0f times as long with %,d %s as with %d: is there a walk over all of them?",
                    what,
                    factor,
                    LARGE,
                    unit,
                    SMALL));
        }
    }

    private static long fastestNanos(Runnable work) {
        long fastest = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = CpuTime.ofThisThreadNanos();
            work.run();
            fastest = Math.min(fastest, CpuTime.ofThisThreadNanos() - start);
        }
        return fastest;
    }
}
