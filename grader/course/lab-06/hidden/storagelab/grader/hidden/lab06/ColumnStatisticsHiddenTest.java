package storagelab.grader.hidden.lab06;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.query.ColumnStatistics;
import storagelab.query.ColumnType;
import storagelab.query.Histogram;
import storagelab.query.MostCommonValues;
import storagelab.query.TableStatistics;
import storagelab.query.ValueRange;
import storagelab.query.ValueRange.Bound;
import storagelab.testkit.Seeds;

/** Exercise 6.13: estimates from all that is known of a column, and of a table. */
@Tag("6.13")
class ColumnStatisticsHiddenTest {
    private static final double ROUNDING = 1e-9;
    private static final Histogram NO_HISTOGRAM = Histogram.empty(ColumnType.INT);

    @Test
    @DisplayName("null, common values and the rest: every range is the sum of the three groups")
    void threeGroups() {
        Seeds.check(1000, random -> {
            MostCommonValues common = common(random);
            double nulls = random.nextInt(4) / 10.0;
            Histogram rest = histogram(random);
            ColumnStatistics column = new ColumnStatistics(nulls, 60, common, rest);
            double others = 1 - nulls - common.total();
            ValueRange range = range(random);
            double expected = isPoint(range) && common.fraction(lower(range)).isPresent()
                    ? common.fraction(lower(range)).getAsDouble()
                    : common.selectivity(range) + others * rest.selectivity(range);
            assertThat(
                    range + ", with null in " + nulls + ", the common values " + common + " and the histogram "
                            + rest.buckets(),
                    column.selectivity(range),
                    closeTo(Math.min(1, expected), ROUNDING));
        });
    }

    @Test
    @DisplayName(
            "without a histogram an equality has one of the values that are not common, ranges a third or a quarter")
    void withoutHistogram() {
        MostCommonValues common = new MostCommonValues(ColumnType.INT, Map.of(10, 0.25, 20, 0.15));
        ColumnStatistics column = new ColumnStatistics(0.2, 42, common, NO_HISTOGRAM);
        assertEstimate(0.25, column, ValueRange.equalTo(10));
        assertEstimate(0.4 / 40, column, ValueRange.equalTo(11));
        assertEstimate(0.4 / 3, column, ValueRange.lessThan(10));
        assertEstimate(0.25 + 0.4 / 3, column, ValueRange.atMost(10));
        assertEstimate(0.15 + 0.4 / 3, column, ValueRange.greaterThan(10));
        assertEstimate(0.4 + 0.4 / 4, column, ValueRange.between(1, 30));
        assertEstimate(0.15 + 0.4 / 4, column, new ValueRange(new Bound(10, false), new Bound(20, true)));
        assertEstimate(0.8, column, ValueRange.all());
    }

    @Test
    @DisplayName("a column whose values are all common still answers an equality with another value")
    void allCommon() {
        MostCommonValues common = new MostCommonValues(ColumnType.INT, Map.of(1, 0.5, 2, 0.3));
        ColumnStatistics estimatedTooLow = new ColumnStatistics(0.1, 1.6, common, NO_HISTOGRAM);
        assertEstimate(0.1, estimatedTooLow, ValueRange.equalTo(3));
        ColumnStatistics nothingLeft = new ColumnStatistics(0.2, 2, common, NO_HISTOGRAM);
        assertEstimate(0, nothingLeft, ValueRange.equalTo(3));
    }

    @Test
    @DisplayName("fractions of a bad sample, which are more than 1 together, give no part below 0 or above 1")
    void moreThanOne() {
        MostCommonValues common = new MostCommonValues(ColumnType.INT, Map.of(1, 0.7, 2, 0.4));
        ColumnStatistics column = new ColumnStatistics(0.2, 5, common, NO_HISTOGRAM);
        assertEstimate(0, column, ValueRange.greaterThan(5));
        assertEstimate(1, column, ValueRange.all());
        assertEstimate(0.7, column, ValueRange.atMost(1));
    }

    private static void assertEstimate(double expected, ColumnStatistics column, ValueRange range) {
        assertThat(
                range + " of " + column.common() + ", null in " + column.nullFraction() + ", " + column.distinct()
                        + " different values",
                column.selectivity(range),
                closeTo(expected, ROUNDING));
    }

    @Test
    @DisplayName("comparisons on several columns are multiplied, from one row to all rows")
    void rows() {
        Seeds.check(300, random -> {
            Map<String, ColumnStatistics> columns = new HashMap<>();
            Map<String, ValueRange> comparisons = new HashMap<>();
            double product = 1;
            for (String name : List.of("a", "b", "c")) {
                ColumnStatistics column = new ColumnStatistics(0.1, 30, common(random), histogram(random));
                columns.put(name, column);
                if (random.nextBoolean()) {
                    ValueRange range = range(random);
                    comparisons.put(name, range);
                    product *= column.selectivity(range);
                }
            }
            for (long count : new long[] {0, 1, 7, 1000, random.nextInt(1_000_000)}) {
                assertThat(
                        "rows of " + count + " that fulfil " + comparisons,
                        new TableStatistics(count, columns).estimateRows(comparisons),
                        closeTo(Math.min(count, Math.max(1, count * product)), ROUNDING * Math.max(1, count)));
            }
        });
    }

    @Test
    @DisplayName("a comparison on a column that is not there is refused")
    void unknownColumn() {
        TableStatistics table = new TableStatistics(10, Map.of());
        assertThrows(
                IllegalArgumentException.class,
                () -> table.estimateRows(Map.of("nowhere", ValueRange.all())),
                "a comparison on the column nowhere");
    }

    private static MostCommonValues common(Random random) {
        Map<Integer, Double> fractions = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            fractions.put(random.nextInt(20), (1 + random.nextInt(10)) / 100.0);
        }
        return new MostCommonValues(ColumnType.INT, fractions);
    }

    private static Histogram histogram(Random random) {
        Histogram.Builder builder = new Histogram.Builder(ColumnType.INT, 20, 4, 2);
        for (int i = 0; i < 20; i++) {
            builder.add(i / 2 * 2 + (i % 2 == 0 ? 0 : random.nextInt(2)));
        }
        return builder.build();
    }

    private static ValueRange range(Random random) {
        Bound from = new Bound(random.nextInt(24) - 2, random.nextBoolean());
        Bound to = new Bound(random.nextInt(24) - 2, random.nextBoolean());
        return switch (random.nextInt(6)) {
            case 0 -> ValueRange.all();
            case 1, 2 -> ValueRange.equalTo(from.value());
            case 3 -> new ValueRange(from, null);
            case 4 -> new ValueRange(null, to);
            default -> new ValueRange(from, to);
        };
    }

    private static boolean isPoint(ValueRange range) {
        Bound from = range.lower();
        Bound to = range.upper();
        return from != null
                && to != null
                && from.inclusive()
                && to.inclusive()
                && from.value().equals(to.value());
    }

    private static Object lower(ValueRange range) {
        Bound from = range.lower();
        return from == null ? "no lower end" : from.value();
    }
}
