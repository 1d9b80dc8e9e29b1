package storagelab.grader.hidden.lab04;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.cache.LfuCache;
import storagelab.grader.hidden.kit.Growth;
import storagelab.testkit.Seeds;

/** Exercise 4.2: a map of limited size that forgets what was used least often. */
@Tag("4.2")
class LfuCacheHiddenTest {
    private record Adapter<K, V>(LfuCache<K, V> cache) implements CacheModel.Cache<K, V> {
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
        return new Adapter<>(new LfuCache<>(capacity));
    }

    @Test
    @DisplayName("random calls give what a list of the entries with their uses gives")
    void model() {
        Seeds.check(
                50,
                random -> CacheModel.compare(
                        capacity -> newCache(capacity), capacity -> CacheModel.leastFrequentlyUsed(capacity), random));
    }

    @Test
    @DisplayName("gets and puts count alike, and more than a hundred of them are counted, too")
    void uses() {
        LfuCache<String, Integer> cache = new LfuCache<>(2);
        cache.put("a", 0);
        cache.put("b", 0);
        for (int i = 1; i <= 200; i++) {
            cache.put("a", i);
            assertEquals(Optional.of(0), Optional.ofNullable(cache.get("b")), "get(b)");
        }
        cache.get("a");
        cache.put("c", 1);
        assertEquals(Optional.empty(), Optional.ofNullable(cache.get("b")), "get(b), with 202 uses of a and 201 of b");
        cache.put("d", 1);
        assertEquals(
                Optional.of(200), Optional.ofNullable(cache.get("a")), "get(a) after c and d came with one use each");
        assertEquals(Optional.empty(), Optional.ofNullable(cache.get("c")), "get(c), which was used once when d came");
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
                            () -> new LfuCache<String, String>(capacity),
                            "a cache for " + capacity + " entries")
                    .getMessage();
            assertTrue(
                    message != null && message.contains("" + capacity),
                    "the message for a cache of " + capacity + " entries is " + message);
        }
    }
}
