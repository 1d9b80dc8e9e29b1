package storagelab.grader.hidden.lab04;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import storagelab.testkit.Step;

/** Caches that look at all of their entries to find who has to go, and what real ones are asked beside them. */
final class CacheModel {
    /** Entries of a cache whose comparisons of keys are counted. */
    static final int MANY = 10_000;

    private static final int COMPARISONS_MAX = 6;
    private static final int CALLS = 2_000;

    private CacheModel() {}

    /** What a cache can do. */
    interface Cache<K, V> {
        Optional<V> get(K key);

        void put(K key, V value);

        int size();
    }

    static Cache<Integer, String> leastRecentlyUsed(int capacity) {
        return new Naive(capacity, Comparator.comparing(Entry::last));
    }

    static Cache<Integer, String> leastFrequentlyUsed(int capacity) {
        return new Naive(capacity, Comparator.comparing(Entry::uses).thenComparing(Entry::last));
    }

    private record Entry(int key, String value, long uses, long last) {}

    private static final class Naive implements Cache<Integer, String> {
        private final int capacity;
        private final Comparator<Entry> order;
        private final Map<Integer, Entry> entries = new HashMap<>();
        private long now;

        Naive(int capacity, Comparator<Entry> order) {
            this.capacity = capacity;
            this.order = order;
        }

        @Override
        public Optional<String> get(Integer key) {
            return Optional.ofNullable(entries.computeIfPresent(
                            key, (same, entry) -> new Entry(key, entry.value, entry.uses + 1, ++now)))
                    .map(Entry::value);
        }

        @Override
        public void put(Integer key, String value) {
            Entry present = entries.get(key);
            if (present == null && entries.size() == capacity) {
                entries.remove(entries.values().stream().min(order).orElseThrow().key);
            }
            entries.put(key, new Entry(key, value, present == null ? 1 : present.uses + 1, ++now));
        }

        @Override
        public int size() {
            return entries.size();
        }
    }

    /** Short and long sequences of random calls, for caches of one entry and of some. */
    static void compare(
            IntFunction<Cache<Integer, String>> newCache, IntFunction<Cache<Integer, String>> newModel, Random random) {
        for (int calls = 8; calls <= 512; calls *= 4) {
            int capacity = 1 + random.nextInt(5);
            Cache<Integer, String> cache = newCache.apply(capacity);
            Cache<Integer, String> model = newModel.apply(capacity);
            StringBuilder history = new StringBuilder();
            for (int i = 0; i < calls; i++) {
                int key = 1_000 + random.nextInt(capacity + 3); // so large that equal keys are different objects
                if (random.nextInt(3) == 0) {
                    history.append(" put(").append(key).append(')');
                    Step.at("the last put" + after(history, capacity));
                    cache.put(key, "v" + i);
                    model.put(key, "v" + i);
                } else {
                    history.append(" get(").append(key).append(')');
                    Step.at("the last get" + after(history, capacity));
                    assertEquals(model.get(key), cache.get(key), "the last get" + after(history, capacity));
                }
                assertEquals(model.size(), cache.size(), "size()" + after(history, capacity));
            }
        }
    }

    private static String after(StringBuilder history, int capacity) {
        int shown = 400;
        String calls = history.length() <= shown
                ? history.toString()
                : " …" + history.substring(history.indexOf(" ", history.length() - shown));
        return " of a cache for " + capacity + " entries, after" + calls;
    }

    /** A key that counts how often it is compared with another one. */
    private record Key(int number, long[] comparisons) {
        @Override
        public boolean equals(@Nullable Object other) {
            comparisons[0]++;
            return other instanceof Key key && key.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    /** Checks that calls of {@code cache}, which is new and has room for {@link #MANY}, compare few keys. */
    static void checkComparisons(Cache<Object, Integer> cache) {
        long[] comparisons = {0};
        int calls = 0;
        for (int i = 0; i < 3 * MANY; i++) {
            cache.put(new Key(i, comparisons), i);
            cache.get(new Key(i * 7_919 % (i + 1), comparisons));
            cache.put(new Key(i, comparisons), -i);
            calls += 3;
            assertTrue(
                    comparisons[0] <= (long) COMPARISONS_MAX * calls,
                    "get and put of a cache with " + cache.size() + " entries compare "
                            + Math.round((double) comparisons[0] / calls)
                            + " keys on average: is there a search through all of them?");
        }
    }

    /** Fills {@code cache}, which has room for {@code capacity}; what is returned makes some thousand calls. */
    static Runnable work(Cache<Integer, Integer> cache, int capacity) {
        for (int key = 0; key < capacity; key++) {
            cache.put(key, key);
        }
        Random random = new Random(capacity);
        for (int i = 0; i < 2 * capacity; i++) {
            cache.get(random.nextInt(capacity));
        }
        int[] next = {capacity};
        return () -> {
            for (int i = 0; i < CALLS; i++) {
                cache.put(next[0], next[0]);
                cache.get(next[0] - random.nextInt(capacity));
                next[0]++;
            }
        };
    }
}
