package storagelab.sortedlog.experiment;

import com.google.common.collect.Iterables;
import com.google.common.collect.Streams;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
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
import storagelab.search.BinarySearch;
import storagelab.search.IntSequence;

/** Three ways to find a key among n sorted ones: how many keys each looks at, in how many blocks, and for how long. */
public final class ProbesExperiment implements Experiment {
    /** Keys in a block: 128 entries of 32 bytes are 4 KiB. */
    private static final int BLOCK_KEYS = 128;

    private static final int MILLION = 1_000_000;
    private static final int ROUNDS = 15;

    /** The first measurement is thrown away: it is of code that the JVM still interprets. */
    private static final int WARM_UP_KEYS = 30_000;

    /** Keys that the linear search may look at in a round of timing; it gets fewer lookups, so that it ends. */
    private static final long LINEAR_PROBES = 20_000_000;

    /** For the service loader. */
    public ProbesExperiment() {}

    @Override
    public String id() {
        return "1.probes";
    }

    @Override
    public String question() {
        return "How many keys does a search look at, and what does it cost in time?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "In a million sorted keys, how many does a binary search look at in the worst case?", "keys");
    }

    /** A way to find a key. */
    private interface Search {
        int indexOf(IntSequence sorted, int target);
    }

    /** What one way to search cost for one number of keys, on average over lookups. */
    private record Cost(double probes, long probesMax, double blocks, double nanos) {}

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        ResultTable.Builder table = ResultTable.builder().column("keys");
        List<String> names = List.of("linear", "binary", "two-level");
        names.forEach(name -> table.column(name + " probes"));
        table.column("binary blocks").column("two-level blocks");
        names.forEach(name -> table.column(name, "ns"));
        List<Plot.SeriesBuilder> probes =
                names.stream().map(name -> Plot.Series.named("keys, " + name)).toList();
        List<Plot.SeriesBuilder> blocks =
                List.of(Plot.Series.named("blocks, binary"), Plot.Series.named("blocks, two-level"));
        List<Plot.SeriesBuilder> times = names.stream().map(Plot.Series::named).toList();
        long worst = 0;
        List<Cost> last = List.of();
        int largest = context.pick(10 * MILLION, MILLION);
        context.progress("warming up", 0);
        measure(context, WARM_UP_KEYS);
        for (int keys = 100; keys <= largest; keys *= 10) {
            context.progress("searching " + Quantity.number(keys) + " keys", Math.log10(keys / 100.0) / 5);
            last = measure(context, keys);
            table.row(
                    keys,
                    last.get(0).probes(),
                    last.get(1).probes(),
                    last.get(2).probes(),
                    last.get(1).blocks(),
                    last.get(2).blocks(),
                    last.get(0).nanos(),
                    last.get(1).nanos(),
                    last.get(2).nanos());
            for (int i = 0; i < names.size(); i++) {
                probes.get(i).add(keys, last.get(i).probes());
                times.get(i).add(keys, last.get(i).nanos());
            }
            blocks.get(0).add(keys, last.get(1).blocks());
            blocks.get(1).add(keys, last.get(2).blocks());
            worst = keys == MILLION ? last.get(1).probesMax() : worst;
        }
        Axis x = Axis.logarithmic("sorted keys", "");
        return new ExperimentResult(
                table.build(),
                List.of(
                        new Plot.Curves(
                                "Keys and blocks looked at to find one key",
                                x,
                                Axis.logarithmic("keys or blocks looked at", "mean of lookups"),
                                draw(Iterables.concat(probes, blocks))),
                        new Plot.Curves(
                                "Time to find one key", x, Axis.logarithmic("time per lookup", "ns"), draw(times))),
                worst,
                observation(largest, last));
    }

    private static List<Plot.Series> draw(Iterable<Plot.SeriesBuilder> series) {
        return Streams.stream(series).map(one -> one.as(Style.MARKS_AND_LINE)).toList();
    }

    private static String observation(int keys, List<Cost> costs) {
        Cost linear = costs.get(0);
        Cost binary = costs.get(1);
        Cost twoLevel = costs.get(2);
        return "Among " + Quantity.number(keys) + " keys linear search looked at " + Quantity.number(linear.probes())
                + " of them on average (" + Quantity.duration(linear.nanos()) + "), binary search at "
                + Quantity.number(binary.probes()) + " (" + Quantity.duration(binary.nanos()) + ") in "
                + Quantity.number(binary.blocks()) + " different blocks of " + BLOCK_KEYS
                + "; with the first key of each block in an array beside, the probes were "
                + Quantity.number(twoLevel.probes()) + " (" + Quantity.duration(twoLevel.nanos())
                + ") and the blocks " + Quantity.number(twoLevel.blocks())
                + ". On a disk it is the blocks that cost.";
    }

    private static List<Cost> measure(ExperimentContext context, int keys) throws IOException {
        int[] sorted = new int[keys];
        for (int i = 0; i < keys; i++) {
            sorted[i] = 2 * i + 1;
        }
        int lookups = context.pick(20_000, 2_000);
        int[] targets = new SplittableRandom(context.seed())
                .ints(lookups, 0, keys)
                .map(index -> sorted[index])
                .toArray();
        int linearLookups = (int) Math.max(10, Math.min(lookups, LINEAR_PROBES / keys));
        return List.of(
                cost(context, sorted, Arrays.copyOf(targets, linearLookups), ProbesExperiment::linear),
                cost(context, sorted, targets, BinarySearch::indexOf),
                cost(context, sorted, targets, new TwoLevel(sorted)));
    }

    private static Cost cost(ExperimentContext context, int[] sorted, int[] targets, Search search) throws IOException {
        ProbeCounter counter = new ProbeCounter(sorted);
        long probes = 0;
        long blocks = 0;
        long probesMax = 0;
        for (int target : targets) {
            counter.reset();
            find(search, counter, target);
            probes += counter.probes;
            blocks += counter.blocks;
            probesMax = Math.max(probesMax, counter.probes);
        }
        IntSequence plain = IntSequence.of(sorted);
        long nanos = new Stopwatch(context).fastestNanos(ROUNDS, () -> {
            for (int target : targets) {
                find(search, plain, target);
            }
        });
        double count = targets.length;
        return new Cost(probes / count, probesMax, blocks / count, nanos / count);
    }

    /** Every search is checked, so that a wrong one is not admired for its speed and none is optimised away. */
    private static void find(Search search, IntSequence sorted, int target) {
        int index = search.indexOf(sorted, target);
        if (index != target / 2) {
            throw new AssertionError("key " + target + " was found at " + index + " instead of " + target / 2);
        }
    }

    private static int linear(IntSequence sorted, int target) {
        for (int i = 0; i < sorted.length(); i++) {
            if (sorted.get(i) == target) {
                return i;
            }
        }
        return -1;
    }

    /** The first key of each block in an array of its own: the search of a sorted table. */
    private static final class TwoLevel implements Search {
        private final int[] firstKeys;

        TwoLevel(int[] sorted) {
            firstKeys = new int[(sorted.length + BLOCK_KEYS - 1) / BLOCK_KEYS];
            for (int block = 0; block < firstKeys.length; block++) {
                firstKeys[block] = sorted[block * BLOCK_KEYS];
            }
        }

        @Override
        public int indexOf(IntSequence sorted, int target) {
            // Invariant: blocks before low begin at or below the target, blocks from high on above it.
            int low = 0;
            int high = firstKeys.length;
            while (low < high) {
                int middle = low + (high - low) / 2;
                countIndexProbe(sorted);
                if (firstKeys[middle] <= target) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            int from = (low - 1) * BLOCK_KEYS;
            int inBlock = BinarySearch.indexOf(
                    new BlockView(sorted, from, Math.min(BLOCK_KEYS, sorted.length() - from)), target);
            return inBlock < 0 ? -1 : from + inBlock;
        }

        private static void countIndexProbe(IntSequence sorted) {
            if (sorted instanceof ProbeCounter counter) {
                counter.probes++;
            }
        }
    }

    /** One block of a sequence. */
    private record BlockView(IntSequence whole, int from, int length) implements IntSequence {
        @Override
        public int get(int index) {
            return whole.get(from + index);
        }
    }

    /** Counts the keys that are looked at and the different blocks that they are in. */
    private static final class ProbeCounter implements IntSequence {
        private final int[] sorted;
        private final int[] blockSeenIn;
        private int lookup;
        private long probes;
        private long blocks;

        ProbeCounter(int[] sorted) {
            this.sorted = sorted;
            this.blockSeenIn = new int[sorted.length / BLOCK_KEYS + 1];
        }

        void reset() {
            lookup++;
            probes = 0;
            blocks = 0;
        }

        @Override
        public int length() {
            return sorted.length;
        }

        @Override
        public int get(int index) {
            probes++;
            if (blockSeenIn[index / BLOCK_KEYS] != lookup) {
                blockSeenIn[index / BLOCK_KEYS] = lookup;
                blocks++;
            }
            return sorted[index];
        }
    }
}
