package storagelab.tree.experiment;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.util.Comparator;
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
import storagelab.tree.BalancedTree;
import storagelab.tree.BinarySearchTree;
import storagelab.tree.OrderedMap;
import storagelab.tree.SearchTree;
import storagelab.tree.TreeShape;
import storagelab.tree.toy.ToyTree;

/**
 * Ascending keys go into the toy, the plain tree, and the balanced tree, and random ones into the plain tree: how high
 * each gets, what a get costs then, and how far the toy comes before the stack of its thread is full.
 */
public final class SortedInputExperiment implements Experiment {
    private static final int PREDICTED_KEYS = 10_000;

    /** The toy recurses in a thread of its own, so that it overflows nobody else's stack. */
    private static final long TOY_STACK_BYTES = 512 << 10;

    /** Nodes that the gets of one round may visit in a tree that is a list; it gets fewer gets, so that it ends. */
    private static final long VISITS_MAX = 4_000_000;

    private static final int GETS_MAX = 2_000;
    private static final int ROUNDS = 15;

    /** For the service loader. */
    public SortedInputExperiment() {}

    @Override
    public String id() {
        return "3.sorted-input";
    }

    @Override
    public String question() {
        return "What do ascending keys do to a search tree?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A plain search tree got 10,000 keys in ascending order. How many does a get compare on average?",
                "keys");
    }

    /** The natural order, with a count. */
    private static final class Counting implements Comparator<Integer> {
        private long comparisons;

        @Override
        public int compare(Integer left, Integer right) {
            comparisons++;
            return Integer.compare(left, right);
        }
    }

    /** What a tree of n keys is like, on average over gets. */
    private record Shape(int height, double comparisons, double getNanos) {}

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        ResultTable.Builder table = ResultTable.builder()
                .column("keys")
                .column("toy: keys it took")
                .column("plain, ascending: height")
                .column("plain, random: height")
                .column("balanced, ascending: height")
                .column("2·log2(n + 1)")
                .column("plain, ascending: compared by a get")
                .column("balanced, ascending: compared by a get")
                .column("plain, ascending: get", "ns")
                .column("balanced, ascending: get", "ns");
        List<Plot.SeriesBuilder> heights = List.of(
                Plot.Series.named("plain, ascending"),
                Plot.Series.named("plain, random"),
                Plot.Series.named("balanced, ascending"));
        Plot.SeriesBuilder bound = Plot.Series.named("2·log2(n + 1)");
        List<Plot.SeriesBuilder> times =
                List.of(Plot.Series.named("plain, ascending"), Plot.Series.named("balanced, ascending"));
        int largest = context.pick(1_000_000, 100_000);
        double answer = 0;
        int toy = 0;
        Shape plain = new Shape(0, 0, 0);
        Shape balanced = plain;
        measure(context, filled(new BinarySearchTree<>(new Counting()), ascending(1000)), 1000);
        for (int keys = 100; keys <= largest; keys *= 10) {
            context.progress(Quantity.number(keys) + " keys", Math.log10(keys / 100.0) / 5);
            toy = toyKeys(keys);
            plain = measure(context, filled(new BinarySearchTree<>(new Counting()), ascending(keys)), keys);
            balanced = measure(context, filled(new BalancedTree<>(new Counting()), ascending(keys)), keys);
            int random = TreeShape.height(
                    filled(new BinarySearchTree<>(new Counting()), shuffled(keys, new SplittableRandom(context.seed())))
                            .root());
            double limit = 2 * Math.log(keys + 1.0) / Math.log(2);
            table.row(
                    keys,
                    toy,
                    plain.height,
                    random,
                    balanced.height,
                    limit,
                    plain.comparisons,
                    balanced.comparisons,
                    plain.getNanos,
                    balanced.getNanos);
            heights.get(0).add(keys, plain.height);
            heights.get(1).add(keys, random);
            heights.get(2).add(keys, balanced.height);
            bound.add(keys, limit);
            times.get(0).add(keys, plain.getNanos);
            times.get(1).add(keys, balanced.getNanos);
            answer = keys == PREDICTED_KEYS ? plain.comparisons : answer;
        }
        Axis x = Axis.logarithmic("keys", "");
        return new ExperimentResult(
                table.build(),
                List.of(
                        new Plot.Curves(
                                "Height of a search tree",
                                x,
                                Axis.logarithmic("height", "nodes"),
                                List.of(
                                        heights.get(0).as(Style.MARKS_AND_LINE),
                                        heights.get(1).as(Style.MARKS_AND_LINE),
                                        heights.get(2).as(Style.MARKS_AND_LINE),
                                        bound.as(Style.DASHED_LINE))),
                        new Plot.Curves(
                                "Time of a get after ascending puts",
                                x,
                                Axis.logarithmic("time per get", "ns"),
                                times.stream()
                                        .map(one -> one.as(Style.MARKS_AND_LINE))
                                        .toList())),
                answer,
                observation(largest, toy, plain, balanced));
    }

    private static String observation(int keys, int toy, Shape plain, Shape balanced) {
        return "With " + Quantity.number(keys) + " ascending keys the plain tree is " + Quantity.number(plain.height)
                + " high and a get takes " + Quantity.duration(plain.getNanos) + "; the balanced tree is "
                + Quantity.number(balanced.height) + " high and a get takes " + Quantity.duration(balanced.getNanos)
                + ". The toy, which recurses, took " + Quantity.number(toy) + " of them"
                + (toy < keys ? " before a stack of 512 KiB was full." : ".");
    }

    /** How many of {@code keys} ascending keys the toy takes; all of them, if its stack holds so long. */
    private static int toyKeys(int keys) {
        ToyTree toy = new ToyTree();
        int[] taken = new int[1];
        boolean[] overflowed = new boolean[1];
        Runnable fill = () -> {
            try {
                for (; taken[0] < keys; taken[0]++) {
                    toy.put(taken[0], taken[0]);
                }
            } catch (StackOverflowError thatFar) {
                overflowed[0] = true;
            }
        };
        Thread thread = new Thread(null, fill, "toy", TOY_STACK_BYTES);
        thread.start();
        Uninterruptibles.joinUninterruptibly(thread);
        return overflowed[0] ? taken[0] : keys;
    }

    private static Shape measure(ExperimentContext context, SearchTree<Integer, Integer> tree, int keys)
            throws IOException {
        int height = TreeShape.height(tree.root());
        int gets = (int) Math.max(20, Math.min(GETS_MAX, VISITS_MAX / Math.max(height, 1)));
        Integer[] targets =
                new SplittableRandom(context.seed()).ints(gets, 0, keys).boxed().toArray(Integer[]::new);
        Counting order = (Counting) tree.comparator();
        order.comparisons = 0;
        getAll(tree, targets);
        double comparisons = (double) order.comparisons / gets;
        long nanos = new Stopwatch(context).fastestNanos(ROUNDS, () -> getAll(tree, targets));
        return new Shape(height, comparisons, (double) nanos / gets);
    }

    private static void getAll(OrderedMap<Integer, Integer> tree, Integer[] targets) {
        for (Integer target : targets) {
            if (!target.equals(tree.get(target))) {
                throw new AssertionError("get(" + target + ") does not give what was put");
            }
        }
    }

    private static <T extends OrderedMap<Integer, Integer>> T filled(T tree, Integer[] keys) {
        for (Integer key : keys) {
            tree.put(key, key);
        }
        return tree;
    }

    private static Integer[] ascending(int count) {
        Integer[] keys = new Integer[count];
        for (int i = 0; i < count; i++) {
            keys[i] = i;
        }
        return keys;
    }

    private static Integer[] shuffled(int count, SplittableRandom random) {
        Integer[] keys = ascending(count);
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            Integer key = keys[i];
            keys[i] = keys[other];
            keys[other] = key;
        }
        return keys;
    }
}
