package storagelab.grader.hidden.kit;

import java.util.Locale;
import java.util.function.IntFunction;
import storagelab.testkit.CpuTime;

/**
 * Tells work that does not depend on a size from work that grows with it, by the processor time that the thread takes for
 * it at two sizes. What else the machine does is not in it, and the sizes are so far apart that caches of the processor do
 * not matter.
 */
public final class Growth {
    private static final Sizes USUAL = new Sizes(128, 16_384);
    private static final double FACTOR_MAX = 15;
    private static final int ROUNDS = 8;

    private Growth() {}

    /** The two sizes that are compared, far apart. */
    public record Sizes(int small, int large) {}

    /**
     * Checks that a run of what {@code workOfSize} makes takes about as long for a large size as for a small one.
     *
     * @param what is measured, for the message: {@code "a put"}
     * @param unit what there are more of: {@code "entries"}
     */
    public static void check(String what, String unit, IntFunction<Runnable> workOfSize) {
        check(what, unit, USUAL, workOfSize);
    }

    /** As {@link #check(String, String, IntFunction)}, for other sizes than the usual ones. */
    public static void check(String what, String unit, Sizes sizes, IntFunction<Runnable> workOfSize) {
        long small = fastestNanos(workOfSize.apply(sizes.small));
        long large = fastestNanos(workOfSize.apply(sizes.large));
        double factor = (double) large / Math.max(1, small);
        if (factor > FACTOR_MAX) {
            throw new AssertionError(String.format(
                    Locale.ROOT,
                    "%s takes %.0f times as long with %,d %s as with %d: is there a walk over all of them?",
                    what,
                    factor,
                    sizes.large,
                    unit,
                    sizes.small));
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
