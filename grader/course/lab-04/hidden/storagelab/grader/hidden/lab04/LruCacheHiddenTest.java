package storagelab.grader.hidden.lab04;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.cache.LruCache;
import storagelab.grader.hidden.kit.Growth;
import storagelab.testkit.Seeds;

/** Exercise 4.1: a map of limited size that forgets what was not used for the longest time. */
@Tag("4.1")
class LruCacheHiddenTest {
    private record Adapter<K, V>(LruCache<K, V> cache) implements CacheModel.Cache<K, V> {
        @Override
        public Optional<V> get(K key) {
            return Optional.ofNullable(cache.get(key));
        }

        @Override
        public void put(K key, V value) {
            cache.put(key, value);
        }

        @Override
        public int size() {
            return cache.size();
        }
    }

    private static <K, V> CacheModel.Cache<K, V> newCache(int capacity) {
        return new Adapter<>(new LruCache<>(capacity));
    }

    @Test
    @DisplayName("random calls give what a list of the entries in the order of their last use gives")
    void model() {
        Seeds.check(
                50,
                random -> CacheModel.compare(
                        capacity -> newCache(capacity), capacity -> CacheModel.leastRecentlyUsed(capacity), random));
    }

    @Test
    @DisplayName("a call compares few keys, however many entries there are")
    void comparisons() {
        CacheModel.checkComparisons(newCache(CacheModel.MANY));
    }

    @Test
    @DisplayName("a get and a put take as long with many entries as with few")
    void constantTime() {
        Growth.check("get and put", "entries", capacity -> CacheModel.work(newCache(capacity), capacity));
    }

    @Test
    @DisplayName("a cache for less than one entry is refused, and the message has the number")
    void noRoom() {
        for (int capacity : new int[] {0, -7}) {
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> new LruCache<String, String>(capacity),
                            "a cache for " + capacity + " entries")
                    .getMessage();
            assertTrue(
                    message != null && message.contains("" + capacity),
                    "the message for a cache of " + capacity + " entries is " + message);
        }
    }
}
