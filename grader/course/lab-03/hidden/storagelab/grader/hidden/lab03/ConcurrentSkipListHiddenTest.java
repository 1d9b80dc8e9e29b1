package storagelab.grader.hidden.lab03;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.skiplist.ConcurrentSkipList;
import storagelab.testkit.Crew;
import storagelab.testkit.Step;

/** Exercise 3.6: one thread alone, and many threads by chance. */
@Tag("3.6")
class ConcurrentSkipListHiddenTest {
    private static final int MANY = 1 << 16;
    private static final int THREADS = 4;
    private static final double DEVIATIONS = 5;

    /** Chance for the average over one list to be above the bound for the average over the coin. */
    private static final double TOLERANCE = 1.15;

    private final ConcurrentSkipList<Integer, String> list = new ConcurrentSkipList<>(Comparator.naturalOrder());

    @Test
    @DisplayName("an empty list has no entries and no levels, and nulls are refused")
    void emptyAndNulls() {
        assertEquals(0, list.size(), "size() of an empty list");
        Comparator<Integer> order = Comparator.reverseOrder();
        assertTrue(
                new ConcurrentSkipList<Integer, String>(order).comparator() == order,
                "comparator() of a list is not the one that it was made with");
        assertEquals(0, list.nodesPerLevel().length, "levels of an empty list");
        assertTrue(!list.entries().hasNext(), "entries() of an empty list has one");
        same(null, list.first(), "first() of an empty list");
        same(null, list.last(), "last() of an empty list");
        same(null, list.floor(1), "floor(1) of an empty list");
        same(null, list.higher(1), "higher(1) of an empty list");
        assertThrows(NullPointerException.class, () -> list.get(absent()), "get(null)");
        assertThrows(NullPointerException.class, () -> list.putIfAbsent(absent(), "v"), "putIfAbsent(null, v)");
        assertThrows(NullPointerException.class, () -> list.putIfAbsent(1, absent()), "putIfAbsent(1, null)");
        assertThrows(NullPointerException.class, () -> list.floor(absent()), "floor(null)");
        assertThrows(NullPointerException.class, () -> list.ceiling(absent()), "ceiling(null)");
        assertThrows(NullPointerException.class, () -> list.lower(absent()), "lower(null)");
        assertThrows(NullPointerException.class, () -> list.higher(absent()), "higher(null)");
        assertEquals(0, list.size(), "size() after calls that were refused");
        list.putIfAbsent(1, "v");
        assertThrows(
                NullPointerException.class,
                () -> list.putIfAbsent(1, absent()),
                "putIfAbsent(1, null) in a list of 1=v");
        same("v", list.get(1), "get(1) after putIfAbsent(1, null)");
    }

    @Test
    @DisplayName("the comparator alone decides which keys are the same, and answers with any number")
    void comparatorDecides() {
        ConcurrentSkipList<String, String> map = new ConcurrentSkipList<>(String.CASE_INSENSITIVE_ORDER);
        String with = " with apple and Cherry, ignoring case";
        map.putIfAbsent("apple", "1");
        map.putIfAbsent("Cherry", "2");
        same("1", map.putIfAbsent("APPLE", "3"), "putIfAbsent(APPLE)" + with);
        assertEquals(2, map.size(), "size()" + with);
        same("1", map.get("aPPle"), "get(aPPle)" + with);
        same(Map.entry("apple", "1"), map.floor("APPLE"), "floor(APPLE)" + with);
        same(Map.entry("apple", "1"), map.ceiling("APPLE"), "ceiling(APPLE)" + with);
        same(null, map.lower("APPLE"), "lower(APPLE)" + with);
        same(Map.entry("Cherry", "2"), map.higher("APPLE"), "higher(APPLE)" + with);
        Comparator<Integer> far = (a, b) -> a < b ? Integer.MIN_VALUE : a > b ? Integer.MAX_VALUE : 0;
        ConcurrentSkipList<Integer, String> numbers = new ConcurrentSkipList<>(far);
        for (int key : new int[] {2, 4, 1, 3}) {
            numbers.putIfAbsent(key, "v" + key);
        }
        String answers = "with a comparator that answers with the smallest and the largest int, and the keys 1 to 4: ";
        for (int key = 1; key <= 4; key++) {
            same("v" + key, numbers.get(key), answers + "get(" + key + ")");
        }
        same(Map.entry(1, "v1"), numbers.lower(2), answers + "lower(2)");
        same(Map.entry(3, "v3"), numbers.higher(2), answers + "higher(2)");
    }

    @Test
    @DisplayName("entries() gives what comes later and is not passed yet, and is an iterator")
    void entriesThatComeLater() {
        for (int key : new int[] {10, 20, 30}) {
            list.putIfAbsent(key, "v" + key);
        }
        Iterators.check(
                list::entries, ImmutableList.of(Map.entry(10, "v10"), Map.entry(20, "v20"), Map.entry(30, "v30")));
        Iterator<Map.Entry<Integer, String>> entries = list.entries();
        assertEquals(10, (int) entries.next().getKey(), "the first key that entries() gives of 10, 20, 30");
        list.putIfAbsent(5, "v5");
        list.putIfAbsent(25, "v25");
        list.putIfAbsent(40, "v40");
        ImmutableList.Builder<Integer> rest = ImmutableList.builder();
        entries.forEachRemaining(entry -> rest.add(entry.getKey()));
        assertEquals(
                ImmutableList.of(20, 25, 30, 40),
                rest.build(),
                "the keys that entries() gives after 10, when 5, 25 and 40 have been put meanwhile");
    }

    @Test
    @DisplayName("one node in four is on the next level, and searches compare at most 4·log₄ n + 3 keys, on average")
    void levelsAndComparisons() {
        CountingOrder<Integer> order = new CountingOrder<>();
        ConcurrentSkipList<Integer, String> counted = new ConcurrentSkipList<>(order);
        for (int i = 0; i < MANY; i++) {
            counted.putIfAbsent(i, "v");
            assertTrue(
                    order.comparisons() < 200L * (i + 1),
                    "puts in ascending order compared " + order.comparisons() + " keys after " + (i + 1) + " entries");
        }
        int[] nodes = counted.nodesPerLevel();
        double expected = MANY;
        for (int level = 1; level <= 3; level++) {
            expected /= 4;
            int found = level < nodes.length ? nodes[level] : 0;
            assertTrue(
                    Math.abs(found - expected) <= DEVIATIONS * Math.sqrt(expected),
                    String.format(
                            Locale.ROOT,
                            "of 65,536 keys %d are on level %d; about %.0f should be (all: %s)",
                            found,
                            level,
                            expected,
                            Ints.asList(nodes)));
        }
        checkAverage("get", order, 35, counted::get);
        checkAverage("floor", order, 35, counted::floor);
        checkAverage("ceiling", order, 35, counted::ceiling);
        checkAverage("lower", order, 35, counted::lower);
        checkAverage("higher", order, 35, counted::higher);
    }

    @Test
    @DisplayName("putIfAbsent compares as a search does, and at most twice more for each level of the new entry")
    void comparisonsOfPuts() {
        CountingOrder<Integer> order = new CountingOrder<>();
        ConcurrentSkipList<Integer, String> counted = new ConcurrentSkipList<>(order);
        for (int i = 0; i < MANY; i++) {
            counted.putIfAbsent(2 * shuffled(i), "v");
        }
        checkAverage("putIfAbsent of a key that is there", order, 35, key -> counted.putIfAbsent(2 * key, "w"));
        // 4·log₄ n + 3 for n up to 131,072, and twice 4/3 levels
        checkAverage("putIfAbsent of a new key", order, 39.7, key -> counted.putIfAbsent(2 * key + 1, "v"));
    }

    /** Makes a call for each key below {@link #MANY}, in no order, and checks how many keys were compared on average. */
    private static void checkAverage(String what, CountingOrder<Integer> order, double bound, IntConsumer call) {
        Step.at(MANY + " calls of " + what + " in a list of 65,536 keys");
        order.reset();
        for (int i = 0; i < MANY; i++) {
            call.accept(shuffled(i));
            assertTrue(
                    order.comparisons() < 200L * MANY,
                    what + " in a list of 65,536 keys: " + order.comparisons() + " comparisons after " + (i + 1)
                            + " calls");
        }
        double average = (double) order.comparisons() / MANY;
        assertTrue(
                average <= bound * TOLERANCE,
                String.format(
                        Locale.ROOT,
                        "%s in a list of 65,536 keys compares %.1f on average; %.1f are enough",
                        what,
                        average,
                        bound));
    }

    private static int shuffled(int i) {
        return i * 40_503 & (MANY - 1);
    }

    @Test
    @DisplayName("threads that put neighbouring keys at the same time lose none, in hundreds of short races")
    void races() throws InterruptedException {
        int rounds = 250;
        int keysOfThread = 40;
        AtomicInteger wins = new AtomicInteger();
        ConcurrentSkipList<Integer, String>[] lists = newLists(rounds);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        AtomicInteger names = new AtomicInteger();
        try (Crew crew = new Crew()) {
            crew.start(THREADS, "writer", () -> {
                int me = names.getAndIncrement();
                for (ConcurrentSkipList<Integer, String> shared : lists) {
                    start.await();
                    for (int i = 0; i < keysOfThread; i++) {
                        wins.addAndGet(shared.putIfAbsent(i * THREADS + me, "v") == null ? 1 : 0);
                        wins.addAndGet(shared.putIfAbsent(10_000 + i, "v") == null ? 1 : 0);
                    }
                }
            });
            crew.join();
        }
        int keys = keysOfThread * (THREADS + 1);
        for (ConcurrentSkipList<Integer, String> shared : lists) {
            int found = 0;
            int previous = -1;
            for (Iterator<Map.Entry<Integer, String>> entries = shared.entries(); entries.hasNext(); found++) {
                int key = entries.next().getKey();
                assertTrue(previous < key, "after four threads put, entries() gave " + key + " after " + previous);
                assertTrue(shared.get(key) != null, "get(" + key + ") finds nothing, though entries() has it");
                previous = key;
            }
            assertEquals(keys, found, "entries after four threads put 40 keys each of their own, and 40 in common");
            assertEquals(
                    keys, shared.size(), "size() after four threads put 40 keys each of their own, and 40 in common");
        }
        assertEquals((long) keys * rounds, wins.get(), "puts that returned null: one for each key");
    }

    @Test
    @DisplayName("beside writers, a reader finds every entry whose put has returned, and walks in order")
    void readersBesideWriters() throws InterruptedException {
        int keysOfWriter = 8_000;
        AtomicIntegerArray done = new AtomicIntegerArray(2);
        AtomicInteger names = new AtomicInteger();
        try (Crew crew = new Crew()) {
            crew.start(2, "writer", () -> {
                int me = names.getAndIncrement();
                for (int i = 0; i < keysOfWriter; i++) {
                    int key = keyOf(me, i, keysOfWriter);
                    list.putIfAbsent(key, "v" + key);
                    done.set(me, i + 1);
                }
            });
            crew.start("reader", () -> {
                while ((done.get(0) < keysOfWriter || done.get(1) < keysOfWriter) && !crew.hasFailed()) {
                    checkNow(done, keysOfWriter);
                }
                checkNow(done, keysOfWriter);
            });
            crew.join();
        }
    }

    private void checkNow(AtomicIntegerArray done, int keysOfWriter) {
        for (int writer = 0; writer < 2; writer++) {
            int puts = done.get(writer);
            for (int i = Math.max(0, puts - 20); i < puts; i++) {
                int key = keyOf(writer, i, keysOfWriter);
                same("v" + key, list.get(key), "get(" + key + "), whose put has returned");
                same(Map.entry(key, "v" + key), list.floor(key), "floor(" + key + "), whose put has returned");
            }
        }
        int sure = done.get(0) + done.get(1);
        int previous = -1;
        int found = 0;
        for (Iterator<Map.Entry<Integer, String>> entries = list.entries(); entries.hasNext(); found++) {
            int key = entries.next().getKey();
            assertTrue(previous < key, "beside puts, entries() gave " + key + " after " + previous);
            previous = key;
        }
        assertTrue(found >= sure, "entries() gave " + found + " entries though " + sure + " puts had returned before");
    }

    private static int keyOf(int writer, int i, int keysOfWriter) {
        return 2 * (i * 3_571 % keysOfWriter) + writer;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of a generic type
    private static ConcurrentSkipList<Integer, String>[] newLists(int count) {
        ConcurrentSkipList<Integer, String>[] lists = new ConcurrentSkipList[count];
        for (int i = 0; i < count; i++) {
            lists[i] = new ConcurrentSkipList<>(Comparator.naturalOrder());
        }
        return lists;
    }

    private static void same(@Nullable Object expected, @Nullable Object actual, String what) {
        assertEquals(Optional.ofNullable(expected), Optional.ofNullable(actual), what);
    }

    @SuppressWarnings("NullAway") // what must be refused has to be passed first
    private static <T> T absent() {
        return null;
    }
}
