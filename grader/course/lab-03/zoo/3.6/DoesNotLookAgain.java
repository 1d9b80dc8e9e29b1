// exercise: 3.6
// type: storagelab.skiplist.ConcurrentSkipList
// verdict: caught
// because: when the compare-and-set has failed, the new node goes before whatever is there now, without a look at its key
public final class ConcurrentSkipList<K, V> {
    private @Nullable Node<K, V> link(Node<K, V> added, int level, Tower<K, V> start) {
        Tower<K, V> left = start;
        Node<K, V> right = left.next.get(level);
        while (right != null && comparator.compare(right.key, added.key) < 0) {
            left = right;
            right = left.next.get(level);
        }
        if (right != null && comparator.compare(right.key, added.key) == 0) {
            return right;
        }
        added.next.set(level, right);
        while (!left.next.compareAndSet(level, right, added)) {
            right = left.next.get(level);
            added.next.set(level, right);
        }
        return null;
    }
}
