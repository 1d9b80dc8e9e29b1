package storagelab.grader.hidden.lab06;

import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.query.AnalyzeOptions;
import storagelab.query.Analyzer;
import storagelab.query.ColumnType;
import storagelab.query.Row;
import storagelab.query.TableStatistics;
import storagelab.testkit.Seeds;
import storagelab.testkit.query.CityRows;
import storagelab.testkit.query.RandomPredicates;
import storagelab.testkit.query.RandomPredicates.Kind;
import storagelab.testkit.query.RandomPredicates.Predicate;

/** Exercise 6.13: how well rows are estimated on real data. */
@Tag("6.13")
class CitiesStatisticsHiddenTest {
    private static final int PREDICATES_OF_A_KIND = 200;

    @Test
    @DisplayName(
            "q-error on the cities: at most 2 at the median, at most 10 at the 95th percentile, in whichever order they come")
    void qError() {
        List<Row> cities = new ArrayList<>(CityRows.all());
        RandomPredicates source = new RandomPredicates(CityRows.SCHEMA, cities);
        int population = CityRows.SCHEMA.indexOf("population");
        Comparator<Row> largestFirst = (left, right) -> ColumnType.INT.compare(
                Objects.requireNonNull(right.get(population)), Objects.requireNonNull(left.get(population)));
        cities.sort(largestFirst);
        Random random = new Random(Seeds.base());
        Analyzer analyzer = new Analyzer(CityRows.SCHEMA, AnalyzeOptions.defaults(), random);
        cities.forEach(analyzer::add);
        TableStatistics statistics = analyzer.finish();
        List<Double> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            double[] errors = new double[PREDICATES_OF_A_KIND];
            for (int i = 0; i < errors.length; i++) {
                Predicate predicate = source.next(kind, random);
                double estimate = statistics.estimateRows(Map.of(predicate.column(), predicate.range()));
                errors[i] = TableStatistics.qError(estimate, predicate.rows());
                all.add(errors[i]);
            }
            check(kind.toString(), errors, kind == Kind.ANY_VALUE || kind == Kind.ANY_WIDTH ? 100 : 10);
        }
        check("all kinds", all.stream().mapToDouble(Double::doubleValue).toArray(), 10);
    }

    private static void check(String what, double[] errors, double atMost) {
        Arrays.sort(errors);
        double median = errors[(errors.length + 1) / 2 - 1];
        double high = errors[(errors.length * 95 + 99) / 100 - 1];
        assertTrue(
                median <= 2 && high <= atMost,
                "comparisons of the cities, the largest first, " + what + ": the q-error is " + median
                        + " at the median and " + high + " at the 95th percentile, and should be at most 2 and "
                        + atMost + " (repeat with --seed " + Seeds.base() + ")");
    }
}
