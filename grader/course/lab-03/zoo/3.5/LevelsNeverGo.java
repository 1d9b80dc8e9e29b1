// exercise: 3.5
// type: storagelab.skiplist.SkipList
// verdict: caught
// because: a level stays when the last node on it has been deleted
public final class SkipList<K, V> {
    public @Nullable V delete(K key) {
        Tower<K, V>[] before = towersBefore(key);
        Node<K, V> removed = equalOrNull(before[0].next[0], key);
        if (removed == null) {
            return null;
        }
        for (int level = 0; level < removed.next.length; level++) {
            before[level].next[level] = removed.next[level];
        }
        size--;
        return removed.value;
    }
}
