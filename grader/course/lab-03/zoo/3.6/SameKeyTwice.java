// exercise: 3.6
// type: storagelab.skiplist.ConcurrentSkipList
// verdict: caught
// because: whether the key is there is asked before the first attempt only, and two threads that put it both win
public final class ConcurrentSkipList<K, V> {
    private @Nullable Node<K, V> link(Node<K, V> added, int level, Tower<K, V> start) {
        Tower<K, V> left = start;
        while (true) {
            Node<K, V> right = left.next.get(level);
            if (right != null && comparator.compare(right.key, added.key) < 0) {
                left = right;
            } else {
                added.next.set(level, right);
                if (left.next.compareAndSet(level, right, added)) {
                    return null;
                }
            }
        }
    }
}
