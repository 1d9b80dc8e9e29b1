package storagelab.query.plan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Isolation;
import storagelab.disk.CrashDisk;
import storagelab.kv.CrashSafeStore;
import storagelab.query.AnalyzeOptions;
import storagelab.query.Column;
import storagelab.query.ColumnType;
import storagelab.query.Database;
import storagelab.query.DatabaseTransaction;
import storagelab.query.IndexSpec;
import storagelab.query.Row;
import storagelab.query.Schema;
import storagelab.query.TableDefinition;
import storagelab.query.plan.Explanation.Actual;
import storagelab.query.plan.Explanation.Node;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

class ExplainTest {
    private static final CostModel MODEL = new CostModel(1_000, 100, 500, 50, 10, 20, 30);

    private final Database database = Database.open(
            CrashSafeStore.open(CrashDisk.create().root().resolve("store"), DurableOptions.defaults(EngineKind.BTREE)));

    /** A relation whose statistics say 200 rows with ten kinds, and which then has got many rows of one kind more. */
    private BoundQuery query(int rowsMore) {
        database.createTable(
                "t",
                new Schema(
                        List.of(Column.required("id", ColumnType.INT), Column.required("kind", ColumnType.INT)),
                        List.of("id")));
        insert(0, 200, 10);
        database.createIndex("t", IndexSpec.of("by_kind", "kind"));
        database.analyze("t", AnalyzeOptions.defaults(), new Random(1));
        insert(1_000, rowsMore, 1);
        TableDefinition table = database.catalog().table("t");
        return BoundQuery.of(Query.of(table).where(List.of(Condition.equal(1, 0))), List.of());
    }

    private void insert(int first, int count, int kinds) {
        try (DatabaseTransaction transaction = database.begin(Isolation.SNAPSHOT)) {
            for (int i = 0; i < count; i++) {
                transaction.table("t").insert(Row.of(first + i, i % kinds));
            }
            transaction.commit();
        }
    }

    private Explanation execute(Plan plan, BoundQuery query, int rowsMax) {
        AtomicLong clock = new AtomicLong();
        try (Execution execution = Execution.measured(plan, query, database.newest(), () -> clock.addAndGet(1_000))) {
            for (int i = 0; i < rowsMax && execution.next() != null; i++) {
                // counted by the operators
            }
            return Explain.execution(execution, query, MODEL);
        }
    }

    private Plan plan(BoundQuery query) {
        return new Planner(MODEL)
                .plan(query, database.catalog().statistics(query.query().table()));
    }

    private static List<Node> nodes(Explanation explanation) {
        List<Node> nodes = new ArrayList<>();
        for (Node node = explanation.root(); node != null; ) {
            nodes.add(node);
            node = node.inputs().isEmpty() ? null : node.inputs().get(0);
        }
        return nodes;
    }

    private static Actual actual(Node node) {
        return Optional.ofNullable(node.actual()).orElseThrow();
    }

    @Test
    @DisplayName("a plan is a tree of operators with estimates, and nothing that was done")
    void plan() {
        BoundQuery query = query(0);
        Explanation explanation = Explain.plan(plan(query), query, MODEL);
        assertThat(
                explanation.lines(),
                is(List.of(
                        "Project id, kind  (estimated: 20 rows, 2.0 µs)",
                        "  Index scan by_kind: kind = 0  (estimated: 20 rows, 2.0 µs)")));
        assertThat(explanation.root().actual(), is(nullValue()));
    }

    @Test
    @DisplayName(
            "an execution tells rows, gets, entries and time of every operator; the time of a clock of steps is exact")
    void execution() {
        BoundQuery query = query(0);
        List<Node> nodes = nodes(execute(plan(query), query, Integer.MAX_VALUE));
        assertThat(nodes.get(1).operator(), is("Index scan"));
        Actual scan = actual(nodes.get(1));
        assertThat(scan.rows(), is(20L));
        assertThat(scan.steps(), is(20L));
        assertThat(scan.gets(), is(0L));
        assertThat("21 calls of one step of the clock each", scan.micros(), is(closeTo(21, 0.01)));
        assertThat("21 calls of three steps each", actual(nodes.get(0)).micros(), is(closeTo(63, 0.01)));
        assertThat(scan.isOff(), is(false));
    }

    @Test
    @DisplayName("an operator whose rows are off by more than a factor of ten is marked, up to where the rows go")
    void marks() {
        BoundQuery query = query(500);
        Explanation explanation = execute(plan(query), query, Integer.MAX_VALUE);
        Actual scan = actual(nodes(explanation).get(1));
        assertThat(scan.rows(), is(520L));
        assertThat(scan.isOff(), is(true));
        assertThat(scan.error(), is(closeTo(26, 0.5)));
        assertThat(
                explanation.lines(),
                is(List.of(
                        "Project id, kind  (estimated: 20 rows, 2.0 µs)  (actual: 520 rows, 0 gets, 0 entries, 1563.0 µs)"
                                + "  <== more rows than estimated, by a factor of 26",
                        "  Index scan by_kind: kind = 0  (estimated: 20 rows, 2.0 µs)"
                                + "  (actual: 520 rows, 0 gets, 520 entries, 521.0 µs)"
                                + "  <== more rows than estimated, by a factor of 26")));
    }

    @Test
    @DisplayName("an operator that was left before its end is not marked for having returned few rows")
    void leftEarly() {
        BoundQuery query = query(0);
        Explanation explanation = execute(plan(query), query, 1);
        assertThat(nodes(explanation).stream().noneMatch(node -> actual(node).isOff()), is(true));
    }
}
