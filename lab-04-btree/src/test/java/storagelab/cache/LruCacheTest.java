package storagelab.cache;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Seeds;

@Tag("4.1")
class LruCacheTest {
    @Test
    @DisplayName("the worked example")
    void example() {
        LruCache<Integer, String> cache = new LruCache<>(2);
        cache.put(1, "one");
        cache.put(2, "two");
        assertThat("get(1)", cache.get(1), is("one"));
        cache.put(3, "three");
        assertThat("get(2), which was not used for the longest time", cache.get(2), is(nullValue()));
        cache.put(1, "uno");
        cache.put(4, "four");
        assertThat("get(1), which was put again before 4 came", cache.get(1), is("uno"));
        assertThat("get(3), which was not used for the longest time", cache.get(3), is(nullValue()));
        assertThat("get(4)", cache.get(4), is("four"));
        assertThat("size()", cache.size(), is(2));
    }

    @Test
    @DisplayName("random calls give what a linked hash map in the order of use gives")
    void model() {
        Seeds.check(50, random -> {
            int capacity = 1 + random.nextInt(5);
            LruCache<Integer, String> cache = new LruCache<>(capacity);
            Map<Integer, String> model = new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Integer, String> eldest) {
                    return size() > capacity;
                }
            };
            StringBuilder history = new StringBuilder("capacity " + capacity + ":");
            for (int i = 0; i < 100; i++) {
                int key = random.nextInt(8);
                if (random.nextBoolean()) {
                    history.append(" put(").append(key).append(')');
                    cache.put(key, "v" + i);
                    model.put(key, "v" + i);
                } else {
                    history.append(" get(").append(key).append(')');
                    assertThat("the last get of " + history, cache.get(key), is(model.get(key)));
                }
                assertThat("size() after " + history, cache.size(), is(model.size()));
            }
        });
    }

    @Test
    @DisplayName("a call compares a key or two, with 10,000 entries as with ten")
    void comparisons() {
        LruCache<CountingKey, Integer> cache = new LruCache<>(10_000);
        long before = CountingKey.comparisons();
        for (int i = 0; i < 30_000; i++) {
            cache.put(new CountingKey(i), i);
            cache.get(new CountingKey(i * 7_919 % (i + 1)));
        }
        double average = (CountingKey.comparisons() - before) / 60_000.0;
        assertThat("comparisons of keys in a call, on average", average, is(lessThan(3.0)));
    }

    @Test
    @DisplayName("a cache without room is an error")
    void noRoom() {
        assertThrows(IllegalArgumentException.class, () -> new LruCache<Integer, String>(0), "a cache for 0 entries");
    }
}
