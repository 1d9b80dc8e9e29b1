package storagelab.lsm.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import storagelab.api.Slice;
import storagelab.bloom.BloomFilter;
import storagelab.compaction.NoCompaction;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.experiment.Stopwatch;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;

/**
 * Orders are flushed, table after table, and nothing is merged: each table of level 0 has keys from everywhere. What
 * does a get cost, of an order that is there and of one that is not, without filters and with filters of ten bits a key?
 * And what, when everything was merged into one run?
 *
 * <p>The files are in the operating system's memory, and the store keeps no block: so a table that is read costs a copy
 * of a block and a checksum here; on a disk that has to fetch it, a hundred microseconds and more.
 */
public final class LevelZeroExperiment implements Experiment {
    private static final List<Integer> TABLES = List.of(1, 2, 4, 8, 16, 32);
    private static final int PREDICTED = 16; // of TABLES
    private static final int ROUNDS = 3;
    private static final int BITS_PER_KEY = 10;
    private static final int MERGED = 0;
    private static final double NANOS_PER_MICRO = 1e3;

    /** For the service loader. */
    public LevelZeroExperiment() {}

    @Override
    public String id() {
        return "5.level-zero";
    }

    @Override
    public String question() {
        return "What does a get cost when flushes are faster than merges?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Level 0 has 16 tables with keys from everywhere, each order in one of them, and there are no filters. From "
                        + "how many tables is a block read, on average, for an order that is there?",
                "tables");
    }

    /** Which orders are looked for, and whether the tables have filters. */
    private enum Gets {
        PRESENT("there, no filters", true, false),
        ABSENT("not there, no filters", false, false),
        PRESENT_FILTERED("there, filters", true, true),
        ABSENT_FILTERED("not there, filters", false, true);

        private final String words;
        private final boolean present;
        private final boolean filtered;

        Gets(String words, boolean present, boolean filtered) {
            this.words = words;
            this.present = present;
            this.filtered = filtered;
        }

        /** Keys of which all are among the first {@code orders} of the store, or none. */
        Slice[] keys(int orders, int count, SplittableRandom random) {
            return random.ints(count, present ? 0 : -orders, present ? orders : 0)
                    .mapToObj(Orders::secretKey)
                    .toArray(Slice[]::new);
        }
    }

    /** What was stored: the orders in so many tables, or in one run if that is {@link #MERGED}. */
    private record Stored(boolean filtered, CountingFilter filter, int orders, int runs) {}

    /** What a get costs. */
    private record Cost(Gets gets, int runs, double asked, double read, double nanos) {}

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        List<Cost> costs = new ArrayList<>();
        for (boolean filtered : new boolean[] {false, true}) {
            costs.addAll(measure(context, filtered));
        }
        return new ExperimentResult(
                table(costs),
                List.of(
                        plot(costs, "Tables of which a get reads a block", Axis.linear("read", "tables"), Cost::read),
                        plot(costs, "Time of a get", Axis.linear("time", "µs"), cost -> cost.nanos / NANOS_PER_MICRO)),
                of(costs, Gets.PRESENT, PREDICTED).read,
                observation(costs));
    }

    /** All gets from a store with filters or without. */
    private static List<Cost> measure(ExperimentContext context, boolean filtered) throws IOException {
        int perTable = context.pick(10_000, 1_000);
        int most = TABLES.get(TABLES.size() - 1);
        SplittableRandom random = new SplittableRandom(context.seed());
        CountingFilter filter = new CountingFilter(filtered ? new BloomFilter(BITS_PER_KEY) : null);
        LsmOptions options = LsmOptions.defaults()
                .withPicker(new NoCompaction())
                .withoutStalls()
                .withCacheBytes(0)
                .withTable(LsmOptions.defaults().table().withFilter(filter));
        Path directory = context.directory().resolve(filtered ? "filters" : "no-filters");
        List<Cost> costs = new ArrayList<>();
        int there = 0;
        try (LsmStore store = LsmStore.open(directory, options)) {
            for (int table = 1; table <= most; table++) {
                context.progress(table + " tables", (table + (filtered ? most : 0)) / (2.0 * most));
                for (int i = 0; i < perTable; i++) {
                    store.put(Orders.secretKey(there++), Orders.value(random));
                }
                store.flush();
                if (TABLES.contains(table)) {
                    costs.addAll(gets(context, store, new Stored(filtered, filter, there, table)));
                }
            }
            store.compactAll();
            costs.addAll(gets(context, store, new Stored(filtered, filter, there, MERGED)));
        }
        return costs;
    }

    /** What gets of both kinds cost from {@code store} as it is now. */
    private static List<Cost> gets(ExperimentContext context, LsmStore store, Stored stored) throws IOException {
        List<Cost> costs = new ArrayList<>();
        for (Gets gets : Gets.values()) {
            if (gets.filtered == stored.filtered) {
                SplittableRandom random = new SplittableRandom(context.seed());
                Slice[] keys = gets.keys(stored.orders, context.pick(20_000, 1_000), random);
                getAll(store, keys, gets.present); // thrown away: tables are opened, and the JVM still interprets
                long asked = stored.filter.asked();
                long passed = stored.filter.passed();
                long nanos = new Stopwatch(context).fastestNanos(ROUNDS, () -> getAll(store, keys, gets.present));
                double all = (double) ROUNDS * keys.length;
                costs.add(new Cost(
                        gets,
                        stored.runs,
                        (stored.filter.asked() - asked) / all,
                        (stored.filter.passed() - passed) / all,
                        (double) nanos / keys.length));
            }
        }
        return costs;
    }

    private static void getAll(LsmStore store, Slice[] keys, boolean present) {
        for (Slice key : keys) {
            if (store.get(key).isPresent() != present) {
                throw new AssertionError(
                        present ? "a get does not find " + key + ", which was put" : key + ", which nobody has put");
            }
        }
    }

    private static ResultTable table(List<Cost> costs) {
        ResultTable.Builder table = ResultTable.builder()
                .column("gets of orders that are")
                .column("tables")
                .column("tables asked a get")
                .column("blocks read a get")
                .column("time a get", "µs");
        for (Gets gets : Gets.values()) {
            costs.stream()
                    .filter(cost -> cost.gets == gets)
                    .forEach(cost -> table.row(
                            gets.words,
                            cost.runs == MERGED ? "merged" : cost.runs,
                            cost.asked,
                            cost.read,
                            cost.nanos / NANOS_PER_MICRO));
        }
        return table.build();
    }

    private static Plot plot(List<Cost> costs, String title, Axis y, ToDoubleFunction<Cost> figure) {
        List<Plot.Series> series = new ArrayList<>();
        for (Gets gets : Gets.values()) {
            Plot.SeriesBuilder points = Plot.Series.named(gets.words);
            costs.stream()
                    .filter(cost -> cost.gets == gets && cost.runs != MERGED)
                    .forEach(cost -> points.add(cost.runs, figure.applyAsDouble(cost)));
            series.add(points.as(Style.MARKS_AND_LINE));
        }
        return new Plot.Curves(title, Axis.linear("tables on level 0", ""), y, series);
    }

    private static Cost of(List<Cost> costs, Gets gets, int runs) {
        return costs.stream()
                .filter(cost -> cost.gets == gets && cost.runs == runs)
                .findFirst()
                .orElseThrow();
    }

    private static String observation(List<Cost> costs) {
        int most = TABLES.get(TABLES.size() - 1);
        return "With " + most + " tables and no filters, a get of an order that is there read "
                + read(costs, Gets.PRESENT, most) + ", of one that is not " + read(costs, Gets.ABSENT, most)
                + "; with filters " + read(costs, Gets.PRESENT_FILTERED, most) + " and "
                + read(costs, Gets.ABSENT_FILTERED, most) + ", and " + most + " filters were asked all the same. With "
                + "everything merged into one run a get took "
                + Quantity.duration(of(costs, Gets.PRESENT_FILTERED, MERGED).nanos) + " and "
                + Quantity.duration(of(costs, Gets.ABSENT_FILTERED, MERGED).nanos) + ".";
    }

    private static String read(List<Cost> costs, Gets gets, int runs) {
        Cost cost = of(costs, gets, runs);
        return Quantity.number(cost.read) + " blocks and took " + Quantity.duration(cost.nanos);
    }
}
