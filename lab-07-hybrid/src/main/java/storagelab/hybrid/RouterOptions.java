package storagelab.hybrid;

import java.time.Duration;
import java.time.InstantSource;
import storagelab.workload.TrackerOptions;

/**
 * What has to hold before an {@link EngineRouter} moves a range.
 *
 * @param clock what the time is; it must not go back
 * @param period how long the other engine must have been cheaper, how long a range stays after a move, and the time for which the budget
 *     is given
 * @param ratioMin the other engine is cheaper if this engine costs more than this many times as much
 * @param horizon the time over which a move has to save more than it costs
 * @param moveMicros the cost of moving a byte, in microseconds
 * @param budgetBytes how many bytes may be moved in a period
 * @param retryMin how long a move is put off after it has failed for the first time
 * @param retryMax the longest time for which a move is put off
 * @param boundaries when ranges are divided and merged
 */
public record RouterOptions(
        InstantSource clock,
        Duration period,
        double ratioMin,
        Duration horizon,
        double moveMicros,
        long budgetBytes,
        Duration retryMin,
        Duration retryMax,
        BoundaryOptions boundaries) {
    /** Checks the numbers. */
    public RouterOptions {
        if (period.toMillis() < 1 || horizon.toMillis() < 1) {
            throw new IllegalArgumentException("a period of " + period + " and a horizon of " + horizon);
        }
        if (!(ratioMin >= 1) || !(moveMicros >= 0) || budgetBytes < 1) {
            throw new IllegalArgumentException("a ratio of " + ratioMin + ", " + moveMicros + " us to move a byte, "
                    + budgetBytes + " bytes a period");
        }
        if (retryMin.toMillis() < 1 || retryMax.compareTo(retryMin) < 0) {
            throw new IllegalArgumentException("moves put off for " + retryMin + " to " + retryMax);
        }
    }

    /**
     * A period of fifteen minutes, a ratio of 1.2, a horizon of an hour, 0.02 microseconds a byte, 1 GiB in a period, and failed moves put off
     * for 30 seconds to an hour.
     */
    public static RouterOptions defaults() {
        return new RouterOptions(
                TrackerOptions.defaults().clock(),
                Duration.ofMinutes(15),
                1.2,
                Duration.ofHours(1),
                0.02,
                1 << 30,
                Duration.ofSeconds(30),
                Duration.ofHours(1),
                BoundaryOptions.defaults());
    }

    /** With another clock. */
    public RouterOptions withClock(InstantSource other) {
        return new RouterOptions(
                other, period, ratioMin, horizon, moveMicros, budgetBytes, retryMin, retryMax, boundaries);
    }

    /** With another period. */
    public RouterOptions withPeriod(Duration other) {
        return new RouterOptions(
                clock, other, ratioMin, horizon, moveMicros, budgetBytes, retryMin, retryMax, boundaries);
    }

    /** With another ratio. */
    public RouterOptions withRatioMin(double other) {
        return new RouterOptions(
                clock, period, other, horizon, moveMicros, budgetBytes, retryMin, retryMax, boundaries);
    }

    /** With another horizon. */
    public RouterOptions withHorizon(Duration other) {
        return new RouterOptions(
                clock, period, ratioMin, other, moveMicros, budgetBytes, retryMin, retryMax, boundaries);
    }

    /** With another cost of moving a byte. */
    public RouterOptions withMoveMicros(double perByte) {
        return new RouterOptions(
                clock, period, ratioMin, horizon, perByte, budgetBytes, retryMin, retryMax, boundaries);
    }

    /** With another budget for a period. */
    public RouterOptions withBudgetBytes(long bytes) {
        return new RouterOptions(clock, period, ratioMin, horizon, moveMicros, bytes, retryMin, retryMax, boundaries);
    }

    /** With other delays of failed moves. */
    public RouterOptions withRetry(Duration min, Duration max) {
        return new RouterOptions(clock, period, ratioMin, horizon, moveMicros, budgetBytes, min, max, boundaries);
    }

    /** With other boundaries. */
    public RouterOptions withBoundaries(BoundaryOptions other) {
        return new RouterOptions(clock, period, ratioMin, horizon, moveMicros, budgetBytes, retryMin, retryMax, other);
    }
}
