// exercise: 4.1
// type: storagelab.cache.LruCache
// verdict: caught
// because: a put of a key that is there changes the value and leaves the entry where it was in the order
public final class LruCache<K, V> {
    public void put(K key, V value) {
        Node<K, V> present = nodes.get(key);
        if (present != null) {
            present.value = value;
            return;
        }
        if (nodes.size() == capacity) {
            Node<K, V> oldest = (Node<K, V>) ring.newer;
            unlink(oldest);
            nodes.remove(oldest.key);
        }
        Node<K, V> added = new Node<>(key, value);
        linkAsNewest(added);
        nodes.put(key, added);
    }
}
