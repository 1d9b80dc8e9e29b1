// exercise: 4.1
// type: storagelab.cache.LruCache
// verdict: caught
// because: a full cache drives somebody out for every put, also for one that only changes a value
public final class LruCache<K, V> {
    public void put(K key, V value) {
        if (nodes.size() == capacity) {
            Node<K, V> oldest = (Node<K, V>) ring.newer;
            unlink(oldest);
            nodes.remove(oldest.key);
        }
        Node<K, V> present = nodes.get(key);
        if (present != null) {
            present.value = value;
            unlink(present);
            linkAsNewest(present);
            return;
        }
        Node<K, V> added = new Node<>(key, value);
        linkAsNewest(added);
        nodes.put(key, added);
    }
}
