package storagelab.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.disk.CrashDisk;
import storagelab.kv.CrashSafeStore;
import storagelab.query.plan.BoundQuery;
import storagelab.query.plan.CostModel;
import storagelab.query.plan.Execution;
import storagelab.query.plan.Explain;
import storagelab.query.plan.Plan;
import storagelab.query.plan.Planner;
import storagelab.query.plan.Query;
import storagelab.query.plan.Work;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Seeds;
import storagelab.testkit.query.CityRows;

/**
 * How good the plans are that the planner chooses, on real data. All plans of a query are executed. What each did is weighed by the
 * costs that the planner has; that is the same on every machine, and what the test is about. The times are printed as well.
 *
 * <p>It takes every fifth city, and {@code -Dcities.step=1} all of them.
 */
class CitiesPlannerTest {
    private static final int QUERIES = 1_000;
    private static final double GOOD = 1.2;
    private static final CostModel MODEL = CostModel.defaults();

    /** What one plan did, and how long it took. */
    private record Measured(Plan plan, double cost, double nanos, long rows) {}

    @Test
    @DisplayName(
            "of 1,000 random queries of the cities, at least 95 % get a plan within 1.2 times of the best one's cost")
    void withinTheBest() {
        int step = Integer.getInteger("cities.step", 10);
        Random random = new Random(Seeds.base());
        List<Row> cities = CityRows.all();
        List<Row> some = new ArrayList<>();
        for (int i = 0; i < cities.size(); i += step) {
            some.add(cities.get(i));
        }
        try (CrashSafeStore store = CrashSafeStore.open(
                CrashDisk.create().root().resolve("store"), DurableOptions.defaults(EngineKind.BTREE))) {
            Database database = Database.open(store);
            CitiesQueries queries = CitiesQueries.load(database, some, random);
            Planner planner = new Planner(MODEL);
            int goodByCost = 0;
            int goodByTime = 0;
            long plans = 0;
            for (int i = 0; i < QUERIES; i++) {
                Query query = queries.next(random);
                BoundQuery bound = BoundQuery.of(query, List.of());
                Optional<TableStatistics> statistics = database.catalog().statistics(queries.table());
                Plan chosen = planner.plan(bound, statistics);
                List<Measured> all = measure(database, planner.candidates(bound, statistics), bound);
                Measured own = all.stream()
                        .filter(one -> one.plan.equals(chosen))
                        .findFirst()
                        .orElseThrow();
                double bestCost = all.stream().mapToDouble(Measured::cost).min().orElseThrow();
                double bestTime =
                        all.stream().mapToDouble(Measured::nanos).min().orElseThrow();
                goodByCost += own.cost <= GOOD * bestCost ? 1 : 0;
                goodByTime += own.nanos <= GOOD * bestTime ? 1 : 0;
                plans += all.size();
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d cities, %d queries, %d plans: within %.1f of the best plan, by cost %.1f %%, by time %.1f %%, seed %d%n",
                    some.size(),
                    QUERIES,
                    plans,
                    GOOD,
                    100.0 * goodByCost / QUERIES,
                    100.0 * goodByTime / QUERIES,
                    Seeds.base());
            assertThat(
                    "queries of " + QUERIES + " with a good plan, repeat with -Dseed=" + Seeds.base(),
                    goodByCost,
                    is(greaterThanOrEqualTo(QUERIES * 95 / 100)));
        }
    }

    private static List<Measured> measure(Database database, List<Plan> plans, BoundQuery query) {
        List<Measured> all = new ArrayList<>();
        for (Plan plan : plans) {
            long rows = 0;
            long start = System.nanoTime();
            Work work;
            try (Execution execution = Execution.open(plan, query, database.newest())) {
                while (execution.next() != null) {
                    rows++;
                }
                work = execution.work();
            }
            all.add(new Measured(plan, MODEL.nanos(work), System.nanoTime() - start, rows));
            assertThat(
                    "rows of " + Explain.plan(plan, query, MODEL) + ", as of the first plan",
                    rows,
                    is(all.get(0).rows));
        }
        return all;
    }
}
