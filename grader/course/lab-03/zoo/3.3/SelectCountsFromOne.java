// exercise: 3.3
// type: storagelab.tree.OrderStatistics
// verdict: caught
// because: select(1) is taken for the first entry
public final class OrderStatistics {
    public static <K, V> CountedNode<K, V> select(@Nullable CountedNode<K, V> root, int index) {
        int rest = index;
        CountedNode<K, V> node = root;
        while (node != null) {
            int place = countOf(node.left()) + 1;
            if (rest == place) {
                return node;
            }
            if (rest < place) {
                node = node.left();
            } else {
                rest -= place;
                node = node.right();
            }
        }
        throw new IndexOutOfBoundsException("entry " + index + " of " + countOf(root));
    }
}
