package storagelab.tree;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;

/**
 * Where a key would be if the entries of a tree stood in a row, and what stands at a place of that row, without walking
 * along it. All it takes is that every node knows how many entries are below it.
 *
 * <p>That is the other half of the exercise: make {@link CountedNode#count} of your {@link BalancedTree} right, after every
 * {@code put} and every {@code delete}, rotations included, so that {@link BalancedTree#rank} and {@link
 * BalancedTree#select} work.
 *
 * <p>It makes page 1,000 of a list as cheap as page 1: with 20 entries a page, {@code select(19_980)} is its first entry.
 *
 * <p>Example, the counts in brackets:
 *
 * <pre>
 *           40 (6)
 *         /        \
 *     20 (3)       50 (2)
 *     /    \          \
 *  10 (1)  30 (1)     60 (1)
 * </pre>
 *
 * {@code rank(50)}: 50 is greater than 40, so that 40 and the 3 left of it are smaller; at 50, nothing is left of it: 4.
 * {@code rank(35)} is 3, though 35 is not there. {@code select(2)}: 3 are left of 40, so it is the entry 2 of those; 1 is
 * left of 20, and 20 itself makes 2, so it is the entry 0 right of 20: 30.
 */
public final class OrderStatistics {
    private OrderStatistics() {}

    /**
     * Number of keys below {@code root} that are less than {@code key}, which need not be there itself.
     *
     * <p>Cost: compares at most once, and looks at the count of one more node at most, for each node on one way down.
     *
     * @param root of the tree, null if it has no entries
     */
    @Exercise(
            id = "3.3",
            title = "Rank and select: the n-th entry",
            points = 8,
            difficulty = Difficulty.MEDIUM,
            hours = 3,
            needs = "3.2")
    public static <K, V> int rank(@Nullable CountedNode<K, V> root, K key, Comparator<? super K> comparator) {
        // Invariant: rank keys are known to be less; what is not yet decided is below node.
        int rank = 0;
        CountedNode<K, V> node = root;
        while (node != null) {
            if (comparator.compare(node.key(), key) < 0) {
                rank += countOf(node.left()) + 1;
                node = node.right();
            } else {
                node = node.left();
            }
        }
        return rank;
    }

    /**
     * The node whose key has {@code index} smaller ones below {@code root}.
     *
     * <p>Cost: compares nothing, and looks at two nodes at most on each level on one way down.
     *
     * @param root of the tree, null if it has no entries
     * @throws IndexOutOfBoundsException if {@code index} is negative, or there are {@code index} entries or fewer
     */
    @ExercisePart("3.3")
    public static <K, V> CountedNode<K, V> select(@Nullable CountedNode<K, V> root, int index) {
        // Invariant: the node sought is the one with rest smaller keys below node.
        int rest = index;
        CountedNode<K, V> node = index < 0 ? null : root;
        while (node != null) {
            int smaller = countOf(node.left());
            if (rest == smaller) {
                return node;
            }
            if (rest < smaller) {
                node = node.left();
            } else {
                rest -= smaller + 1;
                node = node.right();
            }
        }
        throw new IndexOutOfBoundsException("entry " + index + " of " + countOf(root));
    }

    @Solution
    private static int countOf(@Nullable CountedNode<?, ?> node) {
        return node == null ? 0 : node.count();
    }
}
