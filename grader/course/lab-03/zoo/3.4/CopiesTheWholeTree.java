// exercise: 3.4
// type: storagelab.tree.PathCopyingTree
// verdict: caught
// because: every node is copied for each change, so that versions share nothing
public final class PathCopyingTree<K, V> {
    public PathCopyingTree<K, V> with(K key, V value) {
        requireNonNull(key);
        requireNonNull(value);
        return new PathCopyingTree<>(comparator, with(copyOf(root), key, value));
    }

    private static <K, V> @Nullable Node<K, V> copyOf(@Nullable Node<K, V> node) {
        return node == null ? null : new Node<>(node.key, node.value, copyOf(node.left), copyOf(node.right));
    }
}
