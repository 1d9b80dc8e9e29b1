package storagelab.grader.hidden.lab03;

import static org.hamcrest.MatcherAssert.assertThat;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.testkit.StoreMatchers.atMost;

import com.google.common.collect.Collections2;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Seeds;
import storagelab.tree.BalancedTree;
import storagelab.tree.OrderedMap;
import storagelab.tree.TreeNode;
import storagelab.tree.TreeShape;

/**
 * Exercise 3.2: a balanced tree of any kind. Its height is measured twice: along its nodes, and by the comparisons that a
 * search takes, which no node can make up.
 */
@Tag("3.2")
class BalancedTreeHiddenTest extends MapContract {
    private static final String ADVICE = "is the tree balanced after every put and every delete?";

    @Override
    <K> OrderedMap<K, String> newMap(Comparator<? super K> comparator) {
        return new BalancedTree<>(comparator);
    }

    @Override
    void verify(OrderedMap<Integer, String> map, String when) {
        verifyLow((BalancedTree<Integer, String>) map, when);
    }

    @Test
    @DisplayName("every order of seven keys: low and in order after each put")
    void everyOrderOfSevenKeys() {
        for (List<Integer> order : Collections2.permutations(List.of(1, 2, 3, 4, 5, 6, 7))) {
            BalancedTree<Integer, String> tree = new BalancedTree<>(Comparator.naturalOrder());
            for (int key : order) {
                tree.put(key, "v");
                verifyLow(tree, "while " + order + " are put");
            }
        }
    }

    @Test
    @DisplayName("every order of deleting from trees of seven keys: low and in order after each delete")
    void everyOrderOfDeletes() {
        for (List<Integer> order : Collections2.permutations(List.of(1, 2, 3, 4, 5, 6, 7))) {
            for (int shape = 0; shape < 3; shape++) {
                BalancedTree<Integer, String> tree = new BalancedTree<>(Comparator.naturalOrder());
                int multiplier = new int[] {1, 3, 7}[shape];
                for (int i = 1; i <= 7; i++) {
                    tree.put(multiplier == 7 ? 8 - i : i * multiplier % 7 + 1, "v");
                }
                for (int key : order) {
                    tree.delete(key);
                    verifyLow(tree, "while " + order + " are deleted");
                }
            }
        }
    }

    @Test
    @DisplayName("ascending, descending, to and fro, inwards: low after each of 1,000 puts")
    void orderedPuts() {
        int count = 1000;
        putAll("ascending", count, i -> i);
        putAll("descending", count, i -> -i);
        putAll("alternating outwards", count, i -> i % 2 == 0 ? i : -i);
        putAll("from both ends inwards", count, i -> i % 2 == 0 ? i : 2 * count - i);
        putAll("by sevens", count, i -> i * 7 % 1009);
    }

    @Test
    @DisplayName("deletes from the left, from the right, of every second, at the root, of one half: low after each")
    void orderedDeletes() {
        int count = 800;
        deleteAll("from the left", IntStream.range(0, count).boxed().toList());
        deleteAll(
                "from the right",
                IntStream.range(0, count).mapToObj(i -> count - 1 - i).toList());
        deleteAll(
                "of every second key, then the others",
                IntStream.range(0, count)
                        .mapToObj(i -> i < count / 2 ? 2 * i : 2 * (i - count / 2) + 1)
                        .toList());
        deleteAll(
                "outwards from the middle",
                IntStream.range(0, count)
                        .mapToObj(i -> count / 2 + (i % 2 == 0 ? i / 2 : -(i + 1) / 2))
                        .toList());
        deleteAll(
                "of the upper half from its middle on",
                IntStream.range(0, count / 2)
                        .mapToObj(i -> count / 2 + (i + count / 4) % (count / 2))
                        .toList());
    }

    @Test
    @DisplayName("the root deleted over and over: low after each")
    void rootDeletes() {
        BalancedTree<Integer, String> tree = ascending(Comparator.naturalOrder(), 800);
        for (int left = 800; left > 0; left--) {
            Integer key =
                    tree.root() == null ? Integer.valueOf(-1) : tree.root().key();
            assertEquals(
                    Optional.of("v"), Optional.ofNullable(tree.delete(key)), "delete of the key of the root, " + key);
            verifyLow(tree, "after the root was deleted, " + (left - 1) + " left");
        }
    }

    @Test
    @DisplayName("a search compares at most 2·log2(n + 1) times: 10,000 ascending keys, and after most are deleted")
    void comparisons() {
        CountingOrder<Integer> order = new CountingOrder<>();
        BalancedTree<Integer, String> tree = ascending(order, 10_000);
        searchesAreShort(tree, order, "of 10,000 ascending keys", 10_000);
        for (int key = 0; key < 9_900; key++) {
            order.reset();
            long limit = TreeShape.balancedHeightMax(tree.size());
            tree.delete(key);
            assertThat("delete(" + key + ")", order.comparisons(), atMost(limit, "comparisons", ADVICE));
        }
        searchesAreShort(tree, order, "after the lower 9,900 of 10,000 keys were deleted", 10_000);
        for (int key = 0; key < 1_000; key++) {
            order.reset();
            long limit = TreeShape.balancedHeightMax(tree.size());
            tree.put(-key, "v");
            assertThat("put(" + -key + ")", order.comparisons(), atMost(limit, "comparisons", ADVICE));
        }
        searchesAreShort(tree, order, "after 1,000 descending keys were put below", 10_000);
    }

    @Test
    @DisplayName("the nodes below root() show the entries, keys and values")
    void nodesShowTheEntries() {
        BalancedTree<Integer, String> tree = new BalancedTree<>(Comparator.naturalOrder());
        Map<Integer, String> right = new TreeMap<>();
        for (int key = 0; key < 50; key++) {
            tree.put(key * 7 % 50, "v" + key);
            right.put(key * 7 % 50, "v" + key);
        }
        Map<Integer, String> shown = new TreeMap<>();
        Deque<TreeNode<Integer, String>> waiting = new ArrayDeque<>();
        Optional.<TreeNode<Integer, String>>ofNullable(tree.root()).ifPresent(waiting::push);
        while (!waiting.isEmpty()) {
            TreeNode<Integer, String> node = waiting.pop();
            shown.put(node.key(), node.value());
            Optional.ofNullable(node.left()).ifPresent(waiting::push);
            Optional.ofNullable(node.right()).ifPresent(waiting::push);
        }
        assertEquals(right, shown, "the entries in the nodes below root()");
    }

    @Test
    @DisplayName("first and last compare nothing")
    void endsCompareNothing() {
        CountingOrder<Integer> order = new CountingOrder<>();
        BalancedTree<Integer, String> tree = ascending(order, 100);
        order.reset();
        tree.first();
        tree.last();
        assertEquals(0, order.comparisons(), "comparisons of first() and last()");
    }

    @Test
    @DisplayName("it grows to thousands of keys and shrinks to a few, again and again, at random, and stays low")
    void growsAndShrinks() {
        Seeds.check(3, random -> {
            CountingOrder<Integer> order = new CountingOrder<>();
            BalancedTree<Integer, String> tree = new BalancedTree<>(order);
            for (int round = 0; round < 3; round++) {
                List<Integer> keys =
                        new ArrayList<>(IntStream.range(0, 4000).boxed().toList());
                Collections.shuffle(keys, random);
                for (int key : keys) {
                    tree.put(key, "v");
                }
                verifyLow(tree, "with 4,000 random keys");
                Collections.shuffle(keys, random);
                for (int key : keys.subList(0, 3900)) {
                    tree.delete(key);
                    if (tree.size() % 300 == 0) {
                        verifyLow(tree, "while random keys are deleted");
                    }
                }
                verifyLow(tree, "with 100 of 4,000 random keys left");
                searchesAreShort(tree, order, "with 100 of 4,000 random keys left", 4000);
            }
        });
    }

    @Test
    @DisplayName("200,000 keys put and deleted in order: no change costs more than a few steps")
    void manyKeys() {
        BalancedTree<Integer, String> tree = ascending(Comparator.naturalOrder(), 200_000);
        verifyLow(tree, "with 200,000 ascending keys");
        for (int key = 0; key < 199_000; key++) {
            tree.delete(key);
        }
        verifyLow(tree, "after the lower 199,000 of 200,000 keys were deleted");
    }

    private static void putAll(String order, int count, IntUnaryOperator key) {
        BalancedTree<Integer, String> tree = new BalancedTree<>(Comparator.naturalOrder());
        for (int i = 0; i < count; i++) {
            tree.put(key.applyAsInt(i), "v");
            verifyLow(tree, "after " + (i + 1) + " puts, " + order);
        }
        assertEquals(count, tree.size(), "size() after " + count + " different keys, " + order);
    }

    private static void deleteAll(String order, List<Integer> keys) {
        BalancedTree<Integer, String> tree = ascending(Comparator.naturalOrder(), 800);
        int deleted = 0;
        for (int key : keys) {
            tree.delete(key);
            deleted++;
            verifyLow(tree, "after " + deleted + " deletes " + order);
        }
        assertEquals(800 - keys.size(), tree.size(), "size() after deletes " + order);
    }

    private static BalancedTree<Integer, String> ascending(Comparator<Integer> order, int count) {
        BalancedTree<Integer, String> tree = new BalancedTree<>(order);
        for (int key = 0; key < count; key++) {
            tree.put(key, "v");
        }
        return tree;
    }

    /** Searches for keys that are there and for keys that are not, up to {@code keys}. */
    private static void searchesAreShort(
            BalancedTree<Integer, String> tree, CountingOrder<Integer> order, String when, int keys) {
        long limit = TreeShape.balancedHeightMax(tree.size());
        for (int key = -10; key < keys; key += 1 + keys / 2000) {
            order.reset();
            tree.get(key);
            tree.floor(key);
            tree.higher(key);
            assertThat(
                    "get, floor and higher of " + key + " " + when + ", " + tree.size() + " entries",
                    order.comparisons(),
                    atMost(3 * limit, "comparisons", ADVICE));
        }
    }

    /** Checks order, size and height. */
    static <K> void verifyLow(BalancedTree<K, String> tree, String when) {
        try {
            TreeShape.verify(tree.root(), tree.comparator(), tree.size());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + " " + when, e);
        }
        int height = TreeShape.height(tree.root());
        int limit = TreeShape.balancedHeightMax(tree.size());
        if (height > limit) {
            throw new AssertionError("height " + height + " with " + tree.size() + " entries, " + limit + " allowed, "
                    + when + "; " + ADVICE);
        }
    }
}
