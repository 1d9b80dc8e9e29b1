package storagelab.cache;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("4.2")
class LfuCacheTest {
    @Test
    @DisplayName("the worked example")
    void example() {
        LfuCache<Integer, String> cache = new LfuCache<>(2);
        cache.put(1, "one");
        cache.put(2, "two");
        assertThat("get(1)", cache.get(1), is("one"));
        cache.put(3, "three");
        assertThat("get(2), which was used once when 1 was used twice", cache.get(2), is(nullValue()));
        assertThat("get(3)", cache.get(3), is("three"));
        cache.put(4, "four");
        assertThat("get(1), which was used as often as 3, and longer ago", cache.get(1), is(nullValue()));
        assertThat("get(3)", cache.get(3), is("three"));
        assertThat("get(4)", cache.get(4), is("four"));
        assertThat("size()", cache.size(), is(2));
    }

    @Test
    @DisplayName("a put of a key that is there is a use of it, changes its value, and drives nobody out")
    void putAgain() {
        LfuCache<Integer, String> cache = new LfuCache<>(2);
        cache.put(1, "one");
        cache.put(2, "two");
        cache.put(1, "uno");
        assertThat("get(2) after a second put of 1", cache.get(2), is("two"));
        cache.get(1);
        cache.put(3, "three");
        assertThat("get(1), with three uses", cache.get(1), is("uno"));
        assertThat("get(2), with two uses", cache.get(2), is(nullValue()));
    }

    @Test
    @DisplayName("a key that comes back begins with one use")
    void comesBack() {
        LfuCache<Integer, String> cache = new LfuCache<>(1);
        cache.put(1, "one");
        for (int i = 0; i < 5; i++) {
            cache.get(1);
        }
        cache.put(2, "two");
        assertThat("get(1) of a cache for one entry, after put(2)", cache.get(1), is(nullValue()));
        LfuCache<Integer, String> larger = new LfuCache<>(2);
        larger.put(1, "one");
        larger.get(1);
        larger.put(2, "two");
        larger.get(2);
        larger.put(3, "three");
        larger.put(1, "one again");
        larger.put(4, "four");
        assertThat("get(1), used once since it came back", larger.get(1), is(nullValue()));
        assertThat("get(2), used twice", larger.get(2), is("two"));
    }

    @Test
    @DisplayName("a call compares a key or two, with 10,000 entries as with ten")
    void comparisons() {
        LfuCache<CountingKey, Integer> cache = new LfuCache<>(10_000);
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
        assertThrows(IllegalArgumentException.class, () -> new LfuCache<Integer, String>(0), "a cache for 0 entries");
    }
}
