// exercise: 4.1
// type: storagelab.cache.LruCache
// verdict: caught
// because: a get changes nothing in the order, so that the entry that came first goes, however often it is read
public final class LruCache<K, V> {
    public @Nullable V get(K key) {
        Node<K, V> node = nodes.get(key);
        return node == null ? null : node.value;
    }
}
