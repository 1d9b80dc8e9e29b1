package storagelab.query.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;

/**
 * What is told of a plan, and of its execution if it was executed: a tree of records, lists, texts and numbers, which a JSON library
 * can write as it is, or a text.
 *
 * @param root the operator that returns the rows
 * @param storeReads how often the store counted a page or block read meanwhile, by the name of its metric; empty if nothing was
 *     executed. Other queries of the same time are counted, too
 */
public record Explanation(Node root, Map<String, Long> storeReads) {
    /**
     * An operator.
     *
     * @param operator what it does, such as {@code Index scan}
     * @param detail with what: relation, index, conditions
     * @param estimatedRows how many rows the planner expects of it
     * @param estimatedMicros what it is expected to cost, its inputs included
     * @param actual what it has done; null if it was not executed
     * @param inputs what its rows come from
     */
    public record Node(
            String operator,
            String detail,
            double estimatedRows,
            double estimatedMicros,
            @Nullable Actual actual,
            List<Node> inputs) {}

    /**
     * What an operator has done.
     *
     * @param rows that it has returned
     * @param gets rows or entries that it has looked up by their keys
     * @param steps rows or entries that it has read one after the other
     * @param micros how long it took, its inputs included
     * @param error by which factor the estimate of the rows is too large or too small, at least 1
     * @param isOff whether this factor is more than {@link Explain#OFF_FACTOR}
     */
    public record Actual(long rows, long gets, long steps, double micros, double error, boolean isOff) {}

    /** Copies the map. */
    public Explanation {
        storeReads = Map.copyOf(storeReads);
    }

    /** The same with what the store has counted. */
    public Explanation withStoreReads(Map<String, Long> reads) {
        return new Explanation(root, reads);
    }

    /**
     * One line for each operator, an input below what it is the input of and two spaces further in; then one for the store, if it has
     * counted something: {@code store: }, and each metric with its count in front, in alphabetical order of these texts, separated by
     * a comma and a space.
     *
     * <p>A line has the operator, its detail if there is one, and {@code (estimated: … rows, … µs)}; of an operator that was executed
     * also {@code (actual: … rows, … gets, … entries, … µs)}; and if it is off, {@code <== more rows than estimated, by a factor of …}
     * or {@code fewer}. Two spaces are in front of each of the three. Times have one decimal, factors and counts none, and an
     * estimate of less than ten rows one. The decimal sign is a point in every country.
     *
     * <p>Example:
     *
     * <pre>
     * Fetch rows of cities  (estimated: 5.0 rows, 12.5 µs)  (actual: 60 rows, 60 gets, 0 entries, 83.1 µs)  &lt;== more rows than estimated, by a factor of 12
     *   Index scan by_country: country = VA  (estimated: 5.0 rows, 4.0 µs)
     * store: 12 blocks read, 3 pages read
     * </pre>
     */
    @ExercisePart("6.15")
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        add(root, 0, lines);
        if (!storeReads.isEmpty()) {
            List<String> reads = new ArrayList<>();
            storeReads.forEach((metric, count) -> reads.add(count + " " + metric));
            reads.sort(null);
            lines.add("store: " + String.join(", ", reads));
        }
        return lines;
    }

    @Solution
    private static void add(Node node, int depth, List<String> lines) {
        StringBuilder line = new StringBuilder("  ".repeat(depth)).append(node.operator);
        if (!node.detail.isEmpty()) {
            line.append(' ').append(node.detail);
        }
        line.append(String.format(
                Locale.ROOT, "  (estimated: %s rows, %.1f µs)", count(node.estimatedRows), node.estimatedMicros));
        Actual actual = node.actual;
        if (actual != null) {
            line.append(String.format(
                    Locale.ROOT,
                    "  (actual: %d rows, %d gets, %d entries, %.1f µs)",
                    actual.rows,
                    actual.gets,
                    actual.steps,
                    actual.micros));
            if (actual.isOff) {
                String direction = actual.rows > node.estimatedRows ? "more" : "fewer";
                line.append(String.format(
                        Locale.ROOT, "  <== %s rows than estimated, by a factor of %.0f", direction, actual.error));
            }
        }
        lines.add(line.toString());
        node.inputs.forEach(input -> add(input, depth + 1, lines));
    }

    @Solution
    private static String count(double rows) {
        return String.format(Locale.ROOT, rows < 10 ? "%.1f" : "%.0f", rows);
    }

    @Override
    public String toString() {
        return String.join("\n", lines());
    }
}
