// exercise: 3.1
// type: storagelab.tree.BinarySearchTree
// verdict: caught
// because: the answer of a comparator is compared with -1 and 1, but only its sign means anything
public final class BinarySearchTree<K, V> {
    private @Nullable Node<K, V> lastBelow(K key, int orderMax) {
        requireNonNull(key);
        Node<K, V> found = null;
        for (Node<K, V> node = root; node != null; ) {
            int order = comparator.compare(node.key, key);
            if (order == -1 || (order == 0 && orderMax == 0)) {
                found = node;
                node = node.right;
            } else {
                node = node.left;
            }
        }
        return found;
    }
}
