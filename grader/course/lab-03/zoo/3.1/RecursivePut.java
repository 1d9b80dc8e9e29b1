// exercise: 3.1
// type: storagelab.tree.BinarySearchTree
// verdict: caught
// because: put recurses as deep as the tree is, and descending keys overflow the stack
public final class BinarySearchTree<K, V> {
    public @Nullable V put(K key, V value) {
        requireNonNull(key);
        requireNonNull(value);
        Node<K, V> end = greatest();
        if (end != null && comparator.compare(key, end.key) > 0) {
            end.right = added(key, value);
            greatest = end.right;
            return null;
        }
        V before = get(key);
        root = put(root, key, value);
        return before;
    }

    private Node<K, V> put(@Nullable Node<K, V> node, K key, V value) {
        if (node == null) {
            return added(key, value);
        }
        int order = comparator.compare(key, node.key);
        if (order < 0) {
            node.left = put(node.left, key, value);
        } else if (order > 0) {
            node.right = put(node.right, key, value);
        } else {
            node.value = value;
        }
        return node;
    }
}
