package storagelab.query.plan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.query.plan.Explanation.Actual;
import storagelab.query.plan.Explanation.Node;
import storagelab.testkit.query.PlannedCities;

@Tag("6.15")
class ExplainPlanTest {
    @Test
    @DisplayName("the lines of the example")
    void lines() {
        Node scan = new Node("Index scan", "by_country: country = VA", 5, 4, null, List.of());
        Node fetch = new Node("Fetch rows", "of cities", 5, 12.5, new Actual(60, 60, 0, 83.1, 12, true), List.of(scan));
        Explanation explanation = new Explanation(fetch, Map.of("pages read", 3L, "blocks read", 12L));
        assertThat(
                explanation.lines(),
                is(List.of(
                        "Fetch rows of cities  (estimated: 5.0 rows, 12.5 µs)  (actual: 60 rows, 60 gets, 0 entries, 83.1 µs)"
                                + "  <== more rows than estimated, by a factor of 12",
                        "  Index scan by_country: country = VA  (estimated: 5.0 rows, 4.0 µs)",
                        "store: 12 blocks read, 3 pages read")));
    }

    @Test
    @DisplayName("a plan is told from its root to what it reads")
    void plan() {
        PlannedCities cities = PlannedCities.some();
        BoundQuery query = PlannedCities.bind(cities.where(Condition.equal(cities.column("country"), "FR")));
        Planner planner = new Planner(PlannedCities.COSTS);
        Plan plan = planner.candidates(query, cities.statistics()).get(1);
        Node root = Explain.plan(plan, query, PlannedCities.COSTS).root();
        assertThat(root.operator(), is("Project"));
        Node fetch = root.inputs().get(0);
        assertThat(fetch.operator(), is("Fetch rows"));
        Node scan = fetch.inputs().get(0);
        assertThat(scan.operator() + " " + scan.detail(), startsWith("Index scan by_country: country = FR"));
    }
}
