package storagelab.tree;

import org.jspecify.annotations.Nullable;

/**
 * An ordered map that is a binary search tree and lets its nodes be seen.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public interface SearchTree<K, V> extends OrderedMap<K, V> {
    /** The root; null if there are no entries. */
    @Nullable
    TreeNode<K, V> root();

    /** Number of nodes on the longest way from the root down; 0 if there are no entries. Cost: visits every node. */
    default int height() {
        return TreeShape.height(root());
    }

    /** A cursor over the entries, at none of them. It must not be used any more once the tree has changed. */
    default TreeCursor<K, V> cursor() {
        return new InOrderCursor<>(root(), comparator());
    }

    /**
     * Proves that this is a search tree: keys ascend from left to right, and there are as many nodes as {@link #size}
     * says.
     *
     * @throws AssertionError that names the keys or numbers that are wrong
     */
    default void verify() {
        TreeShape.verify(root(), comparator(), size());
    }
}
