// exercise: 3.1
// type: storagelab.tree.BinarySearchTree
// verdict: caught
// because: a range walks from the first entry of the tree and leaves out what is too small
public final class BinarySearchTree<K, V> {
    public Iterator<Map.Entry<K, V>> range(K from, K to) {
        if (comparator.compare(from, to) > 0) {
            throw new IllegalArgumentException("a range from " + from + " down to " + to);
        }
        TreeCursor<K, V> cursor = cursor();
        cursor.seekToFirst();
        return new AbstractIterator<>() {
            @Override
            protected Map.@Nullable Entry<K, V> computeNext() {
                while (cursor.isValid() && comparator.compare(cursor.key(), from) < 0) {
                    cursor.next();
                }
                if (!cursor.isValid() || comparator.compare(cursor.key(), to) >= 0) {
                    return endOfData();
                }
                Map.Entry<K, V> entry = Map.entry(cursor.key(), cursor.value());
                cursor.next();
                return entry;
            }
        };
    }
}
