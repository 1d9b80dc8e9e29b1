package storagelab.grader.hidden.lab03;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.testkit.StoreMatchers.atMost;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.hamcrest.Matcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Seeds;
import storagelab.tree.BalancedTree;
import storagelab.tree.CountedNode;
import storagelab.tree.OrderStatistics;
import storagelab.tree.TreeShape;

/** Exercise 3.3: rank and select over nodes that count who looks at them, and the counts of the balanced tree. */
@Tag("3.3")
class OrderStatisticsHiddenTest {
    private static final Comparator<Long> ORDER = Comparator.naturalOrder();
    private static final int LONGEST = Integer.MAX_VALUE;

    /**
     * The nodes of a tree of the keys 0, 10, 20 … that are made when they are looked at, so that a tree of two billion
     * costs nothing. Each says to the others of its tree that it was looked at.
     */
    private static final class VirtualNode implements CountedNode<Long, String> {
        private final int from;
        private final int to;
        private final Shape shape;
        private boolean seen;

        /** Where the root of the entries from {@code from} to before {@code to} is. */
        private interface Split {
            int root(int from, int to);
        }

        /** What the nodes of one tree share. */
        private static final class Shape {
            private final Split split;
            private long seen;

            Shape(Split split) {
                this.split = split;
            }
        }

        private VirtualNode(int from, int to, Shape shape) {
            this.from = from;
            this.to = to;
            this.shape = shape;
        }

        static VirtualNode root(int count, Split split) {
            return new VirtualNode(0, count, new Shape(split));
        }

        static VirtualNode perfect(int count) {
            return root(count, (from, to) -> from + (to - from) / 2);
        }

        /** Nodes that were looked at since the root was made. */
        long seen() {
            return shape.seen;
        }

        private int index() {
            return shape.split.root(from, to);
        }

        private void look() {
            if (!seen) {
                seen = true;
                shape.seen++;
            }
        }

        @Override
        public Long key() {
            look();
            return 10L * index();
        }

        @Override
        public String value() {
            look();
            return "v" + index();
        }

        @Override
        public int count() {
            look();
            return to - from;
        }

        @Override
        public @Nullable VirtualNode left() {
            look();
            int index = index();
            return index == from ? null : new VirtualNode(from, index, shape);
        }

        @Override
        public @Nullable VirtualNode right() {
            look();
            int index = index();
            return index == to - 1 ? null : new VirtualNode(index + 1, to, shape);
        }
    }

    @Test
    @DisplayName("every rank and every place, in perfect, leaning and random trees of 0 to 60 entries")
    void everyPlace() {
        Random random = new Random(7);
        List<VirtualNode.Split> shapes = List.of(
                (from, to) -> from + (to - from) / 2,
                (from, to) -> from,
                (from, to) -> to - 1,
                (from, to) -> from + (to - from) / 3,
                (from, to) -> from + (from * 31 + to * 17) % (to - from));
        for (int count = 1; count <= 60; count++) {
            for (VirtualNode.Split split : shapes) {
                VirtualNode root = VirtualNode.root(count, split);
                for (int index = 0; index < count; index++) {
                    String where = " in a tree of the keys 0, 10 … " + 10 * (count - 1);
                    assertEquals(
                            index, OrderStatistics.rank(root, 10L * index, ORDER), "rank(" + 10 * index + ")" + where);
                    long between = 10L * index + 1 + random.nextInt(9);
                    assertEquals(
                            index + 1L, OrderStatistics.rank(root, between, ORDER), "rank(" + between + ")" + where);
                    assertEquals(
                            Optional.of(10L * index),
                            Optional.of(OrderStatistics.select(root, index).key()),
                            "select(" + index + ")" + where);
                }
                assertEquals(0, OrderStatistics.rank(root, -1L, ORDER), "rank(-1), below all keys");
            }
        }
        assertEquals(0, OrderStatistics.rank(null, 5L, ORDER), "rank(5) in an empty tree");
    }

    @Test
    @DisplayName("there is no entry at -1, at n and beyond, and none in an empty tree")
    void outside() {
        for (int count : new int[] {1, 2, 7, 100}) {
            VirtualNode root = VirtualNode.perfect(count);
            for (int index : new int[] {-1, Integer.MIN_VALUE, count, count + 1, Integer.MAX_VALUE}) {
                assertThrows(
                        IndexOutOfBoundsException.class,
                        () -> OrderStatistics.select(root, index),
                        "select(" + index + ") of " + count + " entries");
            }
        }
        assertThrows(IndexOutOfBoundsException.class, () -> OrderStatistics.select(null, 0), "select(0) of none");
    }

    @Test
    @DisplayName("two billion entries: right at both ends and in the middle, with 31 comparisons and 62 nodes at most")
    void longest() {
        CountingOrder<Long> order = new CountingOrder<>();
        for (int index : new int[] {0, 1, 2, 1 << 30, (1 << 30) - 1, 1_500_000_000, LONGEST - 2, LONGEST - 1}) {
            VirtualNode root = VirtualNode.perfect(LONGEST);
            order.reset();
            assertEquals(index, OrderStatistics.rank(root, 10L * index, order), "rank of the key at " + index);
            assertThat(
                    "rank of the key at " + index, order.comparisons(), atMost(31, "comparisons", "go one way down"));
            assertThat("rank of the key at " + index, root.seen(), nodesAtMost(31));

            root = VirtualNode.perfect(LONGEST);
            CountedNode<Long, String> found = OrderStatistics.select(root, index);
            assertThat("select(" + index + ")", root.seen(), nodesAtMost(31));
            assertEquals(Optional.of(10L * index), Optional.of(found.key()), "select(" + index + ")");
        }
        assertEquals(
                LONGEST,
                OrderStatistics.rank(VirtualNode.perfect(LONGEST), Long.MAX_VALUE, order),
                "rank above all keys");
    }

    @Test
    @DisplayName(
            "a page costs the same wherever it is: select looks at two nodes a level at most, and compares nothing")
    void pages() {
        int entries = 1_000_000;
        for (int page : new int[] {0, 1, 999, 25_000, 49_999}) {
            for (int line = 0; line < 20; line++) {
                VirtualNode root = VirtualNode.perfect(entries);
                int index = 20 * page + line;
                OrderStatistics.select(root, index);
                assertThat("select(" + index + ") of a million", root.seen(), nodesAtMost(20));
            }
        }
    }

    @Test
    @DisplayName("rank looks at two nodes a level at most, whatever key is asked for")
    void costOfRank() {
        for (int count : new int[] {1, 2, 10, 1000, 100_000}) {
            int levels = 32 - Integer.numberOfLeadingZeros(count);
            for (int step = 0; step <= 200; step++) {
                VirtualNode root = VirtualNode.perfect(count);
                long key = 10L * count * step / 200 - 5;
                OrderStatistics.rank(root, key, ORDER);
                assertThat("rank(" + key + ") among " + count, root.seen(), nodesAtMost(levels));
            }
        }
    }

    @Test
    @DisplayName("every node of the balanced tree counts right after each of random puts and deletes")
    void countsAfterEveryChange() {
        Seeds.check(60, random -> {
            MapModel model = new MapModel(new BalancedTree<>(Comparator.naturalOrder()));
            model.change(random, 150, 40, changed -> countsAreRight(changed, changed.history()));
        });
    }

    @Test
    @DisplayName("counts are right while ascending keys rotate the tree, and while they are deleted from either end")
    void countsWhileRotating() {
        MapModel model = new MapModel(new BalancedTree<>(Comparator.naturalOrder()));
        for (int key = 0; key < 300; key++) {
            model.put(key, "v");
            countsAreRight(model, model.history());
        }
        for (int key = 0; key < 150; key++) {
            model.delete(key);
            countsAreRight(model, model.history());
            model.delete(299 - key);
            countsAreRight(model, model.history());
        }
    }

    @Test
    @DisplayName("a put over a key that is there, and a delete of one that is not, count nothing")
    void nothingChanges() {
        MapModel model = new MapModel(new BalancedTree<>(Comparator.naturalOrder()));
        for (int key = 0; key < 100; key++) {
            model.put(2 * key, "v");
        }
        for (int key = -1; key < 200; key += 2) {
            model.put(key + 1, "again");
            model.delete(key);
            countsAreRight(model, model.history());
        }
    }

    @Test
    @DisplayName("rank and select of the balanced tree say where every key of a random set is")
    void rankAndSelectOfTheTree() {
        Seeds.check(5, random -> {
            MapModel model = new MapModel(new BalancedTree<>(Comparator.naturalOrder()));
            model.change(random, 3000, 2000, changed -> {});
            BalancedTree<Integer, String> tree = (BalancedTree<Integer, String>) model.mine();
            List<Map.Entry<Integer, String>> row = new ArrayList<>(model.right().entrySet());
            for (int index = 0; index < row.size(); index++) {
                assertEquals(row.get(index), tree.select(index), "select(" + index + ")");
                assertEquals(index, tree.rank(row.get(index).getKey()), "rank of the key at " + index);
            }
        });
    }

    @Test
    @DisplayName("a count is kept, not counted: 100,000 ranks among 100,000 keys")
    void countsAreKept() {
        BalancedTree<Integer, String> tree = new BalancedTree<>(Comparator.naturalOrder());
        for (int key = 0; key < 100_000; key++) {
            tree.put(key, "v");
        }
        for (int key = 0; key < 100_000; key++) {
            assertEquals(key, tree.rank(key), "rank(" + key + ") among the numbers below 100,000");
        }
    }

    private static void countsAreRight(MapModel model, String history) {
        BalancedTree<Integer, String> tree = (BalancedTree<Integer, String>) model.mine();
        try {
            TreeShape.verifyCounts(tree.root());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + " after" + history, e);
        }
        assertEquals(
                model.right().size(),
                tree.root() == null ? 0 : tree.root().count(),
                "count() of the root after" + history);
        assertEquals(model.right().size(), tree.rank(Integer.MAX_VALUE), "rank above all keys after" + history);
    }

    private static Matcher<Long> nodesAtMost(int levels) {
        return atMost(2L * levels, "nodes looked at", "look at the count of a side instead of walking through it");
    }
}
