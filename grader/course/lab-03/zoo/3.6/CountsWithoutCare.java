// exercise: 3.6
// type: storagelab.skiplist.ConcurrentSkipList
// verdict: caught
// because: the size is read and written back in two steps, and additions of two threads become one
public final class ConcurrentSkipList<K, V> {
    private volatile int count;

    public int size() {
        return count;
    }

    public @Nullable V putIfAbsent(K key, V value) {
        requireNonNull(value);
        Tower<K, V>[] before = newTowers();
        Node<K, V> present = equalOrNull(notBefore(key, before), key);
        if (present != null) {
            return present.value;
        }
        Node<K, V> added = new Node<>(key, value, randomHeight());
        int counted = count;
        for (int level = 0; level < added.next.length(); level++) {
            present = link(added, level, before[level]);
            if (present != null) {
                return present.value;
            }
        }
        count = counted + 1;
        return null;
    }
}
