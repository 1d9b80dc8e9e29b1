// exercise: 3.6
// type: storagelab.skiplist.ConcurrentSkipList
// verdict: caught
// because: everything is done under one lock: right, and everybody waits for whoever is stopped half-way
public final class ConcurrentSkipList<K, V> {
    public synchronized @Nullable V get(K key) {
        Node<K, V> node = equalOrNull(notBefore(key, newTowers()), key);
        return node == null ? null : node.value;
    }

    public synchronized @Nullable V putIfAbsent(K key, V value) {
        requireNonNull(value);
        Tower<K, V>[] before = newTowers();
        Node<K, V> present = equalOrNull(notBefore(key, before), key);
        if (present != null) {
            return present.value;
        }
        Node<K, V> added = new Node<>(key, value, randomHeight());
        for (int level = 0; level < added.next.length(); level++) {
            added.next.set(level, before[level].next.get(level));
            before[level].next.set(level, added);
        }
        size.incrementAndGet();
        return null;
    }
}
