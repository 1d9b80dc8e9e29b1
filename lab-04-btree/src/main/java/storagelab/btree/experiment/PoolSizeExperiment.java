package storagelab.btree.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import storagelab.api.Slice;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.cache.Traces;
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
import storagelab.file.FileMetrics;
import storagelab.page.PageLayout;

/**
 * A tree is read with buffer pools from a fiftieth of its pages to all of them, by keys at random and by keys of which
 * some are wanted much more often than others: how many gets find everything in memory, and what a get takes.
 *
 * <p>The file is in the operating system's memory. So a page that is not in the pool costs a call and a checksum here;
 * on a disk that has to fetch it, a hundred microseconds and more.
 */
public final class PoolSizeExperiment implements Experiment {
    private static final double[] SHARES = {0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.05};
    private static final double PREDICTED = 0.1; // of SHARES
    private static final int ROUNDS = 3;
    private static final int WARM_UP_APART = 10;
    private static final double PERCENT = 100;

    /** For the service loader. */
    public PoolSizeExperiment() {}

    @Override
    public String id() {
        return "4.pool-size";
    }

    @Override
    public String question() {
        return "How large must a buffer pool be?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A buffer pool has room for a tenth of a tree's pages. Keys are read by Zipf's law, a few of them very often. "
                        + "What percentage of the gets reads no page from the file?",
                "%");
    }

    /** Which keys are wanted. */
    private enum Readers {
        RANDOM("any key"),
        ZIPF("popular keys");

        private final String words;

        Readers(String words) {
            this.words = words;
        }

        Slice[] keys(int entries, int count, SplittableRandom random) {
            int[] numbers = this == ZIPF
                    ? Traces.zipf(entries, count, random)
                    : random.ints(count, 0, entries).toArray();
            Slice[] keys = new Slice[count];
            for (int i = 0; i < count; i++) {
                keys[i] = Articles.key(numbers[i]);
            }
            return keys;
        }
    }

    /** What gets cost with one pool. */
    private record Cost(Readers readers, double share, int poolPages, double readsPerGet, double getNanos) {
        /** A get that misses reads one page, the leaf, as long as the branches stay in the pool. */
        double hitPercent() {
            return PERCENT * Math.max(0, 1 - readsPerGet);
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        int entries = context.pick(200_000, 100_000);
        Path directory = context.directory().resolve("store");
        int pages = fill(context, directory, entries);
        List<Cost> costs = new ArrayList<>();
        for (Readers readers : Readers.values()) {
            SplittableRandom random = new SplittableRandom(context.seed());
            Slice[] keys = readers.keys(entries, context.pick(160_000, 40_000), random);
            for (double share : SHARES) {
                context.progress(readers.words, costs.size() / (2.0 * SHARES.length));
                costs.add(measure(context, directory, new Readings(readers, keys, share, (int) (share * pages))));
            }
        }
        return new ExperimentResult(
                table(costs),
                List.of(
                        plot(costs, "Gets that read no page from the file", Axis.linear("gets", "%"), Cost::hitPercent),
                        plot(costs, "Time of a get", Axis.linear("time per get", "ns"), Cost::getNanos)),
                of(costs, Readers.ZIPF, PREDICTED).hitPercent(),
                observation(costs));
    }

    /** What is read with which pool. */
    private record Readings(Readers readers, Slice[] keys, double share, int poolPages) {
        /** A get for each of the keys of one round; those of round 0 are for warming up. */
        void getAll(BTreeStore store, int round) {
            int count = keys.length / (ROUNDS + 1);
            for (int i = round * count; i < (round + 1) * count; i++) {
                if (store.get(keys[i]).isEmpty()) {
                    throw new AssertionError("a get does not find " + keys[i] + ", which was put");
                }
            }
        }
    }

    private static int fill(ExperimentContext context, Path directory, int entries) {
        SplittableRandom random = new SplittableRandom(context.seed());
        try (BTreeStore store = BTreeStore.open(directory, BTreeOptions.defaults())) {
            for (int number = 0; number < entries; number++) {
                store.put(Articles.key(number), Articles.value(random));
            }
            return store.verify().pages().size();
        }
    }

    private static Cost measure(ExperimentContext context, Path directory, Readings readings) throws IOException {
        BTreeOptions options =
                BTreeOptions.defaults().withPoolBytes((long) readings.poolPages * PageLayout.DEFAULT_PAGE_BYTES);
        try (BTreeStore store = BTreeStore.open(directory, options)) {
            for (long number = 0; number < store.lastCheckpoint().entries(); number += WARM_UP_APART) {
                store.get(Articles.key(number)); // every page once
            }
            readings.getAll(store, 0);
            long readsBefore = store.stats().get(FileMetrics.BLOCKS_READ);
            int[] round = {0};
            long nanos = new Stopwatch(context).fastestNanos(ROUNDS, () -> readings.getAll(store, ++round[0]));
            double gets = readings.keys.length / (ROUNDS + 1.0);
            double reads = store.stats().get(FileMetrics.BLOCKS_READ) - readsBefore;
            return new Cost(readings.readers, readings.share, readings.poolPages, reads / gets / ROUNDS, nanos / gets);
        }
    }

    private static ResultTable table(List<Cost> costs) {
        ResultTable.Builder table = ResultTable.builder()
                .column("gets of")
                .column("pool", "% of the tree")
                .column("pool", "pages")
                .column("pages read a get")
                .column("gets without a read", "%")
                .column("time per get", "ns");
        for (Cost cost : costs) {
            table.row(
                    cost.readers.words,
                    PERCENT * cost.share,
                    cost.poolPages,
                    cost.readsPerGet,
                    cost.hitPercent(),
                    cost.getNanos);
        }
        return table.build();
    }

    /** A figure of a cost. */
    @FunctionalInterface
    private interface Figure {
        double of(Cost cost);
    }

    private static Plot plot(List<Cost> costs, String title, Axis y, Figure figure) {
        List<Plot.Series> series = new ArrayList<>();
        for (Readers readers : Readers.values()) {
            Plot.SeriesBuilder points = Plot.Series.named(readers.words);
            costs.stream()
                    .filter(cost -> cost.readers == readers)
                    .forEach(cost -> points.add(PERCENT * cost.share, figure.of(cost)));
            series.add(points.as(Style.MARKS_AND_LINE));
        }
        return new Plot.Curves(title, Axis.logarithmic("pool", "% of the tree"), y, series);
    }

    private static Cost of(List<Cost> costs, Readers readers, double share) {
        return costs.stream()
                .filter(cost -> cost.readers == readers && cost.share == share)
                .findFirst()
                .orElseThrow();
    }

    private static String observation(List<Cost> costs) {
        Cost random = of(costs, Readers.RANDOM, PREDICTED);
        Cost zipf = of(costs, Readers.ZIPF, PREDICTED);
        Cost all = of(costs, Readers.RANDOM, SHARES[SHARES.length - 1]);
        return "With a pool for a tenth of the tree, " + Quantity.number(random.hitPercent())
                + " % of the gets of any key read nothing from the file and took "
                + Quantity.duration(random.getNanos) + " on average; of popular keys it was "
                + Quantity.number(zipf.hitPercent()) + " % and " + Quantity.duration(zipf.getNanos)
                + ". With everything in the pool a get took " + Quantity.duration(all.getNanos)
                + ". The file was in the operating system's memory: on a disk, each of the others would wait for it.";
    }
}
