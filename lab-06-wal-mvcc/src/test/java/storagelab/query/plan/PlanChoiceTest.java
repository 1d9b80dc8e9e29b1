package storagelab.query.plan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.query.SortOrder;
import storagelab.query.plan.Condition.Comparison;
import storagelab.testkit.Seeds;
import storagelab.testkit.query.PlannedCities;

@Tag("6.14")
class PlanChoiceTest {
    private static final Planner PLANNER = new Planner(PlannedCities.COSTS);

    /** So many that 98.8 % near the best, as measured over 30,000 queries, are not 95 % by chance. */
    private static final int QUERIES = 500;

    @Test
    @DisplayName("a row by its primary key, few rows by an index, many by a scan, the largest by the order of an index")
    void choices() {
        PlannedCities cities = PlannedCities.some();
        int country = cities.column("country");
        int population = cities.column("population");
        Object id = cities.rows().get(7).get(cities.column("id"));
        assertThat(
                leaf(cities, cities.where(Condition.equal(cities.column("id"), Objects.requireNonNull(id)))),
                is("PointLookup"));
        assertThat(leaf(cities, cities.where(Condition.equal(country, "VA"))), is("IndexScan"));
        Query many = cities.where(new Condition.Compare(population, Comparison.GREATER, Operand.of(500)));
        assertThat(leaf(cities, many), is("TableScan"));
        assertThat("covered", leaf(cities, many.select(List.of(population))), is("IndexScan"));
        Query largest = cities.where()
                .orderBy(List.of(new OrderBy(population, SortOrder.DESCENDING)))
                .limit(Operand.of(5L), null);
        assertThat("the five largest", leaf(cities, largest), is("IndexScan"));
    }

    private static String leaf(PlannedCities cities, Query query) {
        Plan plan = PLANNER.plan(PlannedCities.bind(query), cities.statistics());
        while (!plan.inputs().isEmpty()) {
            plan = plan.inputs().get(0);
        }
        return plan.getClass().getSimpleName();
    }

    @Test
    @DisplayName("several conditions are combined with exponential backoff")
    void backoff() {
        PlannedCities cities = PlannedCities.some();
        int country = cities.column("country");
        int feature = cities.column("feature");
        RowEstimator estimator = new RowEstimator(
                PlannedCities.bind(cities.where(Condition.equal(country, "FR"), Condition.equal(feature, "PPL"))),
                cities.statistics());
        double one = estimator.fraction(List.of(country));
        double other = estimator.fraction(List.of(feature));
        assertThat(
                estimator.fraction(List.of(country, feature)),
                closeTo(Math.min(one, other) * Math.sqrt(Math.max(one, other)), 1e-9));
    }

    @Test
    @DisplayName("the chosen plan is within 1.2 times of the best one for at least 95 % of 500 random queries")
    void nearTheBest() {
        PlannedCities cities = PlannedCities.some();
        Random random = new Random(Seeds.base());
        int near = 0;
        for (int i = 0; i < QUERIES; i++) {
            BoundQuery query = PlannedCities.bind(cities.random(random));
            double chosen = cities.execute(PLANNER.plan(query, cities.statistics()), query)
                    .nanos();
            double best = PLANNER.candidates(query, cities.statistics()).stream()
                    .mapToDouble(plan -> cities.execute(plan, query).nanos())
                    .min()
                    .orElseThrow();
            near += chosen <= 1.2 * best ? 1 : 0;
        }
        assertThat(
                "of " + QUERIES + " random queries, seed " + Seeds.base(),
                near,
                greaterThanOrEqualTo(QUERIES * 95 / 100));
    }
}
