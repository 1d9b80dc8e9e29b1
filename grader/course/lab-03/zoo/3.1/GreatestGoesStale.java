// exercise: 3.1
// type: storagelab.tree.BinarySearchTree
// verdict: caught
// because: delete does not forget the greatest node, so the next great key is hung below a node that is no longer there
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
            Node<K, V> next = node.right;
            while (next.left != null) {
                parent = next;
                next = next.left;
            }
            node.key = next.key;
            node.value = next.value;
            node = next;
        }
        replaceChild(parent, node, node.left != null ? node.left : node.right);
        size--;
        return before;
    }
}
