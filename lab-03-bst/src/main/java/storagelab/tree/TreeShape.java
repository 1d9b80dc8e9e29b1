package storagelab.tree;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Measures and checks any tree from the outside, node by node. Nothing here recurses, so that a tree may be as deep as it
 * likes; every method visits every node once.
 */
public final class TreeShape {
    private TreeShape() {}

    /** A node that is still to be looked at, and its distance from the top, where 1 is the root. */
    private record Place<N>(N node, int depth) {}

    /** Number of nodes on the longest way from {@code root} down; 0 for null. */
    public static int height(@Nullable TreeNode<?, ?> root) {
        Deque<Place<TreeNode<?, ?>>> waiting = new ArrayDeque<>();
        if (root != null) {
            waiting.push(new Place<>(root, 1));
        }
        int height = 0;
        while (!waiting.isEmpty()) {
            Place<TreeNode<?, ?>> place = waiting.pop();
            height = Math.max(height, place.depth);
            TreeNode<?, ?> left = place.node.left();
            TreeNode<?, ?> right = place.node.right();
            if (left != null) {
                waiting.push(new Place<>(left, place.depth + 1));
            }
            if (right != null) {
                waiting.push(new Place<>(right, place.depth + 1));
            }
        }
        return height;
    }

    /** The height that a balanced tree of {@code entries} entries may have: 2·log₂(entries + 1), rounded down. */
    public static int balancedHeightMax(int entries) {
        return (int) Math.floor(2 * Math.log(entries + 1.0) / Math.log(2) + 1e-9);
    }

    /**
     * Checks that the keys ascend from left to right and that there are {@code entries} of them.
     *
     * @throws AssertionError with the first two neighbours in the wrong order, or with the two numbers
     */
    public static <K, V> void verify(@Nullable TreeNode<K, V> root, Comparator<? super K> comparator, int entries) {
        // The way from the root to the next node: those nodes whose left side has been or is being looked at.
        Deque<TreeNode<K, V>> waiting = new ArrayDeque<>();
        TreeNode<K, V> previous = null;
        int seen = 0;
        TreeNode<K, V> next = root;
        while (next != null || !waiting.isEmpty()) {
            for (; next != null; next = next.left()) {
                waiting.push(next);
                require(waiting.size() <= entries, "more nodes on one way than size() says: " + entries);
            }
            TreeNode<K, V> node = waiting.pop();
            if (previous != null) {
                requireAscending(previous.key(), node.key(), comparator);
            }
            seen++;
            require(seen <= entries, "more nodes than size() says: " + entries);
            previous = node;
            next = node.right();
        }
        require(seen == entries, seen + " nodes, but size() says " + entries);
    }

    /**
     * Checks that every node has the right {@link CountedNode#count}.
     *
     * @throws AssertionError with the key of a node whose count is wrong
     */
    public static void verifyCounts(@Nullable CountedNode<?, ?> root) {
        Deque<CountedNode<?, ?>> waiting = new ArrayDeque<>();
        if (root != null) {
            waiting.push(root);
        }
        while (!waiting.isEmpty()) {
            CountedNode<?, ?> node = waiting.pop();
            CountedNode<?, ?> left = node.left();
            CountedNode<?, ?> right = node.right();
            int below = (left == null ? 0 : left.count()) + (right == null ? 0 : right.count());
            require(
                    node.count() == below + 1,
                    "the node of key " + node.key() + " counts " + node.count() + ", with " + below + " below it");
            if (left != null) {
                waiting.push(left);
            }
            if (right != null) {
                waiting.push(right);
            }
        }
    }

    private static <K> void requireAscending(K key, K next, Comparator<? super K> comparator) {
        require(comparator.compare(key, next) < 0, "key " + next + " comes after key " + key);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
