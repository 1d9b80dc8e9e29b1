// exercise: 4.1
// type: storagelab.cache.LruCache
// verdict: caught
// because: every entry knows when it was used last, and who has to go is found by looking at all of them
// replace: type
import java.util.HashMap;
import java.util.Map;

public final class LruCache<K, V> {
    private final int capacity;
    private final Map<K, V> values = new HashMap<>();
    private final Map<K, Long> lastUses = new HashMap<>();
    private long now;

    public LruCache(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a cache of " + capacity + " entries");
        }
        this.capacity = capacity;
    }

    public @Nullable V get(K key) {
        V value = values.get(key);
        if (value != null) {
            lastUses.put(key, ++now);
        }
        return value;
    }

    public void put(K key, V value) {
        if (!values.containsKey(key) && values.size() == capacity) {
            K oldest = lastUses.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
            values.remove(oldest);
            lastUses.remove(oldest);
        }
        values.put(key, value);
        lastUses.put(key, ++now);
    }

    public int size() {
        return values.size();
    }
}
