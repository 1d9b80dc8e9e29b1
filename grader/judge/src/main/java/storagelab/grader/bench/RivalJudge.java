package storagelab.grader.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import storagelab.grader.model.RivalResult.Outcome;
import storagelab.grader.model.RivalResult.Side;
import storagelab.grader.model.RivalResult.Speed;
import storagelab.grader.model.RivalResult.Target;

/**
 * Says whether a target was reached. A ratio reaches its target only with the whole of its interval, and misses it only
 * with the whole of it; what lies between is open.
 */
final class RivalJudge {
    private static final double NANOS_A_SECOND = 1e9;

    /** Below this, a profiler's own allocations are seen and no code's. */
    private static final double BYTES_NOISE = 0.5;

    private RivalJudge() {}

    static Target judge(RivalTarget target, Side ours, @Nullable Speed speed, int threads) {
        double bound = target.value();
        return switch (target.kind()) {
            case TIMES_AS_FAST -> {
                Speed known = speed == null ? new Speed(Double.NaN, Double.NaN, Double.NaN) : speed;
                yield new Target(
                        describe("at least %s times as fast", bound),
                        known.value(),
                        bound,
                        outcome(known.low() >= bound, known.high() < bound));
            }
            case TIMES_THE_TIME -> {
                Speed known = speed == null ? new Speed(Double.NaN, Double.NaN, Double.NaN) : speed;
                yield new Target(
                        describe("at most %s times the time", bound),
                        1 / known.value(),
                        bound,
                        outcome(1 / known.low() <= bound, 1 / known.high() > bound));
            }
            case A_SECOND -> {
                double rate = threads * NANOS_A_SECOND / ours.nanos();
                yield new Target(
                        describe("at least %s million a second", bound / 1e6),
                        rate,
                        bound,
                        outcome(rate >= bound, rate < bound));
            }
            case BYTES_ALLOCATED ->
                new Target(
                        bound == 0 ? "allocates nothing" : describe("allocates at most %s bytes", bound),
                        ours.bytes(),
                        bound,
                        outcome(ours.bytes() <= bound + BYTES_NOISE, ours.bytes() > bound + BYTES_NOISE));
        };
    }

    private static Outcome outcome(boolean reached, boolean missed) {
        if (reached) {
            return Outcome.MET;
        }
        return missed ? Outcome.MISSED : Outcome.OPEN;
    }

    private static String describe(String format, double bound) {
        String number = bound == Math.rint(bound)
                ? String.format(Locale.ROOT, "%,d", (long) bound)
                : String.format(Locale.ROOT, "%.2f", bound).replaceAll("0+$", "");
        return String.format(Locale.ROOT, format, number);
    }
}
