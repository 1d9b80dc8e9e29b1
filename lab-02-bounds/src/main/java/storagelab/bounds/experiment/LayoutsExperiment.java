package storagelab.bounds.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import storagelab.bounds.BlockTreeInts;
import storagelab.bounds.Bounds;
import storagelab.bounds.BranchFreeInts;
import storagelab.bounds.EytzingerInts;
import storagelab.bounds.SortedInts;
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

/** The same sorted ints in four layouts, from what fits the smallest cache to what fits none. */
public final class LayoutsExperiment implements Experiment {
    private static final List<String> NAMES =
            List.of("Arrays.binarySearch", "Bounds.lowerBound", "branch-free", "Eytzinger", "block tree");

    /** The index of Arrays.binarySearch among them. */
    private static final int LIBRARY = 0;

    /** Not a power of two: arrays of such lengths make probes fall into the same few sets of a cache. */
    private static final int SMALLEST = 1000;

    private static final int GROWTH = 4;

    /** The first measurement is thrown away: it is of code that the JVM still interprets. */
    private static final int WARM_UP_NUMBERS = 20_000;

    /** For the service loader. */
    public LayoutsExperiment() {}

    @Override
    public String id() {
        return "2.layouts";
    }

    @Override
    public String question() {
        return "Does it matter in which order sorted numbers lie in memory?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Sixteen million sorted ints are put into another order for the search. How many times as fast as "
                        + "Arrays.binarySearch can it be?",
                "times");
    }

    /** A search of the library for numbers that are all different. */
    private record LibraryInts(int[] sorted) implements SortedInts {
        @Override
        public int length() {
            return sorted.length;
        }

        @Override
        public int lowerBound(int target) {
            int found = Arrays.binarySearch(sorted, target);
            return found < 0 ? -found - 1 : found;
        }
    }

    /** The search of exercise 2.1. */
    private record BoundsInts(int[] sorted) implements SortedInts {
        @Override
        public int length() {
            return sorted.length;
        }

        @Override
        public int lowerBound(int target) {
            return Bounds.partitionPoint(sorted.length, index -> sorted[index] < target);
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        ResultTable.Builder table = ResultTable.builder().column("ints").column("size", "KiB");
        NAMES.forEach(name -> table.column(name, "ns"));
        List<Plot.SeriesBuilder> times = NAMES.stream().map(Plot.Series::named).toList();
        List<Plot.SeriesBuilder> ratios = NAMES.stream().map(Plot.Series::named).toList();
        context.progress("warming up", 0);
        measure(context, WARM_UP_NUMBERS);
        List<Double> last = List.of();
        int largest = context.pick(16_384_000, 256_000);
        for (int numbers = SMALLEST; numbers <= largest; numbers *= GROWTH) {
            context.progress("searching " + Quantity.number(numbers) + " ints", Math.log10(numbers / 500.0) / 5);
            last = measure(context, numbers);
            double kibibytes = numbers * (double) Integer.BYTES / 1024;
            List<Object> row = new ArrayList<>(List.of(numbers, kibibytes));
            row.addAll(last);
            table.row(row.toArray());
            for (int way = 0; way < NAMES.size(); way++) {
                times.get(way).add(kibibytes, last.get(way));
                ratios.get(way).add(kibibytes, last.get(LIBRARY) / last.get(way));
            }
        }
        Axis x = Axis.logarithmic("size of the sorted array", "KiB");
        return new ExperimentResult(
                table.build(),
                List.of(
                        new Plot.Curves(
                                "Time to find where a number begins",
                                x,
                                Axis.logarithmic("time per search", "ns"),
                                draw(times)),
                        new Plot.Curves(
                                "Speed against Arrays.binarySearch",
                                x,
                                Axis.linear("times as fast", ""),
                                draw(ratios))),
                last.get(LIBRARY) / Collections.min(last),
                observation(largest, last));
    }

    private static List<Plot.Series> draw(List<Plot.SeriesBuilder> series) {
        return series.stream().map(one -> one.as(Style.MARKS_AND_LINE)).toList();
    }

    private static String observation(int numbers, List<Double> nanos) {
        StringBuilder said = new StringBuilder("In " + Quantity.number(numbers) + " ints " + NAMES.get(LIBRARY)
                + " took " + Quantity.duration(nanos.get(LIBRARY)));
        for (int way = 1; way < NAMES.size(); way++) {
            said.append(", ")
                    .append(NAMES.get(way))
                    .append(' ')
                    .append(Quantity.duration(nanos.get(way)))
                    .append(" (")
                    .append(Quantity.number(nanos.get(LIBRARY) / nanos.get(way)))
                    .append(" times as fast)");
        }
        return said.append(". All make about the same number of comparisons.").toString();
    }

    /** Nanoseconds per search of each way, fastest of many rounds, in which they take turns. */
    private static List<Double> measure(ExperimentContext context, int numbers) throws IOException {
        int[] sorted = new int[numbers];
        long step = (1L << 32) / numbers;
        for (int i = 0; i < numbers; i++) {
            sorted[i] = (int) (Integer.MIN_VALUE + i * step);
        }
        List<SortedInts> ways = List.of(
                new LibraryInts(sorted),
                new BoundsInts(sorted),
                new BranchFreeInts(sorted),
                new EytzingerInts(sorted),
                new BlockTreeInts(sorted));
        int lookups = context.pick(20_000, 2_000);
        Stopwatch stopwatch = new Stopwatch(context);
        SplittableRandom random = new SplittableRandom(context.seed());
        List<Double> fastest = new ArrayList<>(Collections.nCopies(ways.size(), Double.MAX_VALUE));
        int rounds = context.pick(24, 6);
        for (int round = 0; round < rounds; round++) {
            int[] targets = random.ints(lookups).toArray();
            long expected = sum(ways.get(LIBRARY), targets);
            for (int way = 0; way < ways.size(); way++) {
                SortedInts search = ways.get(way);
                String name = NAMES.get(way);
                long nanos = stopwatch.nanos(() -> check(name, expected, sum(search, targets)));
                fastest.set(way, Math.min(fastest.get(way), nanos / (double) lookups));
            }
        }
        return fastest;
    }

    private static void check(String name, long expected, long sum) {
        if (sum != expected) {
            throw new AssertionError(name + " found other places than " + NAMES.get(LIBRARY));
        }
    }

    /** The sum of the places of all targets, so that no search is optimised away and a wrong one is noticed. */
    private static long sum(SortedInts sorted, int[] targets) {
        long sum = 0;
        for (int target : targets) {
            sum += sorted.lowerBound(target);
        }
        return sum;
    }
}
