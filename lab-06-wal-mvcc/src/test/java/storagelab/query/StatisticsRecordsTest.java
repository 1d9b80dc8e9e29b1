package storagelab.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StatisticsRecordsTest {
    private static final MostCommonValues COMMON = new MostCommonValues(ColumnType.TEXT, Map.of("US", 0.3, "IN", 0.2));

    @Test
    @DisplayName("numbers and types that do not fit each other are refused")
    void refused() {
        Histogram texts = Histogram.empty(ColumnType.TEXT);
        assertThrows(IllegalArgumentException.class, () -> new ColumnStatistics(1.1, 1, COMMON, texts));
        assertThrows(IllegalArgumentException.class, () -> new ColumnStatistics(0, -1, COMMON, texts));
        Histogram ints = Histogram.empty(ColumnType.INT);
        assertThrows(IllegalArgumentException.class, () -> new ColumnStatistics(0, 1, COMMON, ints));
        Map<String, Double> never = Map.of("a", 0.0);
        assertThrows(IllegalArgumentException.class, () -> new MostCommonValues(ColumnType.TEXT, never));
        assertThrows(IllegalArgumentException.class, () -> new TableStatistics(-1, Map.of()));
        TableStatistics table = new TableStatistics(1, Map.of());
        assertThrows(IllegalArgumentException.class, () -> table.column("country"));
    }

    @Test
    @DisplayName("the q-error is the factor, in either direction, of numbers of at least one row")
    void qError() {
        assertThat(TableStatistics.qError(20, 10), is(2.0));
        assertThat(TableStatistics.qError(10, 20), is(2.0));
        assertThat(TableStatistics.qError(0.1, 0), is(1.0));
    }
}
