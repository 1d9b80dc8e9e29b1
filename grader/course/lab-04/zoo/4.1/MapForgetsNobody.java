// exercise: 4.1
// type: storagelab.cache.LruCache
// verdict: caught
// because: the node of the entry that goes is unlinked, and the map keeps it: it is still found, and the memory is not bounded
public final class LruCache<K, V> {
    public void put(K key, V value) {
        Node<K, V> present = nodes.get(key);
        if (present != null) {
            present.value = value;
            unlink(present);
            linkAsNewest(present);
            return;
        }
        if (nodes.size() >= capacity) {
            unlink((Node<K, V>) ring.newer);
        }
        Node<K, V> added = new Node<>(key, value);
        linkAsNewest(added);
        nodes.put(key, added);
    }
}
