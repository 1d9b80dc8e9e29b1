package storagelab.bounds.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final String LIBRARY = "Arrays.binarySearch";
    private static final String BOUNDS = "Bounds.lowerBound";
    private static final String BRANCH_FREE = "branch-free";
    private static final String EYTZINGER = "Eytzinger";
    private static final String BLOCK_TREE = "block tree";
    private static final List<String> NAMES = List.of(LIBRARY, BOUNDS, BRANCH_FREE, EYTZINGER, BLOCK_TREE);

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
        Map<String, Plot.SeriesBuilder> times = new LinkedHashMap<>();
        Map<String, Plot.SeriesBuilder> ratios = new LinkedHashMap<>();
        for (String name : NAMES) {
            times.put(name, Plot.Series.named(name));
            ratios.put(name, Plot.Series.named(name));
        }
        context.progress("warming up", 0);
        measure(context, WARM_UP_NUMBERS);
        Map<String, Double> last = Map.of();
        int largest = context.pick(16_384_000, 256_000);
        for (int numbers = SMALLEST; numbers <= largest; numbers *= GROWTH) {
            context.progress("searching " + Quantity.number(numbers) + " ints", Math.log10(numbers / 500.0) / 5);
            last = measure(context, numbers);
            double kibibytes = numbers * (double) Integer.BYTES / 1024;
            List<Object> row = new ArrayList<>(List.of(numbers, kibibytes));
            row.addAll(last.values());
            table.row(row.toArray());
            for (Map.Entry<String, Double> one : last.entrySet()) {
                times.get(one.getKey()).add(kibibytes, one.getValue());
                ratios.get(one.getKey()).add(kibibytes, last.get(LIBRARY) / one.getValue());
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
                last.get(LIBRARY) / Collections.min(last.values()),
                observation(largest, last));
    }

    private static List<Plot.Series> draw(Map<String, Plot.SeriesBuilder> series) {
        return series.values().stream()
                .map(one -> one.as(Style.MARKS_AND_LINE))
                .toList();
    }

    private static String observation(int numbers, Map<String, Double> nanos) {
        StringBuilder said =
                new StringBuilder("In " + Quantity.number(numbers) + " ints Arrays.binarySearch took "
                        + Quantity.duration(nanos.get(LIBRARY)));
        for (String name : NAMES.subList(1, NAMES.size())) {
            said.append(", ")
                    .append(name)
                    .append(' ')
                    .append(Quantity.duration(nanos.get(name)))
                    .append(" (")
                    .append(Quantity.number(nanos.get(LIBRARY) / nanos.get(name)))
                    .append(" times as fast)");
        }
        return said.append(". All make about the same number of comparisons.").toString();
    }

    /** Nanoseconds per search of each way, fastest of many rounds, in which they take turns. */
    private static Map<String, Double> measure(ExperimentContext context, int numbers) throws IOException {
        int[] sorted = new int[numbers];
        long step = (1L << 32) / numbers;
        for (int i = 0; i < numbers; i++) {
            sorted[i] = (int) (Integer.MIN_VALUE + i * step);
        }
        Map<String, SortedInts> searches = new LinkedHashMap<>();
        searches.put(LIBRARY, new LibraryInts(sorted));
        searches.put(BOUNDS, new BoundsInts(sorted));
        searches.put(BRANCH_FREE, new BranchFreeInts(sorted));
        searches.put(EYTZINGER, new EytzingerInts(sorted));
        searches.put(BLOCK_TREE, new BlockTreeInts(sorted));
        int lookups = context.pick(20_000, 2_000);
        Stopwatch stopwatch = new Stopwatch(context);
        SplittableRandom random = new SplittableRandom(context.seed());
        Map<String, Double> fastest = new LinkedHashMap<>();
        int rounds = context.pick(24, 6);
        for (int round = 0; round < rounds; round++) {
            int[] targets = random.ints(lookups).toArray();
            long expected = sum(searches.get(LIBRARY), targets);
            for (Map.Entry<String, SortedInts> search : searches.entrySet()) {
                long nanos = stopwatch.nanos(() -> {
                    long sum = sum(search.getValue(), targets);
                    if (sum != expected) {
                        throw new AssertionError(search.getKey() + " found other places than " + LIBRARY);
                    }
                });
                fastest.merge(search.getKey(), nanos / (double) lookups, Math::min);
            }
        }
        return fastest;
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
