// exercise: 3.1
// type: storagelab.tree.BinarySearchTree
// verdict: caught
// because: the upper end of a range is in it
public final class BinarySearchTree<K, V> {
    public Iterator<Map.Entry<K, V>> range(K from, K to) {
        if (comparator.compare(from, to) > 0) {
            throw new IllegalArgumentException("a range from " + from + " down to " + to);
        }
        TreeCursor<K, V> cursor = cursor();
        cursor.seek(from);
        return new AbstractIterator<>() {
            @Override
            protected Map.@Nullable Entry<K, V> computeNext() {
                if (!cursor.isValid() || comparator.compare(cursor.key(), to) > 0) {
                    return endOfData();
                }
                Map.Entry<K, V> entry = Map.entry(cursor.key(), cursor.value());
                cursor.next();
                return entry;
            }
        };
    }
}
