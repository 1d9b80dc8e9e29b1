// exercise: 3.5
// type: storagelab.skiplist.SkipList
// verdict: caught
// because: a coin is thrown for a key that is there already, and so the list depends on how often values were replaced
public final class SkipList<K, V> {
    public @Nullable V put(K key, V value) {
        requireNonNull(value);
        Node<K, V> added = new Node<>(key, value, randomHeight());
        Tower<K, V>[] before = towersBefore(key);
        Node<K, V> present = equalOrNull(before[0].next[0], key);
        if (present != null) {
            V replaced = present.value;
            present.value = value;
            return replaced;
        }
        for (int level = 0; level < added.next.length; level++) {
            added.next[level] = before[level].next[level];
            before[level].next[level] = added;
        }
        levels = Math.max(levels, added.next.length);
        size++;
        return null;
    }
}
