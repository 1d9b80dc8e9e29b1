package storagelab.grader.hidden.lab06;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.query.TableStatistics;
import storagelab.query.plan.BoundQuery;
import storagelab.query.plan.Condition;
import storagelab.query.plan.Condition.Comparison;
import storagelab.query.plan.CostEstimate;
import storagelab.query.plan.Execution;
import storagelab.query.plan.Explain;
import storagelab.query.plan.Explanation;
import storagelab.query.plan.Explanation.Actual;
import storagelab.query.plan.Explanation.Node;
import storagelab.query.plan.Operand;
import storagelab.query.plan.Plan;
import storagelab.query.plan.Planner;
import storagelab.testkit.Seeds;
import storagelab.testkit.query.PlannedCities;

/** Exercise 6.15: reading a plan, and where its estimate went wrong. */
@Tag("6.15")
class ExplainHiddenTest {
    private static final Planner PLANNER = new Planner(PlannedCities.COSTS);
    private static final double NANOS_OF_A_MICRO = 1_000;

    @Test
    @DisplayName("EXPLAIN has a node for each operator of the plan, with its estimate, and nothing that was executed")
    void estimates() {
        PlannedCities cities = PlannedCities.some();
        Random random = new Random(Seeds.base());
        for (int i = 0; i < 100; i++) {
            BoundQuery query = PlannedCities.bind(cities.random(random));
            for (Plan plan : PLANNER.candidates(query, cities.statistics())) {
                Explanation explanation = Explain.plan(plan, query, PlannedCities.COSTS);
                checkEstimates(plan, explanation.root());
                assertEquals(Map.of(), explanation.storeReads(), "reads of a plan that was not executed");
                checkNothingActual(explanation.root());
            }
        }
    }

    private static void checkEstimates(Plan plan, Node node) {
        String what = "the operator " + node.operator() + " " + node.detail();
        assertThat(
                "estimated rows of " + what,
                node.estimatedRows(),
                closeTo(plan.estimate().rows(), 1e-9));
        assertThat(
                "estimated microseconds of " + what,
                node.estimatedMicros(),
                closeTo(PlannedCities.COSTS.nanos(plan.estimate().total()) / NANOS_OF_A_MICRO, 1e-6));
        assertEquals(plan.inputs().size(), node.inputs().size(), "inputs of " + what);
        for (int i = 0; i < plan.inputs().size(); i++) {
            checkEstimates(plan.inputs().get(i), node.inputs().get(i));
        }
    }

    private static void checkNothingActual(Node node) {
        assertTrue(node.actual() == null, "EXPLAIN has actual numbers of " + node.operator());
        node.inputs().forEach(ExplainHiddenTest::checkNothingActual);
    }

    @Test
    @DisplayName("the operator whose estimate was wrong is marked, with what it returned, read and took")
    void wrongEstimate() {
        PlannedCities cities = PlannedCities.some();
        // No city is north of 40 and south of −10: but the two columns do not know of each other.
        BoundQuery query = PlannedCities.bind(
                cities.where(Condition.equal(cities.column("country"), "US"), latitude(cities, Comparison.LESS, 0.0)));
        Plan plan = scan(cities, query);
        AtomicLong clock = new AtomicLong();
        Explanation explanation;
        try (Execution execution = cities.open(plan, query, () -> clock.getAndAdd(500))) {
            while (execution.next() != null) {
                // all rows
            }
            explanation = Explain.execution(execution, query, PlannedCities.COSTS);
        }
        checkEstimates(plan, explanation.root());
        List<Node> nodes = nodes(explanation.root());
        Node scan = nodes.get(nodes.size() - 1);
        Actual ofScan = Objects.requireNonNull(scan.actual(), "the actual numbers of the scan");
        assertEquals(cities.rows().size(), ofScan.rows(), "rows that the scan has returned");
        assertEquals(cities.rows().size(), ofScan.steps(), "steps of the scan");
        assertEquals(0, ofScan.gets(), "gets of the scan");
        assertTrue(!ofScan.isOff(), "the scan of all rows is marked as off");
        assertThat(
                "microseconds of the scan, half of one a call",
                ofScan.micros(),
                closeTo((cities.rows().size() + 1) * 0.5, 0.01));
        Node filter = nodes.get(nodes.size() - 2);
        Actual ofFilter = Objects.requireNonNull(filter.actual(), "the actual numbers of the filter");
        assertEquals(0, ofFilter.rows(), "rows that the filter has returned");
        assertEquals(0, ofFilter.steps(), "steps of the filter itself, without its input");
        assertThat(
                "the error of the filter",
                ofFilter.error(),
                closeTo(TableStatistics.qError(filter.estimatedRows(), 0), 1e-9));
        assertTrue(
                ofFilter.error() > 10,
                "the filter is expected to return more than ten rows: " + filter.estimatedRows());
        assertTrue(
                ofFilter.isOff(),
                "the filter, which returned none of " + filter.estimatedRows() + " rows, is not marked");
        assertTrue(
                explanation.lines().stream()
                        .anyMatch(line -> line.strip().startsWith("Filter") && line.contains("<== fewer rows")),
                "no line of the filter says that there were fewer rows than estimated: " + explanation.lines());
    }

    @Test
    @DisplayName("an operator that was left early is marked only if it has returned too many rows")
    void leftEarly() {
        PlannedCities cities = PlannedCities.some();
        BoundQuery query = PlannedCities.bind(cities.where(latitude(cities, Comparison.GREATER, 0.0)));
        Plan plan = scan(cities, query);
        try (Execution execution = cities.open(plan, query, () -> 0)) {
            execution.next();
            Explanation explanation = Explain.execution(execution, query, PlannedCities.COSTS);
            for (Node node : nodes(explanation.root())) {
                Actual actual = Objects.requireNonNull(node.actual());
                assertTrue(
                        actual.error() > 10, "the error of " + node.operator() + " after a row of many is not large");
                assertTrue(!actual.isOff(), node.operator() + " was left after a row of many, and is marked as off");
            }
        }
        BoundQuery rare = PlannedCities.bind(cities.where(latitude(cities, Comparison.GREATER, 89.9)));
        Plan few = scan(cities, rare);
        try (Execution execution = cities.open(few, query, () -> 0)) { // with values of which the plan does not know
            for (int i = 0; i < 50; i++) {
                execution.next();
            }
            Explanation explanation = Explain.execution(execution, query, PlannedCities.COSTS);
            Node filter = nodes(explanation.root()).stream()
                    .filter(node -> node.operator().equals("Filter"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(
                    Objects.requireNonNull(filter.actual()).isOff(),
                    "the filter was left after 50 rows of " + filter.estimatedRows() + " estimated, and is not marked");
        }
    }

    @Test
    @DisplayName("an error of ten is not marked, one of more is")
    void errorOfTen() {
        PlannedCities cities = PlannedCities.some();
        BoundQuery query = PlannedCities.bind(cities.where());
        Plan.TableScan scan = tableScan(scan(cities, query));
        CostEstimate estimate = scan.estimate();
        Plan five = new Plan.TableScan(
                scan.table(),
                scan.bounds(),
                scan.isBackward(),
                new CostEstimate(5, estimate.startup(), estimate.total()));
        try (Execution execution = cities.open(five, query, () -> 0)) {
            for (int rows = 1; rows <= 51; rows++) {
                execution.next();
                Actual actual = Objects.requireNonNull(Explain.execution(execution, query, PlannedCities.COSTS)
                        .root()
                        .actual());
                assertEquals(rows, actual.rows(), "rows that the scan has returned");
                assertEquals(rows > 50, actual.isOff(), "whether a scan of " + rows + " rows is off, of 5 estimated");
            }
        }
    }

    private static Plan.TableScan tableScan(Plan plan) {
        return plan instanceof Plan.TableScan scan
                ? scan
                : tableScan(plan.inputs().get(0));
    }

    @Test
    @DisplayName("what each operator has done is its own, for random queries and all of their plans")
    void actualNumbers() {
        PlannedCities cities = PlannedCities.some();
        Random random = new Random(Seeds.base());
        for (int i = 0; i < 30; i++) {
            BoundQuery query = PlannedCities.bind(cities.random(random));
            for (Plan plan : PLANNER.candidates(query, cities.statistics())) {
                try (Execution execution = cities.open(plan, query, () -> 0)) {
                    long rows = 0;
                    while (execution.next() != null) {
                        rows++;
                    }
                    Explanation explanation = Explain.execution(execution, query, PlannedCities.COSTS);
                    List<Actual> all = nodes(explanation.root()).stream()
                            .map(node -> Objects.requireNonNull(node.actual()))
                            .toList();
                    assertEquals(rows, all.get(0).rows(), "rows of the root of " + explanation);
                    nodes(explanation.root()).forEach(ExplainHiddenTest::checkError);
                    assertEquals(
                            (long) execution.work().fetches(),
                            all.stream().mapToLong(Actual::gets).sum(),
                            "gets of all operators of " + explanation);
                    assertEquals(
                            (long) (execution.work().rows() + execution.work().entries()),
                            all.stream().mapToLong(Actual::steps).sum(),
                            "steps of all operators of " + explanation);
                }
            }
        }
    }

    private static void checkError(Node node) {
        Actual actual = Objects.requireNonNull(node.actual());
        double expected = TableStatistics.qError(node.estimatedRows(), actual.rows());
        assertThat(
                "the error of " + node.operator() + ", which returned " + actual.rows() + " rows of "
                        + node.estimatedRows() + " estimated",
                actual.error(),
                closeTo(expected, 1e-9 * expected));
    }

    @Test
    @DisplayName("the lines of an explanation: an operator each, its input further in, and one for the store")
    void lines() {
        Node scan = new Node("Index scan", "by_country: country = VA", 5, 4.04, null, List.of());
        Node fetch =
                new Node("Fetch rows", "of cities", 5, 12.5, new Actual(60, 60, 0, 83.06, 12, true), List.of(scan));
        Node few = new Node("Sort", "", 10, 1, new Actual(0, 0, 7, 0.04, 10.4, true), List.of());
        Node both =
                new Node("Intersection", "", 9.96, 1234.56, new Actual(3, 0, 0, 2, 3.3, false), List.of(fetch, few));
        List<String> expected = List.of(
                "Intersection  (estimated: 10.0 rows, 1234.6 µs)  (actual: 3 rows, 0 gets, 0 entries, 2.0 µs)",
                "  Fetch rows of cities  (estimated: 5.0 rows, 12.5 µs)  (actual: 60 rows, 60 gets, 0 entries, 83.1 µs)"
                        + "  <== more rows than estimated, by a factor of 12",
                "    Index scan by_country: country = VA  (estimated: 5.0 rows, 4.0 µs)",
                "  Sort  (estimated: 10 rows, 1.0 µs)  (actual: 0 rows, 0 gets, 7 entries, 0.0 µs)"
                        + "  <== fewer rows than estimated, by a factor of 10");
        checkLines(expected, new Explanation(both, Map.of()));
        List<String> withStore = new ArrayList<>(expected);
        withStore.add("store: 12 blocks read, 3 pages read, 9 cache hits");
        checkLines(withStore, new Explanation(both, Map.of("pages read", 3L, "cache hits", 9L, "blocks read", 12L)));
    }

    @Test
    @DisplayName("the decimal sign is a point in every country")
    void everyCountry() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            Node scan = new Node("Full scan", "of cities", 2.5, 1.5, new Actual(2, 0, 2, 3.5, 1.2, false), List.of());
            checkLines(
                    List.of(
                            "Full scan of cities  (estimated: 2.5 rows, 1.5 µs)  (actual: 2 rows, 0 gets, 2 entries, 3.5 µs)"),
                    new Explanation(scan, Map.of()));
        } finally {
            Locale.setDefault(before);
        }
    }

    private static void checkLines(List<String> expected, Explanation explanation) {
        assertEquals(String.join("\n", expected), String.join("\n", explanation.lines()), "the lines");
    }

    private static Condition latitude(PlannedCities cities, Comparison comparison, double degrees) {
        return new Condition.Compare(cities.column("latitude"), comparison, Operand.of(degrees));
    }

    /** The plan that looks at every row. */
    private static Plan scan(PlannedCities cities, BoundQuery query) {
        return PLANNER.candidates(query, cities.statistics()).get(0);
    }

    /** A node and those below it, the deepest last. */
    private static List<Node> nodes(Node root) {
        List<Node> nodes = new ArrayList<>(List.of(root));
        root.inputs().forEach(input -> nodes.addAll(nodes(input)));
        return nodes;
    }
}
