// exercise: 3.3
// type: storagelab.tree.OrderStatistics
// verdict: caught
// because: rank counts the key itself among the smaller ones
public final class OrderStatistics {
    public static <K, V> int rank(@Nullable CountedNode<K, V> root, K key, Comparator<? super K> comparator) {
        int rank = 0;
        CountedNode<K, V> node = root;
        while (node != null) {
            if (comparator.compare(node.key(), key) <= 0) {
                rank += countOf(node.left()) + 1;
                node = node.right();
            } else {
                node = node.left();
            }
        }
        return rank;
    }
}
