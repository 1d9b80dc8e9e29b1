package storagelab.grader.hidden.lab03;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.testkit.StoreMatchers.atMost;

import com.google.common.collect.Collections2;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Seeds;
import storagelab.tree.BinarySearchTree;
import storagelab.tree.OrderedMap;
import storagelab.tree.TreeCursor;
import storagelab.tree.TreeShape;

/** Exercise 3.1: the plain search tree, however deep it gets. */
@Tag("3.1")
class BinarySearchTreeHiddenTest extends MapContract {
    private static final int MILLION = 1_000_000;

    /** Deep enough for any recursion to overflow the stack below, and few enough that a quadratic cost is nothing. */
    private static final int DEEP = 8_000;

    private static final long SMALL_STACK_BYTES = 192 * 1024;

    @Override
    <K> OrderedMap<K, String> newMap(Comparator<? super K> comparator) {
        return new BinarySearchTree<>(comparator);
    }

    @Override
    void verify(OrderedMap<Integer, String> map, String when) {
        verify((BinarySearchTree<Integer, String>) map, when);
    }

    @Test
    @DisplayName("every order of six keys, and then every single deletion: no child, one child, two")
    void everySmallTree() {
        for (List<Integer> order : Collections2.permutations(List.of(1, 2, 3, 4, 5, 6))) {
            for (int deleted = 1; deleted <= 6; deleted++) {
                BinarySearchTree<Integer, String> tree = new BinarySearchTree<>(Comparator.naturalOrder());
                TreeMap<Integer, String> right = new TreeMap<>();
                for (int key : order) {
                    tree.put(key, "v" + key);
                    right.put(key, "v" + key);
                }
                String input = "put of " + order + ", then delete(" + deleted + ")";
                assertEquals(Optional.of("v" + deleted), Optional.ofNullable(tree.delete(deleted)), input);
                right.remove(deleted);
                verify(tree, "after " + input);
                assertEquals(List.copyOf(right.entrySet()), ImmutableList.copyOf(tree.range(0, 9)), input);
                tree.put(7, "v7");
                verify(tree, "after " + input + " and put(7)");
                assertEquals(
                        Optional.of(Map.entry(7, "v7")),
                        Optional.ofNullable(tree.last()),
                        input + " and put(7): last()");
            }
        }
    }

    @Test
    @DisplayName("after the greatest keys are deleted, new greatest ones still find their place")
    void newGreatest() {
        BinarySearchTree<Integer, String> tree = new BinarySearchTree<>(Comparator.naturalOrder());
        for (int key : new int[] {10, 5, 20, 15, 30, 25}) {
            tree.put(key, "v");
        }
        for (int round = 0; round < 6; round++) {
            int last = Optional.ofNullable(tree.last()).map(Map.Entry::getKey).orElse(-1);
            assertEquals(Optional.of("v"), Optional.ofNullable(tree.delete(last)), "delete of the last key, " + last);
            tree.put(last - 1, "v");
            tree.put(100 + round, "v");
            verify(tree, "after delete(" + last + "), put(" + (last - 1) + "), put(" + (100 + round) + ")");
        }
    }

    @Test
    @DisplayName("a million ascending keys cost two comparisons each at most, and overflow no stack")
    void aMillionAscendingKeys() {
        CountingOrder<Integer> order = new CountingOrder<>();
        BinarySearchTree<Integer, String> tree = new BinarySearchTree<>(order);
        noOverflow("a million ascending puts, a cursor over them, deletes and clear()", () -> {
            for (int key = 0; key < MILLION; key++) {
                order.reset();
                tree.put(key, "v");
                if (order.comparisons() > 2) {
                    throw new AssertionError("put(" + key + "), greater than all before: " + order.comparisons()
                            + " comparisons, 2 allowed; remember the greatest node instead of walking to it");
                }
            }
            assertEquals(MILLION, tree.size(), "size()");
            TreeShape.verify(tree.root(), order, MILLION);
            order.reset();
            TreeCursor<Integer, String> cursor = tree.cursor();
            cursor.seekToFirst();
            for (int key = 0; key < MILLION; key++) {
                assertTrue(cursor.isValid() && cursor.key() == key, "the cursor is not at entry " + key);
                cursor.next();
            }
            assertFalse(cursor.isValid(), "isValid() behind the last entry");
            assertEquals(0, order.comparisons(), "comparisons of a cursor that only goes on");
            for (int key = 0; key < 1000; key++) {
                tree.delete(key);
            }
            assertEquals(MILLION - 1000, tree.size(), "size() after 1,000 deletes");
            tree.clear();
            assertEquals(0, tree.size(), "size() after clear()");
        });
    }

    @Test
    @DisplayName("no method recurses: 8,000 nodes in a row and a stack of 192 KiB, ascending and descending")
    void smallStack() throws InterruptedException {
        for (boolean ascending : new boolean[] {true, false}) {
            BinarySearchTree<Integer, String> tree = new BinarySearchTree<>(Comparator.naturalOrder());
            int deepest = ascending ? DEEP - 1 : 0;
            onSmallStack("on " + DEEP + (ascending ? " ascending" : " descending") + " keys", () -> {
                for (int i = 0; i < DEEP; i++) {
                    tree.put(ascending ? i : DEEP - 1 - i, "v");
                }
                assertEquals(Optional.of("v"), Optional.ofNullable(tree.put(deepest, "w")), "put over the deepest key");
                assertEquals(Optional.of("w"), Optional.ofNullable(tree.get(deepest)), "get of the deepest key");
                Map.Entry<Integer, String> entry = Map.entry(deepest, "w");
                assertEquals(Optional.of(entry), Optional.ofNullable(tree.floor(deepest)), "floor of the deepest key");
                assertEquals(Optional.of(entry), Optional.ofNullable(tree.ceiling(deepest)), "ceiling of it");
                assertTrue(tree.first() != null && tree.last() != null, "first() and last() are there");
                assertTrue(tree.lower(DEEP) != null && tree.higher(-1) != null, "lower and higher are there");
                TreeCursor<Integer, String> cursor = tree.cursor();
                cursor.seek(deepest);
                cursor.seekBefore(DEEP);
                cursor.seekToLast();
                cursor.prev();
                cursor.seekToFirst();
                cursor.next();
                assertEquals(Optional.of(1), Optional.of(cursor.key()), "the second key");
                assertEquals(
                        DEEP, ImmutableList.copyOf(tree.range(0, DEEP)).size(), "entries in range(0, " + DEEP + ")");
                tree.delete(deepest);
                tree.delete(DEEP / 2);
                tree.clear();
            });
        }
    }

    @Test
    @DisplayName("no search compares more often than the tree is high, and a put once more")
    void comparisons() {
        Seeds.check(5, random -> {
            CountingOrder<Integer> order = new CountingOrder<>();
            BinarySearchTree<Integer, String> tree = new BinarySearchTree<>(order);
            for (int i = 0; i < 2000; i++) {
                tree.put(2 * random.nextInt(5000), "v");
            }
            int height = TreeShape.height(tree.root());
            for (int key = -1; key < 10_001; key += 7) {
                int asked = key;
                atMostComparisons(order, height, "get(" + key + ")", () -> tree.get(asked));
                atMostComparisons(order, height, "floor(" + key + ")", () -> tree.floor(asked));
                atMostComparisons(order, height, "lower(" + key + ")", () -> tree.lower(asked));
                atMostComparisons(order, height, "ceiling(" + key + ")", () -> tree.ceiling(asked));
                atMostComparisons(order, height, "higher(" + key + ")", () -> tree.higher(asked));
                atMostComparisons(
                        order, height, "seek(" + key + ")", () -> tree.cursor().seek(asked));
                atMostComparisons(
                        order,
                        height,
                        "seekBefore(" + key + ")",
                        () -> tree.cursor().seekBefore(asked));
            }
            atMostComparisons(order, 0, "first()", tree::first);
            atMostComparisons(order, 0, "last()", tree::last);
            for (int i = 0; i < 500; i++) {
                int key = random.nextInt(10_000);
                int now = TreeShape.height(tree.root());
                atMostComparisons(order, now + 1L, "put(" + key + ")", () -> tree.put(key, "w"));
                atMostComparisons(order, now + 1L, "delete(" + key + ")", () -> tree.delete(key));
            }
        });
    }

    @Test
    @DisplayName("a cursor seeks to the first key not below and the last key below, for keys that are there and not")
    void cursorSeeks() {
        Seeds.check(20, random -> {
            BinarySearchTree<Integer, String> tree = new BinarySearchTree<>(Comparator.naturalOrder());
            NavigableMap<Integer, String> right = fill(tree, random.nextInt(40), random.nextInt());
            TreeCursor<Integer, String> cursor = tree.cursor();
            for (int key = -1; key <= 61; key++) {
                cursor.seek(key);
                sameAs(right.ceilingEntry(key), cursor, "seek(" + key + ") in " + right.keySet());
                cursor.seekBefore(key);
                sameAs(right.lowerEntry(key), cursor, "seekBefore(" + key + ") in " + right.keySet());
            }
            cursor.seekToFirst();
            sameAs(right.firstEntry(), cursor, "seekToFirst() in " + right.keySet());
            cursor.seekToLast();
            sameAs(right.lastEntry(), cursor, "seekToLast() in " + right.keySet());
        });
    }

    @Test
    @DisplayName("a seek forgets where the cursor was: every walk from there to an end meets each entry once")
    void seekForgets() {
        BinarySearchTree<Integer, String> tree = new BinarySearchTree<>(Comparator.naturalOrder());
        List<Integer> keys = List.copyOf(fill(tree, 25, 3).keySet());
        int middle = keys.get(keys.size() / 2);
        List<Consumer<TreeCursor<Integer, String>>> seeks = List.of(
                TreeCursor::seekToFirst,
                TreeCursor::seekToLast,
                cursor -> cursor.seek(middle),
                cursor -> cursor.seekBefore(middle));
        List<Integer> places = List.of(0, keys.size() - 1, keys.size() / 2, keys.size() / 2 - 1);
        for (int seek = 0; seek < seeks.size(); seek++) {
            for (int before : keys) {
                TreeCursor<Integer, String> cursor = tree.cursor();
                cursor.seek(before);
                seeks.get(seek).accept(cursor);
                String when = List.of("seekToFirst", "seekToLast", "seek", "seekBefore")
                                .get(seek) + " of a cursor that was at " + before + ", among " + keys;
                assertEquals(
                        keys.subList(places.get(seek), keys.size()),
                        walk(cursor, TreeCursor::next),
                        "next() after " + when);
                cursor.seek(before);
                seeks.get(seek).accept(cursor);
                assertEquals(
                        Lists.reverse(keys.subList(0, places.get(seek) + 1)),
                        walk(cursor, TreeCursor::prev),
                        "prev() after " + when);
            }
        }
    }

    /** The keys from where the cursor is until it is at none; a few too many, if it goes on. */
    private static List<Integer> walk(TreeCursor<Integer, String> cursor, Consumer<TreeCursor<Integer, String>> step) {
        List<Integer> keys = new ArrayList<>();
        while (cursor.isValid() && keys.size() < 100) {
            keys.add(cursor.key());
            step.accept(cursor);
        }
        return keys;
    }

    @Test
    @DisplayName("a cursor goes to and fro at random as over a list, off both ends and back by a seek")
    void cursorWalks() {
        Seeds.check(20, random -> {
            BinarySearchTree<Integer, String> tree = new BinarySearchTree<>(Comparator.naturalOrder());
            NavigableMap<Integer, String> right = fill(tree, 1 + random.nextInt(40), random.nextInt());
            List<Map.Entry<Integer, String>> entries = new ArrayList<>(right.entrySet());
            TreeCursor<Integer, String> cursor = tree.cursor();
            int index = -1;
            for (int step = 0; step < 400; step++) {
                if (index < 0 || index >= entries.size()) {
                    assertFalse(cursor.isValid(), "isValid() off the ends of " + right.keySet());
                    assertThrows(IllegalStateException.class, cursor::next, "next() at no entry");
                    assertThrows(IllegalStateException.class, cursor::prev, "prev() at no entry");
                    assertThrows(IllegalStateException.class, cursor::key, "key() at no entry");
                    assertThrows(IllegalStateException.class, cursor::value, "value() at no entry");
                    index = random.nextInt(entries.size());
                    cursor.seek(entries.get(index).getKey());
                } else if (random.nextInt(7) < 4) {
                    cursor.next();
                    index++;
                } else {
                    cursor.prev();
                    index--;
                }
                Map.Entry<Integer, String> expected = index < 0 || index >= entries.size() ? null : entries.get(index);
                sameAs(expected, cursor, "step " + step + " of a walk to and fro over " + right.keySet());
            }
        });
    }

    @Test
    @DisplayName("a range has the keys from its lower end to just below its upper one, wherever the two are")
    void everyRange() {
        BinarySearchTree<Integer, String> tree = new BinarySearchTree<>(Comparator.naturalOrder());
        NavigableMap<Integer, String> right = fill(tree, 15, 5);
        for (int from = -1; from <= 61; from++) {
            for (int to = from; to <= 61; to++) {
                Iterator<Map.Entry<Integer, String>> range = tree.range(from, to);
                String call = "range(" + from + ", " + to + ") of " + right.keySet();
                assertEquals(List.copyOf(right.subMap(from, to).entrySet()), ImmutableList.copyOf(range), call);
                assertThrows(NoSuchElementException.class, range::next, "next() at the end of " + call);
            }
        }
        assertThrows(IllegalArgumentException.class, () -> tree.range(3, 2), "range(3, 2)");
    }

    @Test
    @DisplayName("a range looks at its own entries and at one way down, not at the rest of the tree")
    void costOfARange() {
        CountingOrder<Integer> order = new CountingOrder<>();
        BinarySearchTree<Integer, String> tree = new BinarySearchTree<>(order);
        fill(tree, 3000, 11, 10_000);
        int height = TreeShape.height(tree.root());
        for (int from = 0; from < 10_000; from += 997) {
            order.reset();
            int entries = ImmutableList.copyOf(tree.range(from, from + 50)).size();
            assertThat(
                    "range(" + from + ", " + (from + 50) + ") with " + entries + " entries in a tree " + height
                            + " high",
                    order.comparisons(),
                    atMost(height + entries + 3L, "comparisons", "seek the lower end, and stop at the upper one"));
        }
    }

    private static void verify(BinarySearchTree<Integer, String> tree, String when) {
        try {
            TreeShape.verify(tree.root(), Comparator.naturalOrder(), tree.size());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + " " + when, e);
        }
    }

    /** Random keys below 60. */
    private static NavigableMap<Integer, String> fill(BinarySearchTree<Integer, String> tree, int count, int seed) {
        return fill(tree, count, seed, 60);
    }

    private static NavigableMap<Integer, String> fill(
            BinarySearchTree<Integer, String> tree, int count, int seed, int keys) {
        NavigableMap<Integer, String> right = new TreeMap<>();
        new Random(seed).ints(count, 0, keys).forEach(key -> {
            tree.put(key, "v" + key);
            right.put(key, "v" + key);
        });
        return right;
    }

    private static void sameAs(
            Map.@Nullable Entry<Integer, String> expected, TreeCursor<Integer, String> cursor, String when) {
        Optional<Object> found =
                cursor.isValid() ? Optional.of(Map.entry(cursor.key(), cursor.value())) : Optional.empty();
        assertEquals(Optional.ofNullable(expected).map(Map.Entry::copyOf), found, "where the cursor is after " + when);
    }

    private static void atMostComparisons(CountingOrder<Integer> order, long limit, String call, Runnable work) {
        order.reset();
        work.run();
        assertThat(
                call + " in a tree " + limit + " high or less",
                order.comparisons(),
                atMost(limit, "comparisons", "compare once with each node on one way down"));
    }

    private static void noOverflow(String what, Runnable work) {
        try {
            work.run();
        } catch (StackOverflowError e) {
            throw new AssertionError(
                    what + ": the stack overflowed in " + e.getStackTrace()[0].getMethodName()
                            + "; a tree as deep as this needs loops, not recursion",
                    e);
        }
    }

    private static void onSmallStack(String what, Runnable work) throws InterruptedException {
        Throwable[] thrown = new Throwable[1];
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        noOverflow(what, work);
                    } catch (RuntimeException | Error e) {
                        thrown[0] = e;
                    }
                },
                "small stack",
                SMALL_STACK_BYTES);
        thread.start();
        thread.join();
        if (thrown[0] instanceof Error error) {
            throw error;
        }
        if (thrown[0] instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
