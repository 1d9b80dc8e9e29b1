package storagelab.tree;

import org.jspecify.annotations.Nullable;

/**
 * A node that knows how many entries there are in the subtree whose root it is.
 *
 * <p>Invariant: {@code count()} is 1 plus the counts of {@code left()} and {@code right()}.
 *
 * <p>Cost: {@code count()} looks at no other node.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public interface CountedNode<K, V> extends TreeNode<K, V> {
    /** Number of entries in this node and below it. */
    int count();

    @Override
    @Nullable
    CountedNode<K, V> left();

    @Override
    @Nullable
    CountedNode<K, V> right();
}
