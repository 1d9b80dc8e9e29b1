package storagelab.query;

/**
 * What is known of the values of a column, and the estimates that follow from it.
 *
 * <p>The rows are in three groups: those with null, those with one of the most common values, and the rest. A comparison
 * is never true for the first. Of the second it is known exactly which rows fulfil it, as far as the list is exact. For the rest,
 * the histogram answers; it was built without the common values.
 *
 * <p>Without a histogram the rest is estimated as in System R: an equality has 1 / n of it, with n different values in it; a range
 * with one end a third; a range with two ends a quarter.
 *
 * <p>Example: of the rows, 10 % have null, 30 % {@code US}, 20 % {@code IN}; the column has 42 different values and no histogram.
 * {@code = 'US'} is 0.3. {@code = 'FR'} is (1 − 0.1 − 0.5) / (42 − 2) = 0.01. {@code < 'J'} is 0.2, because {@code IN} is below
 * {@code J}, and a third of 0.4: 0.33.
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
    private static final double HALF_OPEN_DEFAULT = 1.0 / 3;
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

    /** Which part of the rows has a value in {@code range}, from 0 to 1. */
    public double selectivity(ValueRange range) {
        Object point = range.point(type());
        if (point != null && common.fraction(point).isPresent()) {
            return common.fraction(point).getAsDouble();
        }
        double others = Math.max(0, 1 - nullFraction - common.total());
        double ofOthers = rest.buckets().isEmpty() ? withoutHistogram(range, point != null) : rest.selectivity(range);
        return Math.min(1, common.selectivity(range) + others * ofOthers);
    }

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
