// exercise: 3.3
// type: storagelab.tree.OrderStatistics
// verdict: caught
// because: what is left of a node is counted when rank goes right, and the node itself is not
public final class OrderStatistics {
    public static <K, V> int rank(@Nullable CountedNode<K, V> root, K key, Comparator<? super K> comparator) {
        int rank = 0;
        CountedNode<K, V> node = root;
        while (node != null) {
            int order = comparator.compare(node.key(), key);
            if (order < 0) {
                rank += countOf(node.left());
                node = node.right();
            } else {
                node = node.left();
            }
        }
        return rank;
    }
}
