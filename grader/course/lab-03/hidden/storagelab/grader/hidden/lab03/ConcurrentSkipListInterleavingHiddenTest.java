package storagelab.grader.hidden.lab03;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.skiplist.ConcurrentSkipList;

/**
 * Exercise 3.6: two threads, one of which stands still at a comparison while the other makes whole calls; every comparison
 * in turn.
 */
@Tag("3.6")
class ConcurrentSkipListInterleavingHiddenTest {
    /** Towers are of random heights; so many lists have low ones and high ones at every place. */
    private static final int LISTS = 6;

    /** One in four has a second level: of this many lists, some put stands still between two levels of its tower. */
    private static final int TALL_LISTS = 40;

    /** No call on ten entries compares this often; one that does goes round in circles. */
    private static final int COMPARISONS_MAX = 200;

    private static final List<Integer> BEFORE = List.of(10, 20, 50, 60);

    @Test
    @DisplayName("a put that stands still at any comparison loses nothing that others put meanwhile, and is not lost")
    void noLostPut() throws InterruptedException {
        for (List<Integer> others : List.of(List.of(25), List.of(35), List.of(25, 35), List.of(35, 29, 31, 25))) {
            forEveryComparison((list, order) -> {
                String slow = order.run(() -> winner(list.putIfAbsent(30, "slow")), () -> putAll(list, others));
                if (slow != null) {
                    TreeSet<Integer> keys = new TreeSet<>(BEFORE);
                    keys.add(30);
                    keys.addAll(others);
                    assertEquals("none", slow, "the value that putIfAbsent(30) met, which nobody else put");
                    checkKeys(list, keys, "while putIfAbsent(30) stood still, " + others + " were put");
                }
                return slow != null;
            });
        }
    }

    @Test
    @DisplayName("of two threads that put one key, one wins, and the other gets the winner's value")
    void oneWinner() throws InterruptedException {
        forEveryComparison((list, order) -> {
            AtomicReference<String> fast = new AtomicReference<>();
            String slow = order.run(() -> winner(list.putIfAbsent(30, "slow")), () -> {
                putAll(list, List.of(29));
                fast.set(winner(list.putIfAbsent(30, "fast")));
                putAll(list, List.of(31));
            });
            if (slow != null) {
                String value = String.valueOf(list.get(30));
                assertEquals(
                        value.equals("slow") ? List.of("none", "slow") : List.of("fast", "none"),
                        List.of(slow, fast.get()),
                        "what a slow and a fast putIfAbsent(30) met, each with its name as value, when " + value
                                + " is what get(30) finds");
                TreeSet<Integer> keys = new TreeSet<>(BEFORE);
                keys.addAll(List.of(29, 30, 31));
                checkKeys(list, keys, "while putIfAbsent(30) stood still, another thread put 29, 30 and 31");
            }
            return slow != null;
        });
    }

    @Test
    @DisplayName("while a put stands still, other threads find and put everything: nobody waits")
    void nobodyWaits() throws InterruptedException {
        forEveryComparison((list, order) -> order.run(() -> winner(list.putIfAbsent(30, "slow")), () -> {
                    int counted = list.size();
                    int there = keys(list).size();
                    assertTrue(
                            counted <= there,
                            "size() is " + counted + " and entries() gives " + there
                                    + " while putIfAbsent(30) stands still: what is not in the list yet is counted");
                    assertEquals(Optional.of("v20"), Optional.ofNullable(list.get(20)), "get(20)");
                    assertEquals(Optional.of(50), key(list.ceiling(45)), "ceiling(45)");
                    assertEquals(Optional.of(20), key(list.lower(21)), "lower(21)");
                    assertEquals(Optional.of(60), key(list.last()), "last()");
                    assertEquals(4, keys(list).stream().filter(BEFORE::contains).count(), "old entries");
                    assertEquals("none", winner(list.putIfAbsent(28, "fast")), "what putIfAbsent(28) met");
                })
                != null);
    }

    @Test
    @DisplayName(
            "an entry that is found counts as whole: a thread that meets it does not wait for the rest of its tower")
    void towersThatAreNotWhole() throws InterruptedException {
        for (int i = 0; i < TALL_LISTS; i++) {
            boolean stopped = true;
            for (int comparison = 1; stopped; comparison++) {
                assertTrue(comparison < COMPARISONS_MAX, "a put into a list of 42 entries compares for ever");
                Standstill order = new Standstill(comparison);
                ConcurrentSkipList<Integer, String> list = new ConcurrentSkipList<>(order);
                putAll(list, BEFORE);
                for (int key = 100; key < 138; key++) { // so that towers meet others on their upper levels
                    putAll(list, List.of(key));
                }
                stopped = order.run(() -> winner(list.putIfAbsent(30, "slow")), () -> {
                            String found = list.get(30);
                            if (found != null) {
                                assertEquals("slow", winner(list.putIfAbsent(30, "fast")), "what putIfAbsent(30) met");
                                assertEquals(Optional.of(30), key(list.floor(35)), "floor(35)");
                            }
                        })
                        != null;
            }
        }
    }

    @Test
    @DisplayName("floor, ceiling, lower and higher answer for one moment, though entries come while they look")
    void oneMoment() throws InterruptedException {
        checkOneMoment("floor(40)", list -> key(list.floor(40)), keys -> keys.floor(40));
        checkOneMoment("ceiling(30)", list -> key(list.ceiling(30)), keys -> keys.ceiling(30));
        checkOneMoment("lower(40)", list -> key(list.lower(40)), keys -> keys.lower(40));
        checkOneMoment("higher(30)", list -> key(list.higher(30)), keys -> keys.higher(30));
        checkOneMoment("floor(35)", list -> key(list.floor(35)), keys -> keys.floor(35));
        checkOneMoment("higher(35)", list -> key(list.higher(35)), keys -> keys.higher(35));
    }

    /** Puts that arrive in these orders give answers in the wrong order to whoever looks twice. */
    private static void checkOneMoment(
            String call,
            Function<ConcurrentSkipList<Integer, String>, Optional<Integer>> slowly,
            Function<TreeSet<Integer>, @Nullable Integer> right)
            throws InterruptedException {
        for (List<Integer> others :
                List.of(List.of(40, 30), List.of(30, 40), List.of(35, 38, 32, 40, 30), List.of(30, 40, 32, 38, 35))) {
            TreeSet<Integer> keys = new TreeSet<>(BEFORE);
            TreeSet<Integer> allowed = new TreeSet<>(List.of(orZero(right.apply(keys))));
            for (int key : others) {
                keys.add(key);
                allowed.add(orZero(right.apply(keys)));
            }
            forEveryComparison((list, order) -> {
                Optional<Integer> answer = order.run(() -> slowly.apply(list), () -> putAll(list, others));
                if (answer != null) {
                    assertTrue(
                            allowed.contains(answer.orElse(0)),
                            call + " gave " + answer.map(String::valueOf).orElse("nothing") + " while the keys "
                                    + others
                                    + " were put, in this order, into " + BEFORE + "; one after the other "
                                    + allowed + " would have been right, and nothing else ever was");
                }
                return answer != null;
            });
        }
    }

    /**
     * Makes lists with the entries {@link #BEFORE}, and stops {@code attempt} at comparison 1, 2, 3 … until it says that it
     * has not been stopped any more.
     */
    private static void forEveryComparison(Attempt attempt) throws InterruptedException {
        for (int i = 0; i < LISTS; i++) {
            boolean stopped = true;
            for (int comparison = 1; stopped; comparison++) {
                assertTrue(comparison < COMPARISONS_MAX, "a call on a list of ten entries compares for ever");
                Standstill order = new Standstill(comparison);
                ConcurrentSkipList<Integer, String> list = new ConcurrentSkipList<>(order);
                putAll(list, BEFORE);
                stopped = attempt.run(list, order);
            }
        }
    }

    private static void checkKeys(ConcurrentSkipList<Integer, String> list, TreeSet<Integer> expected, String when) {
        assertEquals(List.copyOf(expected), keys(list), "the keys that entries() gives; " + when);
        assertEquals(expected.size(), list.size(), "size(); " + when);
        for (int key : expected) {
            assertTrue(list.get(key) != null, "get(" + key + ") finds nothing; " + when);
            assertEquals(Optional.of(key), key(list.floor(key)), "floor(" + key + "); " + when);
            assertEquals(Optional.ofNullable(expected.lower(key)), key(list.lower(key)), "lower(" + key + "); " + when);
            assertEquals(
                    Optional.ofNullable(expected.higher(key)), key(list.higher(key)), "higher(" + key + "); " + when);
        }
    }

    private static void putAll(ConcurrentSkipList<Integer, String> list, List<Integer> keys) {
        for (int key : keys) {
            String present = list.putIfAbsent(key, "v" + key);
            assertTrue(present == null, "putIfAbsent(" + key + ") met " + present + ", and nobody had put it");
        }
    }

    private static String winner(@Nullable String present) {
        return present == null ? "none" : present;
    }

    private static List<Integer> keys(ConcurrentSkipList<Integer, String> list) {
        ImmutableList.Builder<Integer> keys = ImmutableList.builder();
        list.entries().forEachRemaining(entry -> keys.add(entry.getKey()));
        return keys.build();
    }

    private static Optional<Integer> key(Map.@Nullable Entry<Integer, String> entry) {
        return Optional.ofNullable(entry).map(Map.Entry::getKey);
    }

    private static int orZero(@Nullable Integer key) {
        return key == null ? 0 : key;
    }

    /** A call that is stopped at a comparison. */
    @FunctionalInterface
    private interface Attempt {
        /** Says whether the call was stopped; if not, it makes fewer comparisons. */
        boolean run(ConcurrentSkipList<Integer, String> list, Standstill order) throws InterruptedException;
    }
}
