// exercise: 3.1
// type: storagelab.tree.BinarySearchTree
// verdict: accepted
// because: the next smaller key may take the place of a deleted one as well as the next greater
public final class BinarySearchTree<K, V> {
    public @Nullable V delete(K key) {
        requireNonNull(key);
        Node<K, V> parent = null;
        Node<K, V> node = root;
        while (node != null) {
            int order = comparator.compare(key, node.key);
            if (order == 0) {
                break;
            }
            parent = node;
            node = order < 0 ? node.left : node.right;
        }
        if (node == null) {
            return null;
        }
        V before = node.value;
        if (node.left != null && node.right != null) {
            parent = node;
            Node<K, V> previous = node.left;
            while (previous.right != null) {
                parent = previous;
                previous = previous.right;
            }
            node.key = previous.key;
            node.value = previous.value;
            node = previous;
        }
        replaceChild(parent, node, node.left != null ? node.left : node.right);
        greatest = null;
        size--;
        return before;
    }
}
