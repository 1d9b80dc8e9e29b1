package storagelab.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.query.ValueRange.Bound;

@Tag("6.13")
class ColumnStatisticsTest {
    private static final double ROUNDING = 1e-9;
    private static final MostCommonValues COMMON = new MostCommonValues(ColumnType.TEXT, Map.of("US", 0.3, "IN", 0.2));
    private static final ColumnStatistics EXAMPLE =
            new ColumnStatistics(0.1, 42, COMMON, Histogram.empty(ColumnType.TEXT));

    @Test
    @DisplayName("the estimates of the example")
    void example() {
        assertEstimate(0.3, EXAMPLE, ValueRange.equalTo("US"));
        assertEstimate(0.01, EXAMPLE, ValueRange.equalTo("FR"));
        assertEstimate(0.2 + 0.4 / 3, EXAMPLE, ValueRange.lessThan("J"));
    }

    @Test
    @DisplayName("common values are counted exactly at both ends, and null is in no range")
    void common() {
        assertEstimate(0.5 + 0.1, EXAMPLE, ValueRange.between("IN", "US"));
        assertEstimate(0.1, EXAMPLE, new ValueRange(new Bound("IN", false), new Bound("US", false)));
        assertEstimate(0.3 + 0.4 / 3, EXAMPLE, ValueRange.greaterThan("IN"));
        assertEstimate(0.9, EXAMPLE, ValueRange.all());
    }

    @Test
    @DisplayName("the rest is estimated by the histogram, which has its part of the rows")
    void histogram() {
        Histogram.Builder builder = new Histogram.Builder(ColumnType.TEXT, 4, 4, 1);
        for (String value : new String[] {"AD", "FR", "FR", "ZW"}) {
            builder.add(value);
        }
        ColumnStatistics column = new ColumnStatistics(0.1, 5, COMMON, builder.build());
        assertEstimate(0.2, column, ValueRange.equalTo("FR"));
        assertEstimate(0.1, column, ValueRange.equalTo("AD"));
        assertEstimate(0.3, column, ValueRange.equalTo("US"));
        assertEstimate(0.2 + 0.3, column, ValueRange.lessThan("J"));
        assertEstimate(0.3 + 0.1, column, ValueRange.greaterThan("J"));
        assertEstimate(0.9 / 5, column.distinctOnly(), ValueRange.equalTo("US"));
        assertEstimate(0.9 / 3, column.distinctOnly(), ValueRange.lessThan("US"));
        assertEstimate(0.9 / 4, column.distinctOnly(), ValueRange.between("A", "US"));
    }

    private static void assertEstimate(double expected, ColumnStatistics column, ValueRange range) {
        assertThat(range.toString(), column.selectivity(range), closeTo(expected, ROUNDING));
    }

    @Test
    @DisplayName("comparisons on several columns are multiplied, and an estimate is at least one row")
    void table() {
        TableStatistics table = new TableStatistics(1000, Map.of("country", EXAMPLE, "other", EXAMPLE));
        assertThat(table.estimateRows(Map.of()), closeTo(1000, ROUNDING));
        assertThat(table.estimateRows(Map.of("country", ValueRange.equalTo("US"))), closeTo(300, ROUNDING));
        ValueRange france = ValueRange.equalTo("FR");
        assertThat(
                table.estimateRows(Map.of("country", ValueRange.equalTo("US"), "other", france)), closeTo(3, ROUNDING));
        assertThat(table.estimateRows(Map.of("country", france, "other", france)), is(1.0));
        TableStatistics empty = new TableStatistics(0, Map.of("country", EXAMPLE));
        assertThat(empty.estimateRows(Map.of("country", france)), is(0.0));
    }
}
