package storagelab.query;

import storagelab.course.ExercisePart;
import storagelab.course.Solution;

/**
 * What is known of the values of a column, and the estimates that follow from it. The rows are in three groups: those with null,
 * those with one of the most common values, and the rest, which the histogram is of.
 *
 * <p>Concurrency: immutable. Source: Selinger and others, "Access Path Selection in a Relational Database Management System"
 * (1979), for the defaults; PostgreSQL, {@code selfuncs.c}, for the order of the three.
 *
 * @param nullFraction the part of the rows that has null
 * @param distinct how many different values there are, without null
 * @param common the most common ones
 * @param rest of the values that are neither null nor common; empty if there is no histogram
 */
public record ColumnStatistics(double nullFraction, double distinct, MostCommonValues common, Histogram rest) {
    @Solution
    private static final double HALF_OPEN_DEFAULT = 1.0 / 3;

    @Solution
    private static final double BETWEEN_DEFAULT = 1.0 / 4;

    /** Checks the numbers and the types. */
    public ColumnStatistics {
        if (!(nullFraction >= 0 && nullFraction <= 1) || !(distinct >= 0)) {
            throw new IllegalArgumentException(distinct + " different values, and null in " + nullFraction);
        }
        if (common.type() != rest.type()) {
            throw new IllegalArgumentException(
                    "common values of the type " + common.type() + " and a histogram of the type " + rest.type());
        }
    }

    /** The type of the column. */
    public ColumnType type() {
        return common.type();
    }

    /** The same without the histogram. */
    public ColumnStatistics withoutHistogram() {
        return new ColumnStatistics(nullFraction, distinct, common, Histogram.empty(type()));
    }

    /** Null and the number of different values, and nothing else. */
    public ColumnStatistics distinctOnly() {
        return new ColumnStatistics(nullFraction, distinct, MostCommonValues.none(type()), Histogram.empty(type()));
    }

    /**
     * Estimates which part of the rows has a value in {@code range}, from 0 to 1. It is the sum over three groups of rows:
     *
     * <ol>
     *   <li>Rows with null are never in a range.
     *   <li>Of the rows with one of the most common values, those count whose value is in the range, see {@link
     *       MostCommonValues#selectivity}.
     *   <li>The rest, whose part of all rows is what the other two leave of 1, but at least 0. The histogram says which part of the
     *       rest is in the range; it was built without nulls and common values.
     * </ol>
     *
     * <p>An equality with one of the most common values is the fraction of that value alone: no row of the rest has it.
     *
     * <p>If the histogram has no buckets, the part of the rest is estimated as in System R: of an equality 1 / n, where n is the
     * number of different values that are not common, but at least 1; of a range with one end a third; of one with two ends a
     * quarter; of {@link ValueRange#all} everything. The sum is never more than 1.
     *
     * <p>Example: of the rows, 10 % have null, 30 % {@code US}, 20 % {@code IN}; the column has 42 different values and no histogram.
     * {@code = 'US'} is 0.3. {@code = 'FR'} is (1 − 0.1 − 0.5) / (42 − 2) = 0.01. {@code < 'J'} is 0.2, because {@code IN} is below
     * {@code J}, and a third of 0.4: 0.33.
     */
    @ExercisePart("6.13")
    public double selectivity(ValueRange range) {
        Object point = range.point(type());
        if (point != null && common.fraction(point).isPresent()) {
            return common.fraction(point).getAsDouble();
        }
        double others = Math.max(0, 1 - nullFraction - common.total());
        double ofOthers = rest.buckets().isEmpty() ? withoutHistogram(range, point != null) : rest.selectivity(range);
        return Math.min(1, common.selectivity(range) + others * ofOthers);
    }

    @Solution
    private double withoutHistogram(ValueRange range, boolean isPoint) {
        if (isPoint) {
            return 1 / Math.max(1, distinct - common.size());
        }
        if (range.lower() == null || range.upper() == null) {
            return range.equals(ValueRange.all()) ? 1 : HALF_OPEN_DEFAULT;
        }
        return BETWEEN_DEFAULT;
    }
}
