package storagelab.query.plan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
import storagelab.query.SortOrder;
import storagelab.query.TableDefinition;
import storagelab.query.TableStatistics;
import storagelab.query.plan.Condition.Comparison;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Seeds;

class PlannerTest {
    private static final int ID = 0;
    private static final int COLOR = 1;
    private static final int SIZE = 2;
    private static final int CODE = 3;
    private static final Schema SCHEMA = new Schema(
            List.of(
                    Column.required("id", ColumnType.INT),
                    Column.optional("color", ColumnType.TEXT),
                    Column.optional("size", ColumnType.INT),
                    Column.required("code", ColumnType.INT)),
            List.of("id"));
    private static final Planner PLANNER = new Planner(CostModel.defaults());

    private static Database database(EngineKind engine, int rows, Random random) {
        Database database = Database.open(
                CrashSafeStore.open(CrashDisk.create().root().resolve("store"), DurableOptions.defaults(engine)));
        database.createTable("t", SCHEMA);
        try (DatabaseTransaction transaction = database.begin(Isolation.SNAPSHOT)) {
            for (int id = 0; id < rows; id++) {
                String color = random.nextInt(10) == 0 ? null : "color" + random.nextInt(6);
                Integer size = random.nextInt(10) == 0 ? null : random.nextInt(50);
                transaction.table("t").insert(Row.of(id, color, size, 1_000 + id));
            }
            transaction.commit();
        }
        database.createIndex("t", IndexSpec.of("by_color", "color").descending("size"));
        database.createIndex("t", IndexSpec.of("by_size", "size"));
        database.createIndex("t", IndexSpec.of("by_code", "code").asUnique());
        return database;
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("every plan of a random query returns what looking at every row returns, in the order of the query")
    void everyPlanAnswers(EngineKind engine) {
        Seeds.check(2, random -> {
            Database database = database(engine, 120, random);
            TableDefinition table = database.catalog().table("t");
            if (random.nextBoolean()) {
                database.analyze("t", AnalyzeOptions.defaults(), random);
            }
            List<Row> all =
                    rows(database, new Plan.TableScan(table, KeyBounds.ALL, false, NO_ESTIMATE), Query.of(table));
            for (int i = 0; i < 150; i++) {
                Query query = randomQuery(table, random);
                List<Row> expected = expected(all, query);
                for (Plan plan : PLANNER.candidates(bind(query), statistics(database))) {
                    String what = query.conditions() + " " + query.order() + " by\n" + explain(plan, query);
                    List<Row> found = rows(database, plan, query);
                    assertThat(what, found.size(), is(expected.size()));
                    if (!query.order().isEmpty() || query.limit() == null) {
                        assertThat(what, sortKeys(found, query), is(sortKeys(expected, query)));
                    }
                    if (query.limit() == null) {
                        assertThat(what, sorted(found), is(sorted(expected)));
                    }
                }
            }
        });
    }

    private static final CostEstimate NO_ESTIMATE = CostEstimate.blocking(0, Work.NONE);

    private static Query randomQuery(TableDefinition table, Random random) {
        List<Condition> conditions = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            conditions.add(
                    switch (random.nextInt(8)) {
                        case 0 -> Condition.equal(ID, random.nextInt(130));
                        case 1 -> Condition.equal(COLOR, "color" + random.nextInt(7));
                        case 2 -> new Condition.IsNull(random.nextBoolean() ? COLOR : SIZE);
                        case 3 -> new Condition.IsNotNull(SIZE);
                        case 4 -> Condition.between(SIZE, random.nextInt(50), random.nextInt(50));
                        case 5 -> compare(SIZE, random.nextInt(50), random);
                        case 6 -> compare(CODE, 1_000 + random.nextInt(130), random);
                        default -> new Condition.StartsWith(COLOR, Operand.of("color" + random.nextInt(3) + "%"));
                    });
        }
        List<OrderBy> order = new ArrayList<>();
        for (int left = random.nextInt(3); left > 0; left--) {
            SortOrder direction = random.nextBoolean() ? SortOrder.ASCENDING : SortOrder.DESCENDING;
            order.add(new OrderBy(random.nextInt(4), direction));
        }
        Query query = Query.of(table).where(conditions).orderBy(order);
        if (random.nextInt(2) == 0) {
            query = query.limit(
                    Operand.of((long) random.nextInt(20)),
                    random.nextBoolean() ? Operand.of((long) random.nextInt(5)) : null);
        }
        return query;
    }

    private static Condition compare(int column, int value, Random random) {
        Comparison[] all = Comparison.values();
        return new Condition.Compare(column, all[random.nextInt(all.length)], Operand.of(value));
    }

    /** The answer, by the definition of the conditions. */
    private static List<Row> expected(List<Row> all, Query query) {
        BoundQuery bound = bind(query);
        return all.stream()
                .filter(row -> query.conditions().stream().allMatch(condition -> isTrue(condition, row)))
                .sorted(RowOperators.comparator(SCHEMA, query.order()))
                .skip(bound.offset())
                .limit(bound.limit())
                .toList();
    }

    private static boolean isTrue(Condition condition, Row row) {
        Object value = row.get(condition.column());
        if (condition instanceof Condition.IsNull || value == null) {
            return condition instanceof Condition.IsNull && value == null;
        } else if (condition instanceof Condition.IsNotNull) {
            return true;
        } else if (condition instanceof Condition.StartsWith like) {
            String pattern = String.valueOf(like.pattern());
            return ((String) value).startsWith(pattern.substring(0, pattern.length() - 1));
        } else if (condition instanceof Condition.Between between) {
            return order(value, between.low()) >= 0 && order(value, between.high()) <= 0;
        }
        Condition.Compare compare = (Condition.Compare) condition;
        int order = order(value, compare.operand());
        return switch (compare.comparison()) {
            case EQUAL -> order == 0;
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case GREATER -> order > 0;
            case AT_LEAST -> order >= 0;
        };
    }

    private static int order(Object value, Operand operand) {
        return value instanceof Integer number
                ? number.compareTo(Integer.valueOf(operand.toString()))
                : ((String) value).compareTo(operand.toString());
    }

    private static List<Row> sortKeys(List<Row> rows, Query query) {
        return rows.stream()
                .map(row -> new Row(
                        query.order().stream().map(by -> row.get(by.column())).toList()))
                .toList();
    }

    private static List<Row> sorted(List<Row> rows) {
        return rows.stream()
                .sorted(Comparator.comparing(row -> (Integer) row.get(ID)))
                .toList();
    }

    private static List<Row> rows(Database database, Plan plan, Query query) {
        List<Row> rows = new ArrayList<>();
        try (Execution execution = Execution.open(plan, bind(query), database.newest())) {
            for (Row row = execution.next(); row != null; row = execution.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static BoundQuery bind(Query query) {
        return BoundQuery.of(query, List.of());
    }

    private static Optional<TableStatistics> statistics(Database database) {
        return database.catalog().statistics(database.catalog().table("t"));
    }

    private static String explain(Plan plan, Query query) {
        return Explain.plan(plan, bind(query), CostModel.defaults()).toString();
    }

    @Test
    @DisplayName("a point lookup, an index, an order, a covering index, an intersection: each where it is best")
    void choices() {
        Database database = database(EngineKind.BTREE, 3_000, new Random(1));
        database.analyze("t", AnalyzeOptions.defaults(), new Random(1));
        TableDefinition table = database.catalog().table("t");
        Query all = Query.of(table);
        assertPlan(database, all.where(List.of(Condition.equal(ID, 7))), "Point lookup of t");
        assertPlan(database, all.where(List.of(Condition.equal(CODE, 1_007))), "Unique index lookup by_code");
        assertPlan(database, all.where(List.of(Condition.between(ID, 7, 20))), "Range scan of t");
        assertPlan(database, all.where(List.of(Condition.equal(SIZE, 7))), "Index scan by_size");
        assertPlan(database, all.where(List.of(new Condition.IsNotNull(COLOR))), "Full scan of t");
        assertPlan(database, all.count(), "scan by_"); // entries are smaller than rows
        List<OrderBy> largest = List.of(new OrderBy(SIZE, SortOrder.DESCENDING));
        String top =
                assertPlan(database, all.orderBy(largest).limit(Operand.of(5L), null), "Index scan backward by_size");
        assertThat(top, top.contains("Sort"), is(false));
        assertPlan(
                database,
                all.where(List.of(Condition.equal(COLOR, "color1")))
                        .orderBy(largest)
                        .limit(Operand.of(5L), null),
                "Index scan by_color: color = color1");
    }

    private static String assertPlan(Database database, Query query, String part) {
        Plan plan = PLANNER.plan(bind(query), statistics(database));
        String text = explain(plan, query);
        assertThat(text, text.contains(part), is(true));
        return text;
    }

    @Test
    @DisplayName("two indexes are intersected if each leaves many rows, and both together few")
    void intersection() {
        Database database = database(EngineKind.BTREE, 3_000, new Random(1));
        database.analyze("t", AnalyzeOptions.defaults(), new Random(1));
        Query query = Query.of(database.catalog().table("t"))
                .where(List.of(Condition.equal(COLOR, "color1"), Condition.between(CODE, 1_500, 2_000)));
        CostModel expensiveFetches = new CostModel(1, 1_000, 5_000, 10, 1, 1, 1);
        Plan plan = new Planner(expensiveFetches).plan(bind(query), statistics(database));
        String text = explain(plan, query);
        assertThat(text, text.contains("Intersection"), is(true));
    }

    @Test
    @DisplayName("a plan is left as soon as the limit is reached")
    void limitStopsReading() {
        Database database = database(EngineKind.BTREE, 3_000, new Random(1));
        Query query = Query.of(database.catalog().table("t"))
                .where(List.of(Condition.equal(COLOR, "color1")))
                .limit(Operand.of(3L), null);
        Plan scan = PLANNER.candidates(bind(query), Optional.empty()).get(0);
        try (Execution execution = Execution.open(scan, bind(query), database.newest())) {
            int rows = 0;
            while (execution.next() != null) {
                rows++;
            }
            assertThat(rows, is(3));
            assertThat("rows that were read for three", execution.work().rows(), is(lessThan(200.0)));
        }
    }

    @Test
    @DisplayName("a plan is kept for a primary key whatever its value is, and made again where values differ much")
    void planCache() {
        Database database = database(EngineKind.BTREE, 3_000, new Random(1));
        try (DatabaseTransaction transaction = database.begin(Isolation.SNAPSHOT)) {
            transaction.table("t").insert(Row.of(5_000, "rare", 1, 1));
            transaction.table("t").insert(Row.of(5_001, "seldom", 1, 2));
            transaction.commit();
        }
        database.analyze("t", AnalyzeOptions.defaults(), new Random(1));
        TableDefinition table = database.catalog().table("t");
        PlanCache byId = new PlanCache(PLANNER);
        PlanCache byColor = new PlanCache(PLANNER);
        Operand parameter = new Operand.Parameter(0);
        Query oneId = Query.of(table).where(List.of(new Condition.Compare(ID, Comparison.EQUAL, parameter)));
        Query oneColor = Query.of(table).where(List.of(new Condition.Compare(COLOR, Comparison.EQUAL, parameter)));
        for (int id = 0; id < 10; id++) {
            assertThat(
                    byId.plan(BoundQuery.of(oneId, List.of(id)), statistics(database)),
                    is(instanceOf(Plan.Project.class)));
        }
        assertThat("plans for ten ids", byId.planned(), is(1L));
        Plan common = byColor.plan(BoundQuery.of(oneColor, List.of("color1")), statistics(database));
        byColor.plan(BoundQuery.of(oneColor, List.of("color2")), statistics(database));
        assertThat("plans for two common colors", byColor.planned(), is(1L));
        Plan rare = byColor.plan(BoundQuery.of(oneColor, List.of("rare")), statistics(database));
        byColor.plan(BoundQuery.of(oneColor, List.of("seldom")), statistics(database));
        assertThat("plans for two common and two rare colors", byColor.planned(), is(2L));
        assertThat(rare, is(not(common)));
    }

    @Test
    @DisplayName("calibration measures every cost, and leaves nothing in the store")
    void calibration() {
        try (CrashSafeStore scratch = CrashSafeStore.open(
                CrashDisk.create().root().resolve("store"), DurableOptions.defaults(EngineKind.BTREE))) {
            CostModel model = CostCalibration.measure(scratch, System::nanoTime, 1);
            System.out.println("measured on this machine: " + model);
            assertThat(model.rowNanos(), is(greaterThan(1.0)));
            assertThat(model.fetchNanos(), is(greaterThan(1.0)));
            assertThat(Database.open(scratch).verify().rows(), is(0L));
        }
    }
}
