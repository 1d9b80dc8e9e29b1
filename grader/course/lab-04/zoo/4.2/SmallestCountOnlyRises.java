// exercise: 4.2
// type: storagelab.cache.LfuCache
// verdict: caught
// because: the smallest count is a variable that only ever rises, and is not set back to 1 when a new key comes
// replace: type
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

public final class LfuCache<K, V> {
    private final int capacity;
    private final Map<K, V> values = new HashMap<>();
    private final Map<K, Integer> counts = new HashMap<>();
    private final Map<Integer, Set<K>> keysByCount = new HashMap<>();
    private int smallest = 1;

    public LfuCache(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a cache of " + capacity + " entries");
        }
        this.capacity = capacity;
    }

    public @Nullable V get(K key) {
        V value = values.get(key);
        if (value != null) {
            use(key);
        }
        return value;
    }

    public void put(K key, V value) {
        if (values.containsKey(key)) {
            values.put(key, value);
            use(key);
            return;
        }
        if (values.size() == capacity) {
            K rarest = group(smallest).iterator().next();
            group(smallest).remove(rarest);
            values.remove(rarest);
            counts.remove(rarest);
        }
        values.put(key, value);
        counts.put(key, 1);
        group(1).add(key);
    }

    public int size() {
        return values.size();
    }

    private Set<K> group(int count) {
        return keysByCount.computeIfAbsent(count, any -> new LinkedHashSet<>());
    }

    private void use(K key) {
        int count = counts.merge(key, 1, Integer::sum);
        group(count - 1).remove(key);
        group(count).add(key);
        if (group(smallest).isEmpty()) {
            smallest++;
        }
    }
}
