package storagelab.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import storagelab.api.Isolation;
import storagelab.query.ValueRange.Bound;
import storagelab.query.plan.Condition;
import storagelab.query.plan.Condition.Comparison;
import storagelab.query.plan.Operand;
import storagelab.query.plan.OrderBy;
import storagelab.query.plan.Query;
import storagelab.testkit.query.CityRows;
import storagelab.testkit.query.RandomPredicates;
import storagelab.testkit.query.RandomPredicates.Kind;

/** The cities as a relation with indexes, and random queries of it. */
final class CitiesQueries {
    static final String TABLE = "cities";

    private static final int ROWS_IN_TRANSACTION = 5_000;
    private static final List<String> ORDERED_BY = List.of("population", "name", "latitude", "id");
    private static final Kind[] KINDS = {Kind.VALUE_OF_A_ROW, Kind.ANY_VALUE, Kind.HALF_OPEN, Kind.ANY_WIDTH};

    private final RandomPredicates predicates;
    private final TableDefinition table;

    private CitiesQueries(RandomPredicates predicates, TableDefinition table) {
        this.predicates = predicates;
        this.table = table;
    }

    /** Puts rows of cities into a relation with indexes, and analyzes it. */
    static CitiesQueries load(Database database, List<Row> rows, Random random) {
        database.createTable(TABLE, CityRows.SCHEMA);
        for (int from = 0; from < rows.size(); from += ROWS_IN_TRANSACTION) {
            try (DatabaseTransaction transaction = database.begin(Isolation.SNAPSHOT)) {
                Table cities = transaction.table(TABLE);
                rows.subList(from, Math.min(rows.size(), from + ROWS_IN_TRANSACTION))
                        .forEach(cities::insert);
                transaction.commit();
            }
        }
        database.createIndex(TABLE, IndexSpec.of("by_country", "country").descending("population"));
        database.createIndex(TABLE, IndexSpec.of("by_population", "population"));
        database.createIndex(TABLE, IndexSpec.of("by_name", "name"));
        database.createIndex(TABLE, IndexSpec.of("by_admin", "admin", "country"));
        database.createIndex(TABLE, IndexSpec.of("by_latitude", "latitude"));
        database.createIndex(TABLE, IndexSpec.of("by_longitude", "longitude", "feature"));
        database.analyze(TABLE, AnalyzeOptions.defaults(), random);
        return new CitiesQueries(
                new RandomPredicates(CityRows.SCHEMA, rows), database.catalog().table(TABLE));
    }

    TableDefinition table() {
        return table;
    }

    /** One to three conditions, sometimes an order and a limit, some or all columns, or the number of rows. */
    Query next(Random random) {
        Query query = Query.of(table).where(conditions(random));
        switch (random.nextInt(4)) {
            case 0 -> query = query.count();
            case 1 -> query = query.select(List.of(place("country"), place("population"), place("id")));
            default -> {}
        }
        if (!query.isCount() && random.nextInt(2) == 0) {
            SortOrder order = random.nextBoolean() ? SortOrder.ASCENDING : SortOrder.DESCENDING;
            String column = ORDERED_BY.get(random.nextInt(ORDERED_BY.size()));
            query = query.orderBy(List.of(new OrderBy(place(column), order)));
            if (random.nextInt(3) > 0) {
                query = query.limit(Operand.of((long) Math.pow(10, 3 * random.nextDouble())), null);
            }
        }
        return query;
    }

    private List<Condition> conditions(Random random) {
        List<Condition> conditions = new ArrayList<>();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            RandomPredicates.Predicate predicate = predicates.next(KINDS[random.nextInt(KINDS.length)], random);
            int column = place(predicate.column());
            if (conditions.stream().noneMatch(other -> other.column() == column)) {
                conditions.add(condition(column, predicate.range()));
            }
        }
        return conditions;
    }

    private static Condition condition(int column, ValueRange range) {
        Bound lower = range.lower();
        Bound upper = range.upper();
        if (upper == null) {
            return compare(column, Comparison.AT_LEAST, Objects.requireNonNull(lower));
        }
        if (lower == null) {
            return compare(column, Comparison.AT_MOST, upper);
        }
        return lower.value().equals(upper.value())
                ? Condition.equal(column, lower.value())
                : Condition.between(column, lower.value(), upper.value());
    }

    private static Condition compare(int column, Comparison comparison, Bound bound) {
        return new Condition.Compare(column, comparison, Operand.of(bound.value()));
    }

    private static int place(String column) {
        return CityRows.SCHEMA.indexOf(column);
    }
}
