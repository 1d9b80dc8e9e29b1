// exercise: 3.1
// type: storagelab.tree.BinarySearchTree
// verdict: caught
// because: a million ascending puts walk the whole list each time, half a billion steps for the first thirty thousand
public final class BinarySearchTree<K, V> {
    public @Nullable V put(K key, V value) {
        requireNonNull(key);
        requireNonNull(value);
        if (root == null) {
            root = added(key, value);
            return null;
        }
        Node<K, V> node = root;
        while (true) {
            int order = comparator.compare(key, node.key);
            if (order == 0) {
                V before = node.value;
                node.value = value;
                return before;
            }
            Node<K, V> child = order < 0 ? node.left : node.right;
            if (child == null) {
                if (order < 0) {
                    node.left = added(key, value);
                } else {
                    node.right = added(key, value);
                }
                greatest = null;
                return null;
            }
            node = child;
        }
    }
}
