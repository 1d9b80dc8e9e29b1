// exercise: 3.4
// type: storagelab.tree.PathCopyingTree
// verdict: caught
// because: the path is copied and the tree is not balanced, so that ascending keys copy every node
public final class PathCopyingTree<K, V> {
    private static <K, V> Node<K, V> balanced(
            Node<K, V> entry, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
        return new Node<>(entry.key, entry.value, left, right);
    }
}
