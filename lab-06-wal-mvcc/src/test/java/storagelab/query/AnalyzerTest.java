package storagelab.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.query.Histogram.Bucket;
import storagelab.testkit.Seeds;

@Tag("6.13")
class AnalyzerTest {
    private static final Schema SCHEMA = new Schema(
            List.of(Column.required("id", ColumnType.INT), Column.optional("colour", ColumnType.TEXT)), List.of("id"));

    @Test
    @DisplayName("a small relation is known exactly")
    void small() {
        Analyzer analyzer = new Analyzer(SCHEMA, AnalyzeOptions.defaults(), new Random(1));
        for (int i = 0; i < 100; i++) {
            analyzer.add(Row.of(i, i < 20 ? null : i < 70 ? "red" : i < 95 ? "blue" : "green"));
        }
        TableStatistics statistics = analyzer.finish();
        assertThat(statistics.rows(), is(100L));
        ColumnStatistics colour = statistics.column("colour");
        assertThat(colour.nullFraction(), is(0.2));
        assertThat(colour.distinct(), closeTo(3, 0.1));
        assertThat(colour.common().fraction("red"), is(OptionalDouble.of(0.5)));
        assertThat(colour.common().fraction("blue"), is(OptionalDouble.of(0.25)));
        assertThat("five times is not often", colour.common().fraction("green"), is(OptionalDouble.empty()));
        assertThat(colour.rest().buckets(), is(List.of(new Bucket("green", "green", 1, 1))));
        assertThat(statistics.estimateRows(Map.of("colour", ValueRange.equalTo("green"))), closeTo(5, 1e-9));
        assertThat(statistics.estimateRows(Map.of("id", ValueRange.lessThan(30))), closeTo(30, 1));
        assertThat(statistics.estimateRows(Map.of("id", ValueRange.equalTo(7))), closeTo(1, 1e-9));
    }

    @Test
    @DisplayName("every row is in the sample with the same probability")
    void reservoir() {
        int[] drawn = new int[20];
        int rounds = 2000;
        Random random =
                new Random(Seeds.base()); // one for all rounds: the first numbers of neighbouring seeds are alike
        for (int round = 0; round < rounds; round++) {
            AnalyzeOptions options = new AnalyzeOptions(5, 5, 0, 4);
            Analyzer analyzer = new Analyzer(SCHEMA, options, random);
            for (int i = 0; i < drawn.length; i++) {
                analyzer.add(Row.of(i, "x"));
            }
            // Five buckets for the five rows of the sample: each bucket is a row.
            List<Bucket> sample = analyzer.finish().column("id").rest().buckets();
            assertThat("rows of the sample", sample.size(), is(5));
            sample.forEach(bucket -> drawn[(Integer) bucket.lower()]++);
        }
        for (int i = 0; i < drawn.length; i++) {
            // 500 times on average, with a standard deviation of 19
            assertThat(
                    "how often row " + i + " was drawn, of " + Arrays.toString(drawn) + ", seed " + Seeds.base(),
                    (double) drawn[i],
                    closeTo(rounds / 4.0, 110));
        }
    }

    @Test
    @DisplayName("the same rows and the same random numbers give the same statistics")
    void repeatable() {
        Seeds.check(5, random -> {
            long seed = random.nextLong();
            AnalyzeOptions options = AnalyzeOptions.defaults().withSampleRows(50);
            assertThat(describe(options, seed), is(describe(options, seed)));
        });
    }

    private static String describe(AnalyzeOptions options, long seed) {
        Analyzer analyzer = new Analyzer(SCHEMA, options, new Random(seed));
        for (int i = 0; i < 1000; i++) {
            analyzer.add(Row.of(i, "c" + i % 7));
        }
        TableStatistics statistics = analyzer.finish();
        StringBuilder text = new StringBuilder();
        for (String name : List.of("id", "colour")) {
            ColumnStatistics column = statistics.column(name);
            text.append(column).append(column.rest().buckets());
        }
        return text.toString();
    }

    @Test
    @DisplayName("lists and histograms are not longer than the options say")
    void bounds() {
        Seeds.check(20, random -> {
            AnalyzeOptions options = new AnalyzeOptions(
                    1 + random.nextInt(2000), 1 + random.nextInt(20), random.nextInt(10), 4 + random.nextInt(8));
            Analyzer analyzer = new Analyzer(SCHEMA, options, random);
            for (int i = 0; i < 3000; i++) {
                analyzer.add(Row.of(i, "c" + random.nextInt(1 + random.nextInt(100))));
            }
            analyzer.finish().columns().forEach((name, column) -> {
                assertThat("common values", column.common().size(), lessThanOrEqualTo(options.commonValuesMax()));
                assertThat("buckets", column.rest().buckets().size(), lessThanOrEqualTo(options.bucketsMax()));
            });
        });
    }

    @Test
    @DisplayName("a relation without rows, a column of nulls, and a row that does not fit")
    void edges() {
        Analyzer analyzer = new Analyzer(SCHEMA, AnalyzeOptions.defaults(), new Random(1));
        assertThat(analyzer.finish().estimateRows(Map.of("id", ValueRange.equalTo(1))), is(0.0));
        analyzer.add(Row.of(1, null));
        TableStatistics statistics = analyzer.finish();
        assertThat(statistics.column("colour").nullFraction(), is(1.0));
        assertThat(statistics.column("colour").selectivity(ValueRange.all()), is(0.0));
        assertThat(statistics.column("colour").selectivity(ValueRange.equalTo("red")), is(0.0));
        assertThrows(IllegalArgumentException.class, () -> analyzer.add(Row.of("1", null)));
        assertThrows(
                IllegalArgumentException.class, () -> AnalyzeOptions.defaults().withSampleRows(0));
        assertThrows(
                IllegalArgumentException.class, () -> AnalyzeOptions.defaults().withBucketsMax(0));
        assertThrows(
                IllegalArgumentException.class, () -> AnalyzeOptions.defaults().withCommonValuesMax(-1));
    }
}
