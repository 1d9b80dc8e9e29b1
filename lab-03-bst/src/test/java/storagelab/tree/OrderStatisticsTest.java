package storagelab.tree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("3.3")
class OrderStatisticsTest {
    private static final Comparator<Integer> ORDER = Comparator.naturalOrder();

    /** The tree of the example, made by hand. */
    private static final Node EXAMPLE = new Node(
            40,
            6,
            new Node(20, 3, new Node(10, 1, null, null), new Node(30, 1, null, null)),
            new Node(50, 2, null, new Node(60, 1, null, null)));

    private record Node(
            Integer key,
            int count,
            @Nullable Node left,
            @Nullable Node right) implements CountedNode<Integer, String> {
        @Override
        public String value() {
            return "v" + key;
        }
    }

    @Test
    @DisplayName("the ranks of keys that are there and of keys that are not")
    void rank() {
        assertThat("rank(50) among 10, 20 … 60", OrderStatistics.rank(EXAMPLE, 50, ORDER), is(4));
        assertThat("rank(35) among 10, 20 … 60", OrderStatistics.rank(EXAMPLE, 35, ORDER), is(3));
        assertThat("rank(5) among 10, 20 … 60", OrderStatistics.rank(EXAMPLE, 5, ORDER), is(0));
        assertThat("rank(99) among 10, 20 … 60", OrderStatistics.rank(EXAMPLE, 99, ORDER), is(6));
        assertThat("rank(1) in no tree at all", OrderStatistics.rank(null, 1, ORDER), is(0));
    }

    @Test
    @DisplayName("the entry at every place, and none at the places outside")
    void select() {
        for (int index = 0; index < 6; index++) {
            assertThat(
                    "select(" + index + ") among 10, 20 … 60",
                    OrderStatistics.select(EXAMPLE, index).key(),
                    is(10 * (index + 1)));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> OrderStatistics.select(EXAMPLE, 6), "select(6) of 6");
        assertThrows(IndexOutOfBoundsException.class, () -> OrderStatistics.select(EXAMPLE, -1), "select(-1)");
    }

    @Test
    @DisplayName("a balanced tree counts right while it is rotated")
    void countsOfABalancedTree() {
        for (boolean ascending : new boolean[] {true, false}) {
            BalancedTree<Integer, String> tree = new BalancedTree<>(ORDER);
            for (int i = 0; i < 1000; i++) {
                int key = ascending ? i : 999 - i;
                tree.put(key, "v" + key);
            }
            for (int key = 0; key < 1000; key += 2) {
                tree.delete(key);
            }
            TreeShape.verifyCounts(tree.root());
            assertThat("rank(501) among the odd numbers", tree.rank(501), is(250));
            assertThat("select(250) among the odd numbers", tree.select(250), is(Map.entry(501, "v501")));
        }
    }
}
