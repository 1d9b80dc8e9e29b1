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
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.skiplist.ConcurrentSkipList;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;

/** Exercise 3.6: one thread alone, and many threads by chance. */
@Tag("3.6")
class ConcurrentSkipListHiddenTest {
    private static final int MANY = 1 << 16;
    private static final int THREADS = 4;
    private static final double DEVIATIONS = 5;

    private final ConcurrentSkipList<Integer, String> list = new ConcurrentSkipList<>(Comparator.naturalOrder());

    @Test
    @DisplayName("one thread alone gets the answers of a TreeMap; a value that is there stays")
    void likeATreeMap() {
        Seeds.check(40, random -> {
            ConcurrentSkipList<Integer, String> subject = new ConcurrentSkipList<>(Comparator.naturalOrder());
            TreeMap<Integer, String> right = new TreeMap<>();
            for (int i = 0; i < 80; i++) {
                int key = random.nextInt(40);
                same(right.putIfAbsent(key, "v" + i), subject.putIfAbsent(key, "v" + i), "putIfAbsent(" + key + ")");
                int near = random.nextInt(42) - 1;
                same(right.get(near), subject.get(near), "get(" + near + ") of " + right.keySet());
                same(right.floorEntry(near), subject.floor(near), "floor(" + near + ") of " + right.keySet());
                same(right.lowerEntry(near), subject.lower(near), "lower(" + near + ") of " + right.keySet());
                same(right.ceilingEntry(near), subject.ceiling(near), "ceiling(" + near + ") of " + right.keySet());
                same(right.higherEntry(near), subject.higher(near), "higher(" + near + ") of " + right.keySet());
                same(right.firstEntry(), subject.first(), "first() of " + right.keySet());
                same(right.lastEntry(), subject.last(), "last() of " + right.keySet());
                assertEquals(right.size(), subject.size(), "size() of " + right.keySet());
            }
            assertEquals(ImmutableList.copyOf(right.entrySet()), ImmutableList.copyOf(subject.entries()), "entries()");
        });
    }

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
        assertEquals(0, list.size(), "size() after calls that were refused");
    }

    @Test
    @DisplayName("one node in four is on the next level, and calls compare 4·log₄ n + 3 keys at the most, on average")
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
        order.reset();
        for (int i = 0; i < MANY; i++) {
            counted.get(i);
        }
        double average = (double) order.comparisons() / MANY;
        assertTrue(
                average <= 40,
                String.format(Locale.ROOT, "a get of 65,536 keys compared %.1f on average; about 35 do", average));
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
