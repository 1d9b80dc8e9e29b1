// exercise: 4.1
// type: storagelab.cache.LruCache
// verdict: caught
// because: the order is a list of keys in which a key has to be searched before it can be moved
// replace: type
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;

public final class LruCache<K, V> {
    private final int capacity;
    private final Map<K, V> values = new HashMap<>();
    private final List<K> order = new LinkedList<>();

    public LruCache(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a cache of " + capacity + " entries");
        }
        this.capacity = capacity;
    }

    public @Nullable V get(K key) {
        V value = values.get(key);
        if (value != null) {
            order.remove(key);
            order.add(key);
        }
        return value;
    }

    public void put(K key, V value) {
        if (values.put(key, value) != null) {
            order.remove(key);
        } else if (values.size() > capacity) {
            values.remove(order.remove(0));
        }
        order.add(key);
    }

    public int size() {
        return values.size();
    }
}
