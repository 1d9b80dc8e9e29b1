// exercise: 4.2
// type: storagelab.cache.LfuCache
// verdict: caught
// because: who has to go is found by looking at the counts of all entries
// replace: type
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

public final class LfuCache<K, V> {
    private final int capacity;
    private final Map<K, Counted<K, V>> entries = new HashMap<>();
    private long now;

    private record Counted<K, V>(K key, V value, long count, long last) {}

    public LfuCache(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a cache of " + capacity + " entries");
        }
        this.capacity = capacity;
    }

    public @Nullable V get(K key) {
        Counted<K, V> entry = entries.get(key);
        if (entry == null) {
            return null;
        }
        entries.put(key, new Counted<>(key, entry.value, entry.count + 1, ++now));
        return entry.value;
    }

    public void put(K key, V value) {
        Counted<K, V> entry = entries.get(key);
        if (entry == null && entries.size() == capacity) {
            Comparator<Counted<K, V>> order = Comparator.comparing(Counted::count);
            entries.remove(entries.values().stream()
                    .min(order.thenComparing(Counted::last))
                    .orElseThrow()
                    .key);
        }
        entries.put(key, new Counted<>(key, value, entry == null ? 1 : entry.count + 1, ++now));
    }

    public int size() {
        return entries.size();
    }
}
