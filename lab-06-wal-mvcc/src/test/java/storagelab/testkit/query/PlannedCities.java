package storagelab.testkit.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import storagelab.api.Isolation;
import storagelab.query.AnalyzeOptions;
import storagelab.query.Database;
import storagelab.query.DatabaseTransaction;
import storagelab.query.IndexSpec;
import storagelab.query.Row;
import storagelab.query.SortOrder;
import storagelab.query.TableDefinition;
import storagelab.query.TableStatistics;
import storagelab.query.plan.BoundQuery;
import storagelab.query.plan.Condition;
import storagelab.query.plan.Condition.Comparison;
import storagelab.query.plan.CostModel;
import storagelab.query.plan.Execution;
import storagelab.query.plan.Operand;
import storagelab.query.plan.OrderBy;
import storagelab.query.plan.Plan;
import storagelab.query.plan.Query;

/**
 * Cities in a table with indexes, random queries of it, and their answers by looking at every row.
 *
 * <p>The indexes: {@code by_country (country, population DESC)}, {@code by_admin (admin, country)}, {@code by_population
 * (population)}, {@code by_latitude (latitude, longitude)}, {@code by_name (name DESC)}.
 */
public final class PlannedCities {
    /** What work costs in tests. */
    public static final CostModel COSTS = CostModel.defaults();

    private static final int ID = 0;
    private static final int NAME = 1;
    private static final int COUNTRY = 2;
    private static final int ADMIN = 3;
    private static final int POPULATION = 5;
    private static final int LATITUDE = 6;
    private static final int[] COLUMNS = {ID, NAME, COUNTRY, COUNTRY, ADMIN, POPULATION, POPULATION, LATITUDE};
    private static final int BATCH = 1_000;

    private static @Nullable PlannedCities some;

    private final Database database;
    private final List<Row> rows;
    private final @Nullable TableStatistics statistics;

    /** What an execution returned and did. */
    public record Answer(List<Row> rows, double nanos) {}

    private PlannedCities(Database database, List<Row> rows, @Nullable TableStatistics statistics) {
        this.database = database;
        this.rows = rows;
        this.statistics = statistics;
    }

    /** Every eightieth city, 1,691 of them, analyzed. They are made once; their tests change nothing. */
    public static synchronized PlannedCities some() {
        PlannedCities known = some;
        if (known == null) {
            known = everyEightieth();
            some = known;
        }
        return known;
    }

    private static PlannedCities everyEightieth() {
        List<Row> rows = new ArrayList<>();
        List<Row> all = CityRows.all();
        for (int i = 0; i < all.size(); i += 80) {
            rows.add(all.get(i));
        }
        Database database = database(rows);
        return new PlannedCities(database, rows, database.analyze("cities", AnalyzeOptions.defaults(), new Random(1)));
    }

    /** No cities, and no statistics. */
    public static PlannedCities none() {
        return new PlannedCities(database(List.of()), List.of(), null);
    }

    private static Database database(List<Row> rows) {
        Database database = Database.open(new BatchStore());
        database.createTable("cities", CityRows.SCHEMA);
        database.createIndex("cities", IndexSpec.of("by_country", "country").descending("population"));
        database.createIndex("cities", IndexSpec.of("by_admin", "admin", "country"));
        database.createIndex("cities", IndexSpec.of("by_population", "population"));
        database.createIndex("cities", IndexSpec.of("by_latitude", "latitude", "longitude"));
        database.createIndex("cities", new IndexSpec("by_name", false, List.of()).descending("name"));
        for (int from = 0; from < rows.size(); from += BATCH) {
            try (DatabaseTransaction transaction = database.begin(Isolation.SNAPSHOT)) {
                for (Row row : rows.subList(from, Math.min(rows.size(), from + BATCH))) {
                    transaction.table("cities").insert(row);
                }
                transaction.commit();
            }
        }
        return database;
    }

    /** The relation. */
    public TableDefinition table() {
        return database.catalog().table("cities");
    }

    /** The rows. */
    public List<Row> rows() {
        return rows;
    }

    /** What is known of them. */
    public Optional<TableStatistics> statistics() {
        return Optional.ofNullable(statistics);
    }

    /** The place of a column. */
    public int column(String name) {
        return CityRows.SCHEMA.indexOf(name);
    }

    /** A query of these conditions, for all columns. */
    public Query where(Condition... conditions) {
        return Query.of(table()).where(List.of(conditions));
    }

    /** A query without parameters. */
    public static BoundQuery bind(Query query) {
        return BoundQuery.of(query, List.of());
    }

    /** Executes a plan to its end. */
    public Answer execute(Plan plan, BoundQuery query) {
        try (Execution execution = Execution.open(plan, query, database.newest())) {
            List<Row> found = new ArrayList<>();
            for (Row row = execution.next(); row != null; row = execution.next()) {
                found.add(row);
            }
            return new Answer(found, COSTS.nanos(execution.work()));
        }
    }

    /** An execution of a plan, whose time is counted by {@code nanoTime}. */
    public Execution open(Plan plan, BoundQuery query, LongSupplier nanoTime) {
        return Execution.measured(plan, query, database.newest(), nanoTime);
    }

    /** A query with up to three conditions, some of which are true for many rows and some for few. */
    public Query random(Random random) {
        List<Condition> conditions = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            int column = COLUMNS[random.nextInt(COLUMNS.length)];
            if (conditions.stream().noneMatch(condition -> condition.column() == column)) {
                conditions.add(condition(column, random));
            }
        }
        Query query = Query.of(table()).where(conditions);
        if (random.nextInt(2) == 0) {
            query = query.select(random.nextBoolean() ? List.of(ID) : List.of(COUNTRY, POPULATION));
        }
        if (random.nextInt(2) == 0) {
            List<OrderBy> order = new ArrayList<>();
            order.add(new OrderBy(COLUMNS[random.nextInt(COLUMNS.length)], anyOrder(random)));
            if (random.nextInt(3) == 0) {
                order.add(new OrderBy(COUNTRY, anyOrder(random)));
            }
            query = query.orderBy(order);
        }
        if (random.nextInt(2) == 0) {
            Operand passedOver = random.nextInt(4) == 0 ? Operand.of((long) random.nextInt(30)) : null;
            query = query.limit(Operand.of(1L + random.nextInt(40)), passedOver);
        }
        return query;
    }

    private static SortOrder anyOrder(Random random) {
        return random.nextBoolean() ? SortOrder.ASCENDING : SortOrder.DESCENDING;
    }

    private Condition condition(int column, Random random) {
        Object value = anyValue(column, random);
        int kind = column == COUNTRY || column == ADMIN || column == ID ? random.nextInt(4) : random.nextInt(8);
        if (column == ADMIN && random.nextInt(8) == 0) {
            return new Condition.IsNull(column);
        }
        if (kind < 3) {
            return Condition.equal(column, value);
        }
        if (kind == 3) {
            Object other = anyValue(column, random);
            boolean isAscending = CityRows.SCHEMA.columns().get(column).type().compare(value, other) <= 0;
            return Condition.between(column, isAscending ? value : other, isAscending ? other : value);
        }
        Comparison comparison = Comparison.values()[1 + random.nextInt(4)];
        return new Condition.Compare(column, comparison, Operand.of(value));
    }

    private Object anyValue(int column, Random random) {
        while (true) {
            Object value = rows.get(random.nextInt(rows.size())).get(column);
            if (value != null) {
                return value;
            }
        }
    }

    /** The rows that fulfil the conditions of a query, in its order, found by looking at each row; all columns, no limit. */
    public List<Row> matching(Query query) {
        Comparator<Row> order = Comparator.comparing(row -> 0);
        for (OrderBy by : query.order()) {
            Comparator<Row> next = (left, right) -> RandomRows.compare(left.get(by.column()), right.get(by.column()));
            order = order.thenComparing(by.order() == SortOrder.ASCENDING ? next : next.reversed());
        }
        return rows.stream()
                .filter(row -> query.conditions().stream().allMatch(condition -> fulfils(row, condition)))
                .sorted(order)
                .toList();
    }

    private static boolean fulfils(Row row, Condition condition) {
        Object value = row.get(condition.column());
        if (condition instanceof Condition.IsNull) {
            return value == null;
        }
        if (value == null) {
            return false;
        }
        if (condition instanceof Condition.Between between) {
            return RandomRows.compare(value, literal(between.low())) >= 0
                    && RandomRows.compare(value, literal(between.high())) <= 0;
        }
        if (condition instanceof Condition.Compare compare) {
            int order = RandomRows.compare(value, literal(compare.operand()));
            return switch (compare.comparison()) {
                case EQUAL -> order == 0;
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case GREATER -> order > 0;
                case AT_LEAST -> order >= 0;
            };
        }
        throw new IllegalArgumentException("the tests do not ask for " + condition);
    }

    private static Object literal(Operand operand) {
        return Objects.requireNonNull(operand.value(List.of()));
    }
}
