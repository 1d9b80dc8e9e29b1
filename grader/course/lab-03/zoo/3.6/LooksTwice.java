// exercise: 3.6
// type: storagelab.skiplist.ConcurrentSkipList
// verdict: caught
// because: floor asks for the key and then for the key below it, and joins answers of two different moments
public final class ConcurrentSkipList<K, V> {
    public Map.@Nullable Entry<K, V> floor(K key) {
        Node<K, V> equal = equalOrNull(notBefore(key, newTowers()), key);
        return equal != null ? entry(equal) : lower(key);
    }
}
