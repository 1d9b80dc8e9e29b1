package storagelab.query.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import storagelab.api.Isolation;
import storagelab.api.TransactionalStore;
import storagelab.query.Column;
import storagelab.query.ColumnType;
import storagelab.query.Database;
import storagelab.query.DatabaseTransaction;
import storagelab.query.IndexSpec;
import storagelab.query.Row;
import storagelab.query.Schema;
import storagelab.query.SecondaryIndex;
import storagelab.query.TableDefinition;

/**
 * Measures a {@link CostModel} on the machine at hand: it executes plans that differ in one kind of work, and divides the differences
 * of their times by the differences of their work.
 *
 * <p>Everything is measured several times, and the last time counts. Of several runs of a plan the fastest counts, since whatever else the machine does only makes a run slower; runs are short, so that
 * some of them are not interrupted. What is measured
 * is a relation of two thousand rows in memory. Where pages have to be read from a disk, fetches are more expensive than this says.
 *
 * <p>Cost: about two seconds.
 */
public final class CostCalibration {
    private static final String TABLE = "calibration";
    private static final int ROWS = 2_000;
    private static final int ROWS_IN_TRANSACTION = 500;
    private static final int RUNS = 20;
    private static final int ROUNDS = 3;
    private static final int SEEKS = 200;
    private static final int ID = 0;
    private static final int SHUFFLED = 1;
    private static final CostEstimate NO_ESTIMATE = CostEstimate.blocking(0, Work.NONE);

    /** How long the fastest run took, and what was done in it. */
    private record Measured(double nanos, Work work) {}

    private final Database database;
    private final LongSupplier nanoTime;
    private final TableDefinition table;

    private CostCalibration(Database database, LongSupplier nanoTime, TableDefinition table) {
        this.database = database;
        this.nanoTime = nanoTime;
        this.table = table;
    }

    /**
     * The costs on this machine.
     *
     * @param scratch a store without relations, in which some are made and removed again
     * @param nanoTime the time
     * @param seed of the order of the rows
     */
    public static CostModel measure(TransactionalStore scratch, LongSupplier nanoTime, long seed) {
        Database database = Database.open(scratch);
        CostCalibration calibration = new CostCalibration(database, nanoTime, create(database, seed));
        try {
            CostModel measured = calibration.measure();
            for (int round = 1; round < ROUNDS; round++) {
                measured = calibration.measure(); // the code of the first round was not compiled yet
            }
            return measured;
        } finally {
            database.dropTable(TABLE);
        }
    }

    private static TableDefinition create(Database database, long seed) {
        database.createTable(
                TABLE,
                new Schema(
                        List.of(
                                Column.required("id", ColumnType.BIGINT),
                                Column.required("shuffled", ColumnType.INT),
                                Column.required("other", ColumnType.INT),
                                Column.required("name", ColumnType.TEXT)),
                        List.of("id")));
        List<Integer> shuffled = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            shuffled.add(i);
        }
        Collections.shuffle(shuffled, new Random(seed));
        for (int from = 0; from < ROWS; from += ROWS_IN_TRANSACTION) {
            try (DatabaseTransaction transaction = database.begin(Isolation.SNAPSHOT)) {
                for (int id = from; id < from + ROWS_IN_TRANSACTION; id++) {
                    int value = shuffled.get(id);
                    transaction.table(TABLE).insert(Row.of((long) id, value, ROWS - value, "name of " + value));
                }
                transaction.commit();
            }
        }
        database.createIndex(TABLE, IndexSpec.of("by_shuffled", "shuffled"));
        database.createIndex(TABLE, IndexSpec.of("by_other", "other"));
        return database.catalog().table(TABLE);
    }

    private CostModel measure() {
        Plan scan = new Plan.TableScan(table, KeyBounds.ALL, false, NO_ESTIMATE);
        Plan entries = index("by_shuffled");
        BoundQuery all = query(List.of());
        Measured rows = run(scan, all);
        Measured entriesOnly = run(entries, all);
        double row = rows.nanos / rows.work.rows();
        double entry = entriesOnly.nanos / entriesOnly.work.entries();
        Measured fetched = run(new Plan.Fetch(table, entries, NO_ESTIMATE), all);
        double fetch = (fetched.nanos - entriesOnly.nanos) / fetched.work.fetches();
        BoundQuery some = query(List.of(Condition.between(SHUFFLED, 0, ROWS)));
        Measured filtered = run(new Plan.Filter(scan, List.of(SHUFFLED), NO_ESTIMATE), some);
        double filter = (filtered.nanos - rows.nanos) / filtered.work.filters();
        List<OrderBy> order = List.of(new OrderBy(SHUFFLED, storagelab.query.SortOrder.ASCENDING));
        Measured sorted = run(new Plan.Sort(scan, order, NO_ESTIMATE), all);
        double comparison = (sorted.nanos - rows.nanos) / sorted.work.comparisons();
        Measured both = run(new Plan.Intersection(table, entries, index("by_other"), NO_ESTIMATE), all);
        double hash = (both.nanos - both.work.entries() * entry) / both.work.hashes();
        double seek = seek() - row;
        return new CostModel(
                atLeastOne(seek),
                atLeastOne(row),
                atLeastOne(fetch),
                atLeastOne(entry),
                atLeastOne(filter),
                atLeastOne(comparison),
                atLeastOne(hash));
    }

    /** A difference of two times may come out as nothing, and nothing must be free. */
    private static double atLeastOne(double nanos) {
        return Math.max(1, nanos);
    }

    private Plan index(String name) {
        SecondaryIndex index = table.index(name).orElseThrow();
        return new Plan.IndexScan(index, KeyBounds.ALL, false, NO_ESTIMATE);
    }

    private BoundQuery query(List<Condition> conditions) {
        return BoundQuery.of(Query.of(table).where(conditions), List.of());
    }

    /** How long it takes to find the first row of a range, and to open and close what that needs. */
    private double seek() {
        Plan range = new Plan.TableScan(table, new KeyBounds(0, true), false, NO_ESTIMATE);
        List<BoundQuery> queries = new ArrayList<>();
        for (int i = 0; i < SEEKS; i++) {
            long id = i * (long) (ROWS / SEEKS);
            queries.add(query(List.of(Condition.between(ID, id, id))));
        }
        double fastest = Double.POSITIVE_INFINITY;
        for (int run = 0; run < RUNS; run++) {
            long start = nanoTime.getAsLong();
            queries.forEach(query -> execute(range, query));
            fastest = Math.min(fastest, nanoTime.getAsLong() - start);
        }
        return fastest / SEEKS;
    }

    private Measured run(Plan plan, BoundQuery query) {
        double fastest = Double.POSITIVE_INFINITY;
        Work work = Work.NONE;
        for (int run = 0; run < RUNS; run++) {
            long start = nanoTime.getAsLong();
            work = execute(plan, query);
            fastest = Math.min(fastest, nanoTime.getAsLong() - start);
        }
        return new Measured(fastest, work);
    }

    private Work execute(Plan plan, BoundQuery query) {
        try (Execution execution = Execution.open(plan, query, database.newest())) {
            @Nullable Row row = execution.next();
            while (row != null) {
                row = execution.next();
            }
            return execution.work();
        }
    }
}
