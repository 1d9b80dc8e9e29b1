// exercise: 4.2
// type: storagelab.cache.LfuCache
// verdict: caught
// because: counts are kept by key, and a key that has gone and comes back has its old count
// replace: type
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.TreeMap;

public final class LfuCache<K, V> {
    private final int capacity;
    private final Map<K, V> values = new HashMap<>();
    private final Map<K, Integer> counts = new HashMap<>();
    private final TreeMap<Integer, LinkedHashSet<K>> keysByCount = new TreeMap<>();

    public LfuCache(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a cache of " + capacity + " entries");
        }
        this.capacity = capacity;
    }

    public @Nullable V get(K key) {
        V value = values.get(key);
        if (value != null) {
            leave(key);
            use(key);
        }
        return value;
    }

    public void put(K key, V value) {
        if (values.containsKey(key)) {
            leave(key);
        } else if (values.size() == capacity) {
            K rarest = keysByCount.firstEntry().getValue().iterator().next();
            leave(rarest);
            values.remove(rarest);
        }
        values.put(key, value);
        use(key);
    }

    public int size() {
        return values.size();
    }

    private void use(K key) {
        int count = counts.merge(key, 1, Integer::sum);
        keysByCount.computeIfAbsent(count, any -> new LinkedHashSet<>()).add(key);
    }

    private void leave(K key) {
        int count = counts.getOrDefault(key, 0);
        LinkedHashSet<K> keys = keysByCount.get(count);
        if (keys != null && keys.remove(key) && keys.isEmpty()) {
            keysByCount.remove(count);
        }
    }
}
