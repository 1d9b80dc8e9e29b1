package storagelab.grader.model;

import java.util.Locale;

/** How the points of a benchmark are divided. */
public final class BenchmarkPoints {
    /** Part of the points that counted costs bring. */
    public static final double COUNTERS_SHARE = 0.7;

    /** A time of up to this many times the reference's brings all the rest. */
    public static final double FULL = 1.5;

    /** A time of up to this many times the reference's brings half the rest. */
    public static final double HALF = 3;

    private BenchmarkPoints() {}

    /** The rule in words. */
    public static String describe() {
        return String.format(
                Locale.ROOT,
                "Counted costs bring %.0f %% of the points. Time brings the rest: all of it up to %s times the"
                        + " reference's, half of it up to %.0f times.",
                100 * COUNTERS_SHARE,
                FULL,
                HALF);
    }
}
