package storagelab.grader.syllabus;

import java.time.Duration;
import java.time.Instant;

/**
 * What lateness costs.
 *
 * @param graceMinutes up to so many minutes after the due time, a submission is in time
 * @param freeDays so many days cost nothing
 * @param percentPerDay what each further day costs, of the points earned; a day that has begun is a day
 * @param percentAtMost what lateness costs at most
 * @param closesAfterDays a submission that is more days late has no points; 0 if there is no such end
 */
public record LateRule(
        int graceMinutes, int freeDays, double percentPerDay, double percentAtMost, int closesAfterDays) {
    public LateRule {
        require(graceMinutes >= 0, "grace-minutes", graceMinutes);
        require(freeDays >= 0, "free-days", freeDays);
        require(percentPerDay >= 0 && percentPerDay <= 100, "percent-per-day", percentPerDay);
        require(percentAtMost >= 0 && percentAtMost <= 100, "percent-at-most", percentAtMost);
        require(closesAfterDays >= 0, "closes-after-days", closesAfterDays);
    }

    private static void require(boolean holds, String name, double value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " = " + value + " is out of range");
        }
    }

    /** Lateness costs nothing. */
    public static LateRule none() {
        return new LateRule(0, 0, 0, 100, 0);
    }

    /** Whether some lateness costs points. */
    public boolean costsSomething() {
        return closesAfterDays > 0 || (percentPerDay > 0 && percentAtMost > 0);
    }

    /**
     * How late a submission is, and what that costs.
     *
     * @param days late, each that has begun; 0 if it is in time
     * @param percent of the points earned that it loses, 0 to 100
     */
    public record Lateness(int days, double percent) {
        /** In time. */
        public static final Lateness NONE = new Lateness(0, 0);

        /** What is left of {@code points}. */
        public double of(double points) {
            return points * (100 - percent) / 100;
        }
    }

    /**
     * Judges a submission that was handed in at {@code submitted}.
     *
     * @param extraDays that this student has beyond {@code due}
     */
    public Lateness lateness(Instant due, Instant submitted, int extraDays) {
        Duration late = Duration.between(due.plus(Duration.ofDays(extraDays)), submitted);
        if (late.compareTo(Duration.ofMinutes(graceMinutes)) <= 0) {
            return Lateness.NONE;
        }
        long millisPerDay = Duration.ofDays(1).toMillis();
        int days = (int) Math.min(Integer.MAX_VALUE, (Math.max(1, late.toMillis()) + millisPerDay - 1) / millisPerDay);
        if (closesAfterDays > 0 && days > closesAfterDays) {
            return new Lateness(days, 100);
        }
        double percent = Math.max(0, days - freeDays) * percentPerDay;
        return new Lateness(days, Math.min(percent, percentAtMost));
    }
}
