// exercise: 3.6
// type: storagelab.skiplist.ConcurrentSkipList
// verdict: caught
// because: a compare-and-set that fails is tried once more and then forgotten, and the entry with it
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
        if (!left.next.compareAndSet(level, right, added)) {
            left.next.compareAndSet(level, right, added);
        }
        return null;
    }
}
