package storagelab.tree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Seeds;

@Tag("3.2")
class BalancedTreeTest {
    private final BalancedTree<Integer, String> tree = new BalancedTree<>(Comparator.naturalOrder());

    private static void verify(BalancedTree<?, ?> tree, String when) {
        try {
            tree.verify();
        } catch (AssertionError e) {
            throw new AssertionError(when + ": " + e.getMessage(), e);
        }
    }

    @Test
    @DisplayName("put, get and delete as in any map")
    void map() {
        assertThat("put(4, a) into an empty tree", tree.put(4, "a"), is(nullValue()));
        assertThat("put(4, b) over a", tree.put(4, "b"), is("a"));
        tree.put(2, "c");
        assertThat("get(4)", tree.get(4), is("b"));
        assertThat("floor(3) of 2 and 4", tree.floor(3), is(Map.entry(2, "c")));
        assertThat("delete(4)", tree.delete(4), is("b"));
        assertThat("get(4) after delete(4)", tree.get(4), is(nullValue()));
        assertThat("size()", tree.size(), is(1));
    }

    @Test
    @DisplayName("seven keys in a row, from either side or from both in turn, are no list")
    void rotations() {
        for (int[] order :
                new int[][] {{1, 2, 3, 4, 5, 6, 7}, {7, 6, 5, 4, 3, 2, 1}, {7, 1, 6, 2, 5, 3, 4}, {1, 7, 2, 6, 3, 5, 4}
                }) {
            BalancedTree<Integer, String> seven = new BalancedTree<>(Comparator.naturalOrder());
            for (int i = 0; i < order.length; i++) {
                seven.put(order[i], "v");
                verify(seven, "after put of the first " + (i + 1) + " of " + Arrays.toString(order));
            }
            assertThat("entries", seven.size(), is(7));
        }
    }

    @Test
    @DisplayName("deletes keep it low: of 1,000 keys, all but those on the longest way from the root go")
    void deletesBesideTheLongestWay() {
        for (int key = 0; key < 1000; key++) {
            tree.put(key, "v");
        }
        Set<Integer> kept = new HashSet<>();
        TreeNode<Integer, String> node = tree.root();
        while (node != null) {
            kept.add(node.key());
            node = TreeShape.height(node.left()) > TreeShape.height(node.right()) ? node.left() : node.right();
        }
        for (int key = 0; key < 1000; key++) {
            if (!kept.contains(key)) {
                tree.delete(key);
                verify(tree, "after delete of every key below " + (key + 1) + " but " + kept);
            }
        }
        assertThat("entries that are left", tree.size(), is(kept.size()));
    }

    @Test
    @DisplayName("ascending keys keep it low, and so does deleting them from one end")
    void ascending() {
        for (int key = 0; key < 2000; key++) {
            tree.put(key, "v");
            tree.verify();
        }
        for (int key = 0; key < 2000; key++) {
            tree.delete(key);
            tree.verify();
        }
        assertThat("size() when all are deleted", tree.size(), is(0));
    }

    @Test
    @DisplayName("random puts and deletes: the same as a TreeMap after each, and low after each")
    void randomChanges() {
        Seeds.check(20, random -> {
            BalancedTree<Integer, Integer> mine = new BalancedTree<>(Comparator.naturalOrder());
            TreeMap<Integer, Integer> right = new TreeMap<>();
            for (int i = 0; i < 500; i++) {
                int key = random.nextInt(100);
                if (random.nextInt(5) < 3) {
                    assertThat("put(" + key + ")", mine.put(key, i), is(right.put(key, i)));
                } else {
                    assertThat("delete(" + key + ")", mine.delete(key), is(right.remove(key)));
                }
                verify(mine, "after change " + i + ", of key " + key);
            }
            assertThat("entries", new NavigableMapView<>(mine), is(right));
        });
    }

    @Test
    @DisplayName("height is at most 2·log2(n + 1)")
    void height() {
        for (int key = 0; key < 100_000; key++) {
            tree.put(key, "v");
        }
        assertThat("height() of 100,000 ascending keys", tree.height(), is(lessThanOrEqualTo(33)));
    }
}
