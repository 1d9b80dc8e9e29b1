package storagelab.grader.hidden.lab06;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.query.Row;
import storagelab.query.SortOrder;
import storagelab.query.TableStatistics;
import storagelab.query.ValueRange;
import storagelab.query.plan.BoundQuery;
import storagelab.query.plan.Condition;
import storagelab.query.plan.Condition.Comparison;
import storagelab.query.plan.CostModel;
import storagelab.query.plan.KeyBounds;
import storagelab.query.plan.Operand;
import storagelab.query.plan.OrderBy;
import storagelab.query.plan.Plan;
import storagelab.query.plan.Planner;
import storagelab.query.plan.Query;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;
import storagelab.testkit.query.PlannedCities;

/** Exercise 6.14: choosing a plan. */
@Tag("6.14")
class PlannerHiddenTest {
    private static final Planner PLANNER = new Planner(PlannedCities.COSTS);

    /** So many that 98.8 % near the best, as measured over 30,000 queries, are not 95 % by chance. */
    private static final int QUERIES = 500;

    @Test
    @DisplayName("every plan that is considered answers the query, in its order")
    void everyPlanAnswers() {
        PlannedCities cities = PlannedCities.some();
        Random random = new Random(Seeds.base());
        for (int i = 0; i < 60; i++) {
            Query query = cities.random(random);
            BoundQuery bound = PlannedCities.bind(query);
            List<Row> expected = cities.matching(query);
            long from = Math.min(expected.size(), bound.offset());
            long to =
                    Math.min(expected.size(), bound.limit() < expected.size() ? from + bound.limit() : expected.size());
            for (Plan plan : PLANNER.candidates(bound, cities.statistics())) {
                String what = shape(plan) + " for " + query.conditions() + " in the order " + query.order() + ", seed "
                        + Seeds.base();
                Step.at(what);
                List<Row> actual = cities.execute(plan, bound).rows();
                assertEquals(to - from, actual.size(), "rows of the plan " + what);
                if (!query.order().isEmpty()) {
                    checkOrder(query, expected.subList((int) from, (int) to), actual, what);
                }
            }
        }
    }

    /** Rows that the order does not tell apart may come in any order; so only the columns of the order are compared. */
    private static void checkOrder(Query query, List<Row> expected, List<Row> actual, String what) {
        for (OrderBy by : query.order()) {
            int place = query.output().indexOf(by.column());
            if (place < 0) {
                continue;
            }
            List<@Nullable Object> wanted = new ArrayList<>();
            expected.forEach(row -> wanted.add(row.get(by.column())));
            List<@Nullable Object> found = new ArrayList<>();
            actual.forEach(row -> found.add(row.get(place)));
            assertEquals(wanted, found, "the column " + by.column() + " of the rows of the plan " + what);
        }
    }

    @Test
    @DisplayName("the chosen plan is within 1.2 times of the best one for at least 95 % of 500 random queries")
    void nearTheBest() {
        PlannedCities cities = PlannedCities.some();
        Random random = new Random(Seeds.base());
        List<String> far = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            Query query = cities.random(random);
            BoundQuery bound = PlannedCities.bind(query);
            Plan plan = PLANNER.plan(bound, cities.statistics());
            double chosen = cities.execute(plan, bound).nanos();
            double best = PLANNER.candidates(bound, cities.statistics()).stream()
                    .mapToDouble(candidate -> cities.execute(candidate, bound).nanos())
                    .min()
                    .orElseThrow();
            if (chosen > 1.2 * best) {
                far.add(shape(plan) + " for " + query.conditions() + " in the order " + query.order());
            }
        }
        assertTrue(
                far.size() <= QUERIES / 20,
                far.size() + " of " + QUERIES + " chosen plans cost more than 1.2 times what the best one does (seed "
                        + Seeds.base() + "), such as "
                        + far.stream().findFirst().orElse("none"));
    }

    @Test
    @DisplayName("the cheapest of the plans is chosen, and the first of equals")
    void cheapest() {
        PlannedCities cities = PlannedCities.some();
        Random random = new Random(Seeds.base());
        for (int i = 0; i < 200; i++) {
            BoundQuery query = PlannedCities.bind(cities.random(random));
            List<Plan> plans = PLANNER.candidates(query, cities.statistics());
            Plan first = plans.get(0);
            for (Plan plan : plans) {
                first = PLANNER.cost(plan) < PLANNER.cost(first) ? plan : first;
            }
            assertEquals(
                    shape(first), shape(PLANNER.plan(query, cities.statistics())), "the cheapest of " + shapes(plans));
        }
        Planner free = new Planner(new CostModel(0, 0, 0, 0, 0, 0, 0));
        BoundQuery query = PlannedCities.bind(cities.where(equal("country", "FR"), equal("population", 1000)));
        assertEquals(
                shape(free.candidates(query, cities.statistics()).get(0)),
                shape(free.plan(query, cities.statistics())),
                "the plan, if nothing costs anything");
    }

    @Test
    @DisplayName("the plans that are considered: lookup, scan, useful indexes, pairs of indexes, in this order")
    void candidates() {
        PlannedCities cities = PlannedCities.some();
        Object id = 1L;
        checkPlans(List.of("scan"), cities.where());
        checkPlans(List.of("lookup", "scan 1"), cities.where(equal("id", id)));
        checkPlans(List.of("scan +range"), cities.where(greater("id", id)));
        checkPlans(List.of("scan", "by_country 1"), cities.where(equal("country", "FR")));
        checkPlans(
                List.of("scan", "by_country 1 +range", "by_population +range"),
                cities.where(equal("country", "FR"), greater("population", 500)));
        checkPlans(
                List.of("scan", "by_country 1", "by_latitude +range", "by_country 1 & by_latitude +range"),
                cities.where(equal("country", "FR"), greater("latitude", 45.0)));
        checkPlans(
                List.of(
                        "scan",
                        "by_country 1",
                        "by_admin 2",
                        "by_name 1",
                        "by_country 1 & by_name 1",
                        "by_admin 2 & by_name 1"),
                cities.where(equal("country", "FR"), equal("admin", "11"), equal("name", "Paris")));
        checkPlans(
                List.of("scan", "by_country", "by_population"),
                cities.where().select(List.of(cities.column("population"))));
    }

    @Test
    @DisplayName("an index is useful if it bounds, covers or orders, and not otherwise")
    void useful() {
        PlannedCities cities = PlannedCities.some();
        int population = cities.column("population");
        int country = cities.column("country");
        int id = cities.column("id");
        checkPlans(
                List.of("scan", "by_country", "by_population"), cities.where().select(List.of(population, id)));
        checkPlans(List.of("scan", "by_country"), cities.where().select(List.of(population, country, id)));
        checkPlans(
                List.of("scan", "by_population"),
                cities.where().orderBy(List.of(new OrderBy(population, SortOrder.ASCENDING))));
        checkPlans(
                List.of("scan", "by_population backward"),
                cities.where().orderBy(List.of(new OrderBy(population, SortOrder.DESCENDING))));
        checkPlans(List.of("scan"), cities.where(equal("longitude", 2.0)));
        checkPlans(List.of("scan", "by_admin 1"), cities.where(new Condition.IsNull(cities.column("admin"))));
    }

    @Test
    @DisplayName("an index that lacks a column of the conditions or the order does not cover the query")
    void covering() {
        PlannedCities cities = PlannedCities.some();
        List<Integer> population = List.of(cities.column("population"));
        checkPlans(List.of("scan"), cities.where(equal("longitude", 2.0)).select(population));
        OrderBy byLongitude = new OrderBy(cities.column("longitude"), SortOrder.ASCENDING);
        checkPlans(List.of("scan"), cities.where().select(population).orderBy(List.of(byLongitude)));
    }

    @Test
    @DisplayName("conditions bound the first columns of the keys: equalities, then at most one range")
    void bounds() {
        PlannedCities cities = PlannedCities.some();
        assertBounds(
                "by_country", new KeyBounds(1, true), cities.where(equal("country", "FR"), greater("population", 5)));
        assertBounds(
                "by_country", new KeyBounds(2, false), cities.where(equal("country", "FR"), equal("population", 5)));
        assertBounds(
                "by_country", new KeyBounds(0, true), cities.where(greater("country", "FR"), equal("population", 5)));
        assertBounds(
                "by_admin",
                new KeyBounds(2, false),
                cities.where(new Condition.IsNull(cities.column("admin")), equal("country", "FR")));
        assertBounds(
                "by_country",
                new KeyBounds(3, false),
                cities.where(equal("country", "FR"), equal("population", 5), equal("id", 7L)));
        assertBounds("by_country", new KeyBounds(1, false), cities.where(equal("country", "FR"), equal("id", 7L)));
        assertBounds(
                "by_country", new KeyBounds(1, false), cities.where(equal("country", "FR"), equal("longitude", 2.0)));
    }

    private static void assertBounds(String index, KeyBounds expected, Query query) {
        List<Plan> plans = PLANNER.candidates(
                PlannedCities.bind(query), PlannedCities.some().statistics());
        List<KeyBounds> found = new ArrayList<>();
        for (Plan plan : plans) {
            Plan leaf = leaf(plan);
            if (!isIntersection(plan)
                    && leaf instanceof Plan.IndexScan scan
                    && scan.index().definition().name().equals(index)) {
                found.add(scan.bounds());
            }
        }
        assertEquals(List.of(expected), found, "the bounds of " + index + " by " + query.conditions());
    }

    @Test
    @DisplayName("the order of a query is that of an index, forward or backward; columns with one value do not matter")
    void directions() {
        SortOrder up = SortOrder.ASCENDING;
        SortOrder down = SortOrder.DESCENDING;
        checkDirection("forward", List.of(), "country", up, "population", down);
        checkDirection("backward", List.of(), "country", down, "population", up);
        checkDirection("sorted", List.of(), "country", up, "population", up);
        checkDirection("sorted", List.of(), "population", down);
        checkDirection("forward", List.of(), "country", up);
        checkDirection("sorted", List.of(), "country", up, "latitude", down);
        checkDirection("forward", List.of(equal("country", "FR")), "population", down);
        checkDirection("backward", List.of(equal("country", "FR")), "population", up);
        checkDirection("backward", List.of(equal("country", "FR")), "population", up, "country", up);
        checkDirection("backward", List.of(equal("country", "FR")), "country", up, "population", up, "id", down);
        checkDirection("forward", List.of(), "country", up, "population", down, "id", up, "name", down);
        checkDirection("sorted", List.of(greater("country", "FR")), "population", down);
        checkDirection("forward", List.of(equal("country", "FR")));
    }

    private static void checkDirection(String expected, List<Condition> conditions, Object... order) {
        PlannedCities cities = PlannedCities.some();
        List<OrderBy> by = new ArrayList<>();
        for (int i = 0; i < order.length; i += 2) {
            by.add(new OrderBy(cities.column((String) order[i]), (SortOrder) order[i + 1]));
        }
        List<Condition> all = new ArrayList<>(conditions);
        if (conditions.isEmpty()) {
            all.add(greater("country", "A")); // so that the index is considered
        }
        Query query = cities.where().where(all).orderBy(by);
        List<String> found = new ArrayList<>();
        for (Plan plan : PLANNER.candidates(PlannedCities.bind(query), cities.statistics())) {
            if (leaf(plan) instanceof Plan.IndexScan scan
                    && scan.index().definition().name().equals("by_country")) {
                boolean isSorted = shape(plan).contains("sorted");
                found.add(isSorted ? "sorted" : scan.isBackward() ? "backward" : "forward");
            }
        }
        assertEquals(List.of(expected), found, "the order " + by + " by the index by_country, with " + all);
    }

    @Test
    @DisplayName("several conditions are combined with exponential backoff, the strictest four of them")
    void backoff() {
        PlannedCities cities = PlannedCities.some();
        TableStatistics statistics = cities.statistics().orElseThrow();
        List<Condition> conditions = List.of(
                equal("country", "FR"),
                greater("population", 2000),
                new Condition.Compare(cities.column("latitude"), Comparison.GREATER, Operand.of(40.0)),
                new Condition.Compare(cities.column("longitude"), Comparison.LESS, Operand.of(10.0)),
                equal("feature", "PPL"));
        double[] parts = {
            statistics.column("country").selectivity(ValueRange.equalTo("FR")),
            statistics.column("population").selectivity(ValueRange.greaterThan(2000)),
            statistics.column("latitude").selectivity(ValueRange.greaterThan(40.0)),
            statistics.column("longitude").selectivity(ValueRange.lessThan(10.0)),
            statistics.column("feature").selectivity(ValueRange.equalTo("PPL"))
        };
        for (int count = 1; count <= parts.length; count++) {
            double[] sorted = Arrays.copyOf(parts, count);
            Arrays.sort(sorted);
            double expected = statistics.rows();
            for (int i = 0; i < Math.min(4, count); i++) {
                expected *= Math.pow(sorted[i], 1 / Math.pow(2, i));
            }
            Query query = cities.where().where(conditions.subList(0, count));
            Plan scan = PLANNER.candidates(PlannedCities.bind(query), cities.statistics())
                    .get(0);
            assertThat(
                    "rows that are expected with " + count + " conditions",
                    scan.estimate().rows(),
                    closeTo(expected, 1e-6 * expected));
        }
        Query never = cities.where(equal("country", "FR"), new Condition.IsNull(cities.column("country")));
        assertThat(
                "rows that are expected of a query that no row can fulfil",
                PLANNER.candidates(PlannedCities.bind(never), cities.statistics())
                        .get(0)
                        .estimate()
                        .rows(),
                closeTo(0, 0));
    }

    @Test
    @DisplayName("a table that was never analyzed has a plan, too")
    void withoutStatistics() {
        PlannedCities cities = PlannedCities.some();
        BoundQuery query = PlannedCities.bind(cities.where(equal("country", "FR")));
        Plan plan = PLANNER.plan(query, Optional.empty());
        assertEquals(
                cities.matching(cities.where(equal("country", "FR"))).size(),
                cities.execute(plan, query).rows().size(),
                "rows of the plan without statistics, " + shape(plan));
    }

    private static Condition equal(String column, Object value) {
        return Condition.equal(PlannedCities.some().column(column), value);
    }

    private static Condition greater(String column, Object value) {
        return new Condition.Compare(PlannedCities.some().column(column), Comparison.GREATER, Operand.of(value));
    }

    private static void checkPlans(List<String> expected, Query query) {
        List<Plan> plans = PLANNER.candidates(
                PlannedCities.bind(query), PlannedCities.some().statistics());
        List<String> found = new ArrayList<>();
        plans.forEach(plan -> found.add(access(plan)));
        assertEquals(
                String.join("; ", expected),
                String.join("; ", found),
                "the plans for " + query.conditions() + ", the columns " + query.output() + " and the order "
                        + query.order());
    }

    private static List<String> shapes(List<Plan> plans) {
        return plans.stream().map(PlannerHiddenTest::shape).toList();
    }

    /** How a plan gets at rows, and whether it sorts them. */
    private static String shape(Plan plan) {
        Set<String> kinds = new HashSet<>();
        collect(plan, kinds);
        return access(plan) + (kinds.contains("Sort") ? " sorted" : "") + (kinds.contains("Fetch") ? " fetched" : "");
    }

    private static void collect(Plan plan, Set<String> kinds) {
        kinds.add(plan.getClass().getSimpleName());
        plan.inputs().forEach(input -> collect(input, kinds));
    }

    private static String access(Plan plan) {
        if (plan instanceof Plan.Intersection both) {
            List<String> inputs = new ArrayList<>(List.of(access(both.first()), access(both.second())));
            inputs.sort(null);
            inputs.sort((left, right) -> place(left) - place(right));
            return String.join(" & ", inputs);
        } else if (plan instanceof Plan.IndexScan scan) {
            return scan.index().definition().name() + describe(scan.bounds(), scan.isBackward());
        } else if (plan instanceof Plan.TableScan scan) {
            return "scan" + describe(scan.bounds(), scan.isBackward());
        } else if (plan instanceof Plan.PointLookup) {
            return "lookup";
        }
        return access(plan.inputs().get(0));
    }

    private static int place(String access) {
        List<String> names = List.of("by_country", "by_admin", "by_population", "by_latitude", "by_name");
        return names.indexOf(access.split(" ")[0]);
    }

    private static String describe(KeyBounds bounds, boolean isBackward) {
        return (bounds.equalColumns() > 0 ? " " + bounds.equalColumns() : "")
                + (bounds.hasRange() ? " +range" : "")
                + (isBackward ? " backward" : "");
    }

    private static boolean isIntersection(Plan plan) {
        return plan instanceof Plan.Intersection
                || (!plan.inputs().isEmpty() && isIntersection(plan.inputs().get(0)));
    }

    private static Plan leaf(Plan plan) {
        Plan leaf = plan;
        while (!leaf.inputs().isEmpty()) {
            leaf = leaf.inputs().get(0);
        }
        return leaf;
    }
}
