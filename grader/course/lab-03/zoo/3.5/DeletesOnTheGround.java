// exercise: 3.5
// type: storagelab.skiplist.SkipList
// verdict: caught
// because: a deleted node is taken out of level 0 only, and searches go on meeting it on the levels above
public final class SkipList<K, V> {
    public @Nullable V delete(K key) {
        Tower<K, V> before = towersBefore(key)[0];
        Node<K, V> removed = equalOrNull(before.next[0], key);
        if (removed == null) {
            return null;
        }
        before.next[0] = removed.next[0];
        size--;
        return removed.value;
    }
}
