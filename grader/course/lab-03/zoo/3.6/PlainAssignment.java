// exercise: 3.6
// type: storagelab.skiplist.ConcurrentSkipList
// verdict: caught
// because: the link is assigned, and with it goes what another thread has put there since it was read
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
        left.next.set(level, added);
        return null;
    }
}
