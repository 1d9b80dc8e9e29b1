package storagelab.grader.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import storagelab.grader.model.BenchmarkPoints;
import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.model.BenchmarkResult.Counter;
import storagelab.grader.model.BenchmarkResult.Ratio;
import storagelab.grader.model.BenchmarkVerdict;

/**
 * Turns figures into a verdict and points.
 *
 * <p>Counted costs and time share the points as {@link BenchmarkPoints} says, an equal part for each cost within its
 * limit. The student has the benefit of the doubt: what counts is the low end of the interval. If the interval straddles
 * a limit and is wider than a factor of {@value #WIDEST}, the time is too noisy to say and its points are taken out of
 * what there is to earn.
 */
final class Grading {
    static final double WIDEST = 2;

    private Grading() {}

    /** What a time says. */
    enum TimeVerdict {
        /** As fast as is asked for. */
        FAST,
        /** Slower, but not by much. */
        SLOWER,
        /** Too slow. */
        SLOW,
        /** The machine was too busy to say. */
        NOISY
    }

    static TimeVerdict judge(RatioEstimate estimate) {
        if (estimate.high() <= BenchmarkPoints.FULL) {
            return TimeVerdict.FAST;
        }
        boolean straddles = straddles(estimate, BenchmarkPoints.FULL) || straddles(estimate, BenchmarkPoints.HALF);
        if (straddles && estimate.high() / estimate.low() > WIDEST) {
            return TimeVerdict.NOISY;
        }
        if (estimate.low() <= BenchmarkPoints.FULL) {
            return TimeVerdict.FAST;
        }
        return estimate.low() <= BenchmarkPoints.HALF ? TimeVerdict.SLOWER : TimeVerdict.SLOW;
    }

    private static boolean straddles(RatioEstimate estimate, double limit) {
        return estimate.low() <= limit && estimate.high() > limit;
    }

    /** The result of a benchmark that was measured to the end. */
    static BenchmarkResult result(BenchmarkSpec spec, List<Counter> counters, Ratio ratio) {
        RatioEstimate estimate = new RatioEstimate(ratio.value(), ratio.low(), ratio.high());
        TimeVerdict time = judge(estimate);
        long within = counters.stream().filter(Counter::ok).count();
        double counted = BenchmarkPoints.COUNTERS_SHARE * within / counters.size();
        double timed = time == TimeVerdict.FAST
                ? 1 - BenchmarkPoints.COUNTERS_SHARE
                : time == TimeVerdict.SLOWER ? (1 - BenchmarkPoints.COUNTERS_SHARE) / 2 : 0;
        boolean allWithin = within == counters.size();
        double possible = time == TimeVerdict.NOISY ? BenchmarkPoints.COUNTERS_SHARE : 1;
        return new BenchmarkResult(
                spec.id(),
                spec.title(),
                counters,
                ratio,
                verdict(allWithin, time, counted + timed),
                message(counters.size() - within, time),
                rounded(spec.points() * possible),
                rounded(spec.points() * (counted + timed)));
    }

    private static BenchmarkVerdict verdict(boolean allWithin, TimeVerdict time, double share) {
        if (allWithin && time == TimeVerdict.FAST) {
            return BenchmarkVerdict.PASSED;
        }
        if (allWithin && time == TimeVerdict.NOISY) {
            return BenchmarkVerdict.TOO_NOISY;
        }
        return share > 0 ? BenchmarkVerdict.PARTIAL : BenchmarkVerdict.FAILED;
    }

    private static String message(long beyond, TimeVerdict time) {
        String costs = beyond == 0
                ? ""
                : beyond == 1 ? "One cost is beyond its limit. " : beyond + " costs are beyond their limits. ";
        String slow = String.format(
                Locale.ROOT,
                "It takes longer than %s times the reference.",
                time == TimeVerdict.SLOWER ? BenchmarkPoints.FULL : BenchmarkPoints.HALF);
        String words = switch (time) {
            case FAST -> "";
            case SLOWER, SLOW -> slow;
            case NOISY -> "The machine was too busy to tell how fast it is: the time is not scored.";
        };
        return (costs + words).strip();
    }

    /** The result of a benchmark whose student's side answered wrongly, crashed or did not answer. */
    static BenchmarkResult broken(BenchmarkSpec spec, String why) {
        return new BenchmarkResult(
                spec.id(), spec.title(), List.of(), null, BenchmarkVerdict.FAILED, why, spec.points(), 0);
    }

    /** The result of a benchmark that waits for an exercise. */
    static BenchmarkResult waiting(BenchmarkSpec spec, String why) {
        return new BenchmarkResult(
                spec.id(), spec.title(), List.of(), null, BenchmarkVerdict.NOT_RUN, why, spec.points(), 0);
    }

    /** The result of a benchmark that the grader could not make; nobody is charged for it. */
    static BenchmarkResult impossible(BenchmarkSpec spec, String why) {
        return new BenchmarkResult(spec.id(), spec.title(), List.of(), null, BenchmarkVerdict.NOT_RUN, why, 0, 0);
    }

    /** The result of a benchmark that the machine was too busy for, on either side. */
    static BenchmarkResult notGraded(BenchmarkSpec spec, String why) {
        return new BenchmarkResult(
                spec.id(), spec.title(), List.of(), null, BenchmarkVerdict.NOT_GRADED, why, spec.points(), 0);
    }

    /** Figures without a reference to compare with, and so without points. */
    static BenchmarkResult alone(BenchmarkSpec spec, List<Counter> counters, double nanos) {
        Ratio ratio = new Ratio(Double.NaN, Double.NaN, Double.NaN, nanos, Double.NaN);
        boolean within = counters.stream().allMatch(Counter::ok);
        Optional<String> beyond = counters.stream()
                .filter(counter -> !counter.ok())
                .map(Counter::name)
                .findFirst();
        return new BenchmarkResult(
                spec.id(),
                spec.title(),
                counters,
                ratio,
                within ? BenchmarkVerdict.PASSED : BenchmarkVerdict.PARTIAL,
                beyond.map(name -> "Beyond its limit: " + name + ".").orElse(""),
                0,
                0);
    }

    private static double rounded(double points) {
        return Math.round(points * 100) / 100.0;
    }
}
