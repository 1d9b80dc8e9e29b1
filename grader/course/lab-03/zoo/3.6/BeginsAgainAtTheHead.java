// exercise: 3.6
// type: storagelab.skiplist.ConcurrentSkipList
// verdict: accepted
// because: after a compare-and-set that failed the whole search is done again, as the first papers do
public final class ConcurrentSkipList<K, V> {
    public @Nullable V putIfAbsent(K key, V value) {
        requireNonNull(value);
        Tower<K, V>[] before = newTowers();
        Node<K, V> added = new Node<>(key, value, randomHeight());
        for (int level = 0; level < added.next.length(); ) {
            Node<K, V> notBefore = notBefore(key, before);
            Node<K, V> present = equalOrNull(notBefore, key);
            if (present != null && present != added) {
                return present.value;
            }
            Node<K, V> right = before[level].next.get(level);
            if (right == null || comparator.compare(right.key, key) > 0) {
                added.next.set(level, right);
                if (before[level].next.compareAndSet(level, right, added)) {
                    level++;
                }
            }
        }
        size.incrementAndGet();
        return null;
    }
}
