package storagelab.tree;

import org.jspecify.annotations.Nullable;

/**
 * A node of a binary search tree, as far as others may look at it: for walking, drawing and checking.
 *
 * <p>Invariant: every key below {@link #left} is less than {@link #key}, every key below {@link #right} greater.
 *
 * <p>A node is always the same object: {@code left()} called twice, without a change of the tree in between, gives the
 * same node twice. Make your own node class implement this rather than wrapping it.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public interface TreeNode<K, V> {
    /** The key of the entry in this node. */
    K key();

    /** The value of the entry in this node. */
    V value();

    /** The root of the smaller keys; null if there are none. */
    @Nullable
    TreeNode<K, V> left();

    /** The root of the greater keys; null if there are none. */
    @Nullable
    TreeNode<K, V> right();
}
