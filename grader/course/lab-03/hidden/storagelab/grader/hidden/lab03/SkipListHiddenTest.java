package storagelab.grader.hidden.lab03;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.skiplist.SkipList;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;
import storagelab.tree.OrderedMap;

/** Exercise 3.5: a skip list for one thread. */
@Tag("3.5")
class SkipListHiddenTest extends MapContract {
    private static final int MANY = 1 << 14;
    private static final double LOG4_OF_MANY = 7;

    /** Chance for the average of one list of {@link #MANY} keys to be above the bound for the average over the coin. */
    private static final double TOLERANCE = 1.15;

    /** How far from the average a count may be, in standard deviations: one right list in a million is further. */
    private static final double DEVIATIONS = 5;

    @Override
    <K> OrderedMap<K, String> newMap(Comparator<? super K> comparator) {
        return new SkipList<>(comparator, new Random(Seeds.base()));
    }

    @Override
    void verify(OrderedMap<Integer, String> map, String when) {
        SkipList<Integer, String> list = (SkipList<Integer, String>) map;
        list.verify();
        int[] nodes = list.nodesPerLevel();
        assertEquals(map.size(), nodes.length == 0 ? 0 : nodes[0], "nodes on level 0 " + when);
        for (int level = 1; level < nodes.length; level++) {
            assertTrue(
                    nodes[level] > 0 && nodes[level] <= nodes[level - 1],
                    "nodesPerLevel() is " + Ints.asList(nodes) + " " + when);
        }
    }

    @Test
    @DisplayName("the coin alone decides how high a node goes: another level while nextInt(4) is 0, twelve at the most")
    void coinDecides() {
        SkipList<Integer, String> example =
                new SkipList<>(Comparator.naturalOrder(), new ScriptedCoin(1, 2, 1, 3, 1, 1));
        Step.at("puts of 10, 20 … 60 with a coin that makes towers of 1, 2, 1, 3, 1 and 1 levels");
        for (int key = 10; key <= 60; key += 10) {
            example.put(key, "v");
        }
        assertEquals(
                List.of(6, 2, 1),
                Ints.asList(example.nodesPerLevel()),
                "nodesPerLevel() of the example, with towers of 1, 2, 1, 3, 1 and 1 levels");
        example.delete(40);
        assertEquals(
                List.of(5, 1),
                Ints.asList(example.nodesPerLevel()),
                "nodesPerLevel() of the example once 40, the only node on level 2, is deleted");
        Step.at("puts of 1 and 2 with a coin that always says up");
        SkipList<Integer, String> high = new SkipList<>(Comparator.naturalOrder(), new ScriptedCoin(100));
        high.put(1, "v");
        assertEquals(SkipList.MAX_LEVELS, high.nodesPerLevel().length, "levels when the coin always says up");
        high.put(2, "w");
        assertEquals(Optional.of("w"), Optional.ofNullable(high.get(2)), "get(2) in a list with all levels in use");
        assertEquals(Optional.of(Map.entry(2, "w")), Optional.ofNullable(high.last()), "last() with all levels in use");
        high.verify();
    }

    @Test
    @DisplayName("replacing a value throws no coin, and equal coins make equal lists")
    void seededCoin() {
        Seeds.check(3, random -> {
            long seed = random.nextLong();
            List<Integer> once = levelsAfter(seed, 1);
            assertEquals(once, levelsAfter(seed, 1), "nodesPerLevel() of a second list with the same coin");
            assertEquals(once, levelsAfter(seed, 3), "nodesPerLevel() when every key is put three times in a row");
        });
        assertTrue(
                !levelsAfter(1, 1).equals(levelsAfter(2, 1)),
                "5,000 keys have exactly as many nodes on every level with a coin of another seed: is it thrown at all?");
    }

    @Test
    @DisplayName("one node in four is on the next level, whatever order the keys come in")
    void oneInFour() {
        Seeds.check(2, random -> {
            for (Arrival arrival : Arrival.values()) {
                int[] nodes = filled(Comparator.naturalOrder(), arrival, random).nodesPerLevel();
                double expected = MANY;
                for (int level = 1; level <= 4; level++) {
                    expected /= 4;
                    double deviation = Math.sqrt(expected);
                    int found = level < nodes.length ? nodes[level] : 0;
                    assertTrue(
                            Math.abs(found - expected) <= DEVIATIONS * deviation,
                            String.format(
                                    Locale.ROOT,
                                    "of 16,384 %s keys, %d are on level %d; about %.0f should be (all: %s)",
                                    arrival.words,
                                    found,
                                    level,
                                    expected,
                                    Ints.asList(nodes)));
                }
            }
        });
    }

    @Test
    @DisplayName("get, its neighbours, put and delete compare at most 4·log₄ n + 3 keys, on average")
    void comparisons() {
        Seeds.check(1, random -> {
            for (Arrival arrival : Arrival.values()) {
                CountingOrder<Integer> order = new CountingOrder<>();
                SkipList<Integer, String> list = filled(order, arrival, random);
                String of = " of " + arrival.words + " keys";
                checkAverage("get" + of, order, i -> list.get(i * 31 % (2 * MANY)) == null ? 0 : 1);
                checkAverage("floor" + of, order, i -> list.floor(i * 31 % (2 * MANY)) == null ? 0 : 1);
                checkAverage("ceiling" + of, order, i -> list.ceiling(i * 31 % (2 * MANY)) == null ? 0 : 1);
                checkAverage("lower" + of, order, i -> list.lower(i * 31 % (2 * MANY)) == null ? 0 : 1);
                checkAverage("higher" + of, order, i -> list.higher(i * 31 % (2 * MANY)) == null ? 0 : 1);
                checkAverage("put of new keys beside 16,384" + of, order, i -> put(list, 2 * (i * 31 % MANY) + 1));
                checkAverage("delete of 16,384 beside as many" + of, order, i -> delete(list, 2 * (i * 31 % MANY) + 1));
                list.verify();
            }
        });
    }

    @Test
    @DisplayName("entries() walks on level 0: it compares nothing, and has every entry once, in order")
    void walk() {
        Seeds.check(2, random -> {
            CountingOrder<Integer> order = new CountingOrder<>();
            SkipList<Integer, String> list = filled(order, Arrival.RANDOM, random);
            order.reset();
            int expected = 0;
            for (Iterator<Map.Entry<Integer, String>> entries = list.entries(); entries.hasNext(); expected += 2) {
                assertEquals(
                        expected,
                        (int) entries.next().getKey(),
                        "the key that entries() gives after " + (expected - 2));
            }
            assertEquals(2L * MANY, expected, "the key that would come after the last");
            assertTrue(
                    order.comparisons() <= MANY / 100,
                    "a walk over 16,384 entries compared keys " + order.comparisons() + " times");
        });
    }

    @Test
    @DisplayName(
            "entries() is an iterator: hasNext() may be asked often or not at all, and there is no entry after the last")
    void iterator() {
        SkipList<Integer, String> list = new SkipList<>(Comparator.naturalOrder(), new Random(1));
        for (int key = 1; key <= 3; key++) {
            list.put(key, "v" + key);
        }
        Iterators.check(list::entries, List.of(Map.entry(1, "v1"), Map.entry(2, "v2"), Map.entry(3, "v3")));
    }

    @Test
    @DisplayName("comparator() is the one that the list was made with")
    void comparatorIsKept() {
        Comparator<Integer> order = Comparator.reverseOrder();
        assertTrue(
                new SkipList<Integer, String>(order, new Random(1)).comparator() == order,
                "comparator() of a list is not the one that it was made with");
    }

    @Test
    @DisplayName("verify() finds keys that do not ascend")
    void verifyFindsDisorder() {
        int[] sign = {1};
        SkipList<Integer, String> list =
                new SkipList<>((a, b) -> sign[0] * Integer.compare(a, b), new Random(Seeds.base()));
        for (int key = 770; key < 780; key++) {
            list.put(key, "v");
        }
        Step.at("verify() of the keys 770 to 779");
        list.verify();
        sign[0] = -1;
        checkNamesKeys(list, "the keys 770 to 779 once the comparator says that they should descend");
        sign[0] = 0;
        checkNamesKeys(list, "the keys 770 to 779 once the comparator says that all of them are equal");
    }

    /** Checks that verify() fails, and that its message has two of the keys 770 to 779. */
    private static void checkNamesKeys(SkipList<Integer, String> list, String of) {
        String message = String.valueOf(assertThrows(AssertionError.class, list::verify, "verify() of " + of)
                .getMessage());
        long named = IntStream.range(770, 780)
                .filter(key -> message.contains("" + key))
                .count();
        assertTrue(
                named >= 2,
                "the message of verify() of " + of + " should name the keys that are wrong, and is: " + message);
    }

    private static int put(SkipList<Integer, String> list, int key) {
        return list.put(key, "v") == null ? 1 : 0;
    }

    private static int delete(SkipList<Integer, String> list, int key) {
        return list.delete(key) == null ? 0 : 1;
    }

    /** Calls {@code operation} for 0, 1, 2 … and checks how many keys were compared on average. */
    private static void checkAverage(String what, CountingOrder<Integer> order, IntUnaryOperator operation) {
        Step.at(MANY + " calls of " + what);
        order.reset();
        int changed = 0;
        for (int i = 0; i < MANY; i++) {
            changed += operation.applyAsInt(i);
            long soFar = order.comparisons();
            assertTrue(soFar < 200L * MANY, what + ": " + soFar + " comparisons after " + (i + 1) + " calls");
        }
        double average = (double) order.comparisons() / MANY;
        double bound = 4 * LOG4_OF_MANY + 3;
        assertTrue(
                average <= bound * TOLERANCE,
                String.format(
                        Locale.ROOT,
                        "%s: %.1f comparisons on average; 4·log₄ n + 3 is %.0f (%d calls met or made an entry)",
                        what,
                        average,
                        bound,
                        changed));
    }

    /** The even numbers below 2 · {@link #MANY}. */
    private static SkipList<Integer, String> filled(Comparator<Integer> order, Arrival arrival, Random random) {
        SkipList<Integer, String> list = new SkipList<>(order, new Random(random.nextLong()));
        Step.at("puts of 16,384 keys, " + arrival.words);
        for (int i = 0; i < MANY; i++) {
            list.put(2 * arrival.place.applyAsInt(i), "v");
        }
        return list;
    }

    private static List<Integer> levelsAfter(long seed, int putsOfEachKey) {
        SkipList<Integer, String> list = new SkipList<>(Comparator.naturalOrder(), new Random(seed));
        for (int i = 0; i < 5_000 * putsOfEachKey; i++) {
            list.put(i / putsOfEachKey * 7_919 % 5_000, "v" + i);
        }
        return new ArrayList<>(Ints.asList(list.nodesPerLevel()));
    }

    /** In what order keys come. */
    private enum Arrival {
        ASCENDING("ascending", i -> i),
        DESCENDING("descending", i -> MANY - 1 - i),
        RANDOM("shuffled", i -> i * 8_191 & (MANY - 1));

        private final String words;
        private final IntUnaryOperator place;

        Arrival(String words, IntUnaryOperator place) {
            this.words = words;
            this.place = place;
        }
    }

    /** A coin that makes towers of given heights. */
    private static final class ScriptedCoin extends Random {
        private static final long serialVersionUID = 1L;

        private final int[] heights;
        private int node;
        private int level = 1;

        ScriptedCoin(int... heights) {
            this.heights = heights;
        }

        @Override
        public int nextInt(int bound) {
            assertEquals(4, bound, "the bound that the coin is thrown with");
            if (level < heights[Math.min(node, heights.length - 1)]) {
                level++;
                return 0;
            }
            level = 1;
            node++;
            return 3;
        }
    }
}
