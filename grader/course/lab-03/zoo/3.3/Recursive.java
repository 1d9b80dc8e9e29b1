// exercise: 3.3
// type: storagelab.tree.OrderStatistics
// verdict: accepted
// because: recursion down the tree adds up and finds the same
public final class OrderStatistics {
    public static <K, V> int rank(@Nullable CountedNode<K, V> root, K key, Comparator<? super K> comparator) {
        if (root == null) {
            return 0;
        }
        int order = comparator.compare(key, root.key());
        if (order == 0) {
            return countOf(root.left());
        }
        return order < 0
                ? rank(root.left(), key, comparator)
                : countOf(root.left()) + 1 + rank(root.right(), key, comparator);
    }

    public static <K, V> CountedNode<K, V> select(@Nullable CountedNode<K, V> root, int index) {
        if (index < 0 || index >= countOf(root)) {
            throw new IndexOutOfBoundsException("entry " + index + " of " + countOf(root));
        }
        int smaller = countOf(root.left());
        if (index == smaller) {
            return root;
        }
        return index < smaller ? select(root.left(), index) : select(root.right(), index - smaller - 1);
    }
}
