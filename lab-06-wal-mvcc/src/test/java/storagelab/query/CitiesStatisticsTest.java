package storagelab.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Seeds;
import storagelab.testkit.query.CityRows;
import storagelab.testkit.query.RandomPredicates;
import storagelab.testkit.query.RandomPredicates.Kind;
import storagelab.testkit.query.RandomPredicates.Predicate;

/** How well rows are estimated on real data, with all statistics and with parts of them. */
class CitiesStatisticsTest {
    private static final int PREDICATES_OF_A_KIND = 200;
    private static final List<Row> CITIES = CityRows.all();
    private static final RandomPredicates SOURCE = new RandomPredicates(CityRows.SCHEMA, CITIES);

    @Test
    @Tag("6.13")
    @DisplayName("q-error on the cities: at most 2 at the median, at most 10 at the 95th percentile")
    void qError() {
        Random random = new Random(Seeds.base());
        TableStatistics statistics = analyze(AnalyzeOptions.defaults(), random);
        Map<Kind, List<Predicate>> predicates = predicates(random);
        List<Predicate> all = new ArrayList<>();
        predicates.values().forEach(all::addAll);
        assertErrors("all", qErrors(statistics, all), 2, 10);
        predicates.forEach((kind, of) -> {
            // Rare values, and narrow ranges of names, are the hardest: a bucket knows neither.
            double atMost = kind == Kind.ANY_VALUE || kind == Kind.ANY_WIDTH ? 100 : 10;
            assertErrors(kind.toString(), qErrors(statistics, of), 2, atMost);
        });
    }

    @Test
    @DisplayName("a histogram is what ranges need, and common values are what equalities need")
    void parts() {
        Random random = new Random(Seeds.base());
        TableStatistics all = analyze(AnalyzeOptions.defaults(), random);
        TableStatistics noHistogram = with(all, ColumnStatistics::withoutHistogram);
        TableStatistics noCommonValues = analyze(AnalyzeOptions.defaults().withCommonValuesMax(0), random);
        TableStatistics distinctOnly = with(all, ColumnStatistics::distinctOnly);
        Map<Kind, List<Predicate>> predicates = predicates(random);
        StringBuilder table =
                new StringBuilder("q-error on the cities, median and 95th percentile, seed " + Seeds.base());
        predicates.forEach((kind, of) -> {
            double[] withAll = row(table, kind, "all statistics", qErrors(all, of));
            double[] without = row(table, kind, "no common values", qErrors(noCommonValues, of));
            if (kind == Kind.VALUE_OF_A_ROW || kind == Kind.ANY_VALUE) {
                assertThat("without common values, " + kind, without[1], greaterThan(1.1 * withAll[1]));
            }
            without = row(table, kind, "no histogram", qErrors(noHistogram, of));
            if (kind == Kind.HALF_OPEN || kind == Kind.BETWEEN_ROWS || kind == Kind.ANY_WIDTH) {
                assertThat("without histogram, " + kind, without[1], greaterThan(2 * withAll[1]));
            }
            without = row(table, kind, "distinct only", qErrors(distinctOnly, of));
            assertThat("with the number of different values only, " + kind, without[1], greaterThan(2 * withAll[1]));
        });
        System.out.println(table);
    }

    @Test
    @Tag("6.13")
    @DisplayName("counts over all rows are right though the sample is small")
    void counts() {
        TableStatistics statistics = analyze(AnalyzeOptions.defaults().withSampleRows(100), new Random(Seeds.base()));
        assertThat("rows", statistics.rows(), is((long) CITIES.size()));
        for (int i = 0; i < CityRows.SCHEMA.columns().size(); i++) {
            int index = i;
            String name = CityRows.SCHEMA.columns().get(i).name();
            long nulls = CITIES.stream().filter(row -> row.get(index) == null).count();
            long distinct =
                    CITIES.stream().map(row -> row.get(index)).distinct().count() - (nulls > 0 ? 1 : 0);
            ColumnStatistics column = statistics.column(name);
            assertThat("null in " + name, column.nullFraction() * CITIES.size(), closeTo(nulls, 0.01));
            assertThat("different values of " + name, column.distinct(), closeTo(distinct, 0.1 * distinct));
        }
    }

    private static void assertErrors(String what, double[] errors, double median, double percentile95) {
        String repeat = " of " + what + ", repeat with -Dseed=" + Seeds.base();
        assertThat("median q-error" + repeat, percentile(errors, 50), lessThanOrEqualTo(median));
        assertThat("95th percentile of the q-error" + repeat, percentile(errors, 95), lessThanOrEqualTo(percentile95));
    }

    /** Median and 95th percentile, which are also written into a table. */
    private static double[] row(StringBuilder table, Kind kind, String statistics, double[] errors) {
        double[] both = {percentile(errors, 50), percentile(errors, 95)};
        table.append(String.format(Locale.ROOT, "%n%-15s %-17s %10.2f %10.2f", kind, statistics, both[0], both[1]));
        return both;
    }

    private static TableStatistics analyze(AnalyzeOptions options, Random random) {
        Analyzer analyzer = new Analyzer(CityRows.SCHEMA, options, random);
        CITIES.forEach(analyzer::add);
        return analyzer.finish();
    }

    private static TableStatistics with(TableStatistics statistics, UnaryOperator<ColumnStatistics> change) {
        Map<String, ColumnStatistics> changed = new HashMap<>(statistics.columns());
        changed.replaceAll((name, column) -> change.apply(column));
        return new TableStatistics(statistics.rows(), changed);
    }

    private static Map<Kind, List<Predicate>> predicates(Random random) {
        Map<Kind, List<Predicate>> predicates = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            List<Predicate> of = new ArrayList<>();
            for (int i = 0; i < PREDICATES_OF_A_KIND; i++) {
                of.add(SOURCE.next(kind, random));
            }
            predicates.put(kind, of);
        }
        return predicates;
    }

    private static double estimate(TableStatistics statistics, Predicate predicate) {
        return statistics.estimateRows(Map.of(predicate.column(), predicate.range()));
    }

    private static double[] qErrors(TableStatistics statistics, List<Predicate> predicates) {
        return predicates.stream()
                .mapToDouble(predicate -> TableStatistics.qError(estimate(statistics, predicate), predicate.rows()))
                .sorted()
                .toArray();
    }

    /** The smallest number that at least {@code percent} of the numbers do not exceed. */
    private static double percentile(double[] sorted, int percent) {
        return sorted[Math.max(0, (sorted.length * percent + 99) / 100 - 1)];
    }
}
