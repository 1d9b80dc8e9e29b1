// exercise: 3.3
// type: storagelab.tree.OrderStatistics
// verdict: caught
// because: the rank of a key that is not there is said to be -1
public final class OrderStatistics {
    public static <K, V> int rank(@Nullable CountedNode<K, V> root, K key, Comparator<? super K> comparator) {
        int rank = 0;
        CountedNode<K, V> node = root;
        while (node != null) {
            int order = comparator.compare(node.key(), key);
            if (order == 0) {
                return rank + countOf(node.left());
            }
            if (order < 0) {
                rank += countOf(node.left()) + 1;
                node = node.right();
            } else {
                node = node.left();
            }
        }
        return -1;
    }
}
