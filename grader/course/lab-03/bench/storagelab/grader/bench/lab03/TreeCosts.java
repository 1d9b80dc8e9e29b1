package storagelab.grader.bench.lab03;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.tree.BalancedTree;
import storagelab.tree.TreeShape;

/** The most keys that a balanced tree compares for a get and for a put, filled in order and at random. */
public final class TreeCosts implements CostProbe {
    private static final int ENTRIES = 50_000;

    private static final class Counting implements Comparator<Integer> {
        private long comparisons;

        @Override
        public int compare(Integer left, Integer right) {
            comparisons++;
            return Integer.compare(left, right);
        }
    }

    @Override
    public List<Cost> count(long seed) {
        int[] shuffled = TreeKeys.shuffledEven(ENTRIES, new Random(seed));
        int[] ascending = shuffled.clone();
        Arrays.sort(ascending);
        List<Cost> costs = new ArrayList<>();
        costs.addAll(fill("ascending", ascending));
        costs.addAll(fill("random", shuffled));
        return costs;
    }

    private static List<Cost> fill(String order, int[] numbers) {
        Counting counting = new Counting();
        BalancedTree<Integer, Integer> tree = new BalancedTree<>(counting);
        long mostOfPuts = 0;
        for (int number : numbers) {
            counting.comparisons = 0;
            tree.put(number, number);
            mostOfPuts = Math.max(mostOfPuts, counting.comparisons);
        }
        long mostOfGets = 0;
        for (int number : numbers) {
            counting.comparisons = 0;
            Integer found = tree.get(number);
            if (found == null || found != number || tree.get(number + 1) != null) {
                throw new WrongAnswerException("get(" + number + ") or get(" + (number + 1) + ") is wrong among 50,000 "
                        + order + " even numbers");
            }
            mostOfGets = Math.max(mostOfGets, counting.comparisons / 2);
        }
        int limit = TreeShape.balancedHeightMax(ENTRIES);
        return List.of(
                Cost.atMost(describe("put", order), (double) mostOfPuts, limit),
                Cost.atMost(describe("get", order), (double) mostOfGets, limit));
    }

    private static String describe(String call, String order) {
        return String.format(Locale.ROOT, "keys compared, the dearest %s, %,d %s keys", call, ENTRIES, order);
    }
}
