package storagelab.grader.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One benchmark: counted costs first, then time as a ratio to the reference.
 *
 * @param id such as {@code "1.search"}
 * @param title a few words
 * @param counters costs that are counted, the same on every machine
 * @param ratio time of the student over time of the reference; {@code null} when no time was taken
 * @param verdict how it ended
 * @param message why, in a sentence
 * @param points what it is worth
 * @param earned what it brought
 */
public record BenchmarkResult(
        String id,
        String title,
        List<Counter> counters,
        @Nullable Ratio ratio,
        BenchmarkVerdict verdict,
        String message,
        double points,
        double earned) {
    public BenchmarkResult {
        counters = List.copyOf(counters);
    }

    /**
     * A cost that is counted and not timed.
     *
     * @param name with its unit: {@code "probes per search"}
     * @param student what the submission spent
     * @param reference what the reference spent on the same work
     * @param limit the most that is accepted
     * @param ok whether {@code student <= limit}
     */
    public record Counter(String name, double student, double reference, double limit, boolean ok) {}

    /**
     * Time of the student over time of the reference in one run; below 1 is faster. What was not measured is {@code
     * NaN}.
     *
     * @param value the estimate
     * @param low lower end of the 95 % confidence interval
     * @param high upper end of it
     * @param studentNanos a call of the student, median
     * @param referenceNanos a call of the reference, median
     */
    public record Ratio(double value, double low, double high, double studentNanos, double referenceNanos) {}
}
