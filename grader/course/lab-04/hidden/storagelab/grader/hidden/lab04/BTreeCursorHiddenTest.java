package storagelab.grader.hidden.lab04;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.testkit.StoreMatchers.atMost;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.btree.BTreeCursor;
import storagelab.btree.StoredValue;
import storagelab.course.ExerciseNotDone;
import storagelab.grader.hidden.lab04.LayeredTree.Shape;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;
import storagelab.testkit.CursorContract;
import storagelab.testkit.CursorModel;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

/** Exercise 4.10: a cursor over a tree of pages, and what its moves read. */
@Tag("4.10")
class BTreeCursorHiddenTest implements CursorContract {
    private static final Shape SMALL = new Shape(3, 3);
    private static final int ENTRIES = 81; // 27 leaves, 9 branches, 3, and the root: four levels, all full

    @Override
    public Cursor cursorOver(List<Entry> sorted) {
        return over(LayeredTree.of(sorted, SMALL));
    }

    @Test
    @DisplayName("random trees, from one entry a leaf and two children a branch on: awkward keys, any walk")
    void randomTrees() {
        Seeds.check(100, random -> {
            List<Entry> entries = CursorModel.randomEntries(random, 40, 0);
            Shape shape = new Shape(1 + random.nextInt(4), 2 + random.nextInt(3));
            LayeredTree tree = LayeredTree.of(entries, shape);
            CursorModel.of(entries, () -> over(tree)).check(random);
        });
    }

    @Test
    @DisplayName(
            "separators that are no keys: seeks to each of them, to each key and between, end at the right neighbour")
    void separatorsBetweenKeys() {
        LayeredTree tree = tree();
        try (Cursor cursor = over(tree)) {
            for (int i = 0; i <= ENTRIES; i++) {
                for (Slice key : List.of(gap(i), key(i))) {
                    cursor.seek(key);
                    assertEquals(i < ENTRIES ? key(i).toUtf8() : "none", here(cursor), "seek(" + key + ")");
                    cursor.seekBefore(key);
                    assertEquals(i > 0 ? key(i - 1).toUtf8() : "none", here(cursor), "seekBefore(" + key + ")");
                }
            }
        }
    }

    @Test
    @DisplayName("after a seek into a gap at the border of two leaves, next and prev go on from there")
    void stepsAfterSeeks() {
        LayeredTree tree = tree();
        try (Cursor cursor = over(tree)) {
            for (int i = 1; i < ENTRIES - 1; i++) {
                cursor.seek(gap(i));
                cursor.prev();
                assertEquals(key(i - 1).toUtf8(), here(cursor), "seek(" + gap(i) + "), prev");
                cursor.seek(gap(i));
                cursor.next();
                assertEquals(key(i + 1).toUtf8(), here(cursor), "seek(" + gap(i) + "), next");
                cursor.seekBefore(gap(i));
                cursor.next();
                assertEquals(key(i).toUtf8(), here(cursor), "seekBefore(" + gap(i) + "), next");
                cursor.seekBefore(gap(i + 1));
                cursor.prev();
                assertEquals(key(i - 1).toUtf8(), here(cursor), "seekBefore(" + gap(i + 1) + "), prev");
            }
        }
    }

    @Test
    @DisplayName("a walk from end to end reads every page once, leaf or branch, forward and backward")
    void everyPageOnce() {
        LayeredTree tree = tree();
        List<Integer> all = new ArrayList<>(tree.pages().added());
        all.sort(null);
        try (Cursor cursor = over(tree)) {
            int met = 0;
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                assertEquals(key(met++), cursor.key(), "a walk forward");
            }
            assertEquals(ENTRIES, met, "entries met by a walk forward");
            assertEquals(
                    all, sorted(tree.pages().takeReads()), "pages read by a walk forward, of 27 leaves and 13 more");
            for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
                assertEquals(key(--met), cursor.key(), "a walk backward");
            }
            assertEquals(0, met, "entries not met by a walk backward");
            assertEquals(
                    all, sorted(tree.pages().takeReads()), "pages read by a walk backward, of 27 leaves and 13 more");
        }
    }

    @Test
    @DisplayName(
            "a step within a leaf reads nothing; one that leaves it reads the pages below the branch where it turns")
    void stepCost() {
        LayeredTree tree = tree();
        Random random = new Random(17);
        try (Cursor cursor = over(tree)) {
            cursor.seek(key(40));
            for (int i = 0; i < 600; i++) {
                if (!cursor.isValid()) {
                    cursor.seek(key(random.nextInt(ENTRIES)));
                }
                int from = number(cursor.key());
                boolean forward = random.nextInt(5) < (i / 50 % 2 == 0 ? 3 : 2);
                tree.pages().takeReads();
                if (forward) {
                    cursor.next();
                } else {
                    cursor.prev();
                }
                int reads = tree.pages().takeReads().size();
                assertThat(
                        (forward ? "next" : "prev") + "() from entry " + from
                                + " of 81, three a leaf, three leaves a branch",
                        (long) reads,
                        atMost(
                                readsOfStep(from, forward ? from + 1 : from - 1),
                                "pages read",
                                "the way from the root is remembered, so a step turns at the lowest branch that it can"));
            }
        }
    }

    @Test
    @DisplayName("a seek reads one page a level, and the way to the neighbour only if what it looks for is there")
    void seekCost() {
        LayeredTree tree = tree();
        int depth = tree.depth();
        assertEquals(4, depth, "levels of the tree of this test");
        for (int i = 0; i < ENTRIES; i++) {
            boolean first = i % 3 == 0;
            int borders = readsOfStep(i - 1, i);
            assertReads(tree, depth, "seek(" + key(i) + ")", key(i), Cursor::seek);
            // separators are the gaps: what is in a gap at a border is searched to the right of it
            assertReads(tree, depth, "seek(" + gap(i) + ")", gap(i), Cursor::seek);
            assertReads(tree, depth + (first ? borders : 0), "seekBefore(" + key(i) + ")", key(i), Cursor::seekBefore);
            Slice below = Slice.utf8(key(i).toUtf8() + "+"); // less than the separator to the right
            boolean last = i % 3 == 2;
            assertReads(tree, depth + (last ? readsOfStep(i, i + 1) : 0), "seek(" + below + ")", below, Cursor::seek);
            assertReads(tree, depth, "seekBefore(" + below + ")", below, Cursor::seekBefore);
        }
        assertReads(tree, depth, "seekToFirst()", Slice.EMPTY, (cursor, key) -> cursor.seekToFirst());
        assertReads(tree, depth, "seekToLast()", Slice.EMPTY, (cursor, key) -> cursor.seekToLast());
        assertReads(tree, depth, "seek(z), above all keys", Slice.utf8("z"), Cursor::seek);
        assertReads(tree, depth, "seekBefore of the empty key", Slice.EMPTY, Cursor::seekBefore);
        assertReads(tree, 0, "a new cursor", Slice.EMPTY, (cursor, key) -> {});
    }

    @Test
    @DisplayName("overflow pages are read when the value is asked for, and not by moves or by key")
    void overflowPagesOnDemand() {
        LedgerPages pages = new LedgerPages(1024);
        int leaf = pages.add(PageLayout.LEAF);
        SlottedPage cells = new SlottedPage(pages.peek(leaf));
        cells.insert(0, Slice.utf8("a"), StoredValue.inline(Slice.utf8("1")));
        cells.insert(1, Slice.utf8("b"), StoredValue.overflow(5, 7));
        cells.insert(2, Slice.utf8("c"), StoredValue.inline(Slice.utf8("3")));
        byte[] overflow = new byte[1024];
        PageLayout.setKind(overflow, PageLayout.OVERFLOW);
        PageLayout.putInt(overflow, 24, 5);
        Slice.utf8("large").copyTo(overflow, 28);
        pages.place(7, overflow);
        try (Cursor cursor = new BTreeCursor(pages, leaf)) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                assertEquals(1, cursor.key().length(), "length of a key");
            }
            for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
                assertEquals(1, cursor.key().length(), "length of a key");
            }
            cursor.seek(Slice.utf8("b"));
            assertFalse(pages.takeReads().contains(7), "page 7 has a value that nobody has asked for, and was read");
            assertFalse(
                    pages.takeReadsOnce().contains(7), "page 7 has a value that nobody has asked for, and was read");
            assertEquals("b", cursor.key().toUtf8(), "seek(b)");
            assertEquals("large", valueOrNotDone(cursor), "value() of an entry whose value is in an overflow page");
        }
    }

    /** Reading overflow pages is exercise 4.11: that the cursor has asked for it is enough. */
    private static String valueOrNotDone(Cursor cursor) {
        try {
            return cursor.value().toUtf8();
        } catch (ExerciseNotDone e) {
            if (!e.exerciseId().equals("4.11")) {
                throw e;
            }
            return "large";
        }
    }

    @Test
    @DisplayName("after a failed read the cursor is at no entry, and a seek brings it back")
    void failedRead() {
        LayeredTree tree = tree();
        List<Integer> leaves = tree.pages().added().subList(0, ENTRIES / 3);
        try (Cursor cursor = over(tree)) {
            assertNoneAfter(tree, cursor, key(2), leaves.get(1), "next()", Cursor::next);
            assertNoneAfter(tree, cursor, key(3), leaves.get(0), "prev()", Cursor::prev);
            assertNoneAfter(tree, cursor, key(30), leaves.get(0), "seekToFirst()", Cursor::seekToFirst);
            assertNoneAfter(tree, cursor, key(30), leaves.get(26), "seekToLast()", Cursor::seekToLast);
            assertNoneAfter(tree, cursor, key(30), leaves.get(2), "seek(" + key(6) + ")", moved -> moved.seek(key(6)));
            Slice behind = Slice.utf8(key(5).toUtf8() + "+");
            assertNoneAfter(tree, cursor, key(30), leaves.get(2), "seek(" + behind + ")", moved -> moved.seek(behind));
            assertNoneAfter(
                    tree,
                    cursor,
                    key(30),
                    leaves.get(1),
                    "seekBefore(" + key(6) + ")",
                    moved -> moved.seekBefore(key(6)));
            assertNoneAfter(tree, cursor, key(30), tree.root(), "seek(" + key(6) + ")", moved -> moved.seek(key(6)));
        }
    }

    @Test
    @DisplayName("a tree may have many levels: eleven, of branches with two children and leaves with one entry")
    void deepTree() {
        List<Entry> entries = IntStream.range(0, 600)
                .mapToObj(i -> Entry.value(key(i), value(i)))
                .toList();
        LayeredTree tree = LayeredTree.of(entries, new Shape(1, 2));
        assertEquals(11, tree.depth(), "levels of the tree of this test");
        Step.at("walks over a tree of eleven levels, and seeks in it");
        try (Cursor cursor = over(tree)) {
            int met = 0;
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                assertEquals(key(met++), cursor.key(), "a walk over a tree of eleven levels");
            }
            assertEquals(600, met, "entries met in a tree of eleven levels");
            for (int i = 1; i < 600; i += 37) {
                cursor.seek(key(i));
                assertEquals(key(i).toUtf8(), here(cursor), "seek(" + key(i) + ") in a tree of eleven levels");
                cursor.prev();
                assertEquals(key(i - 1).toUtf8(), here(cursor), "prev() after it");
            }
        }
    }

    @Test
    @DisplayName("a value that cannot be read leaves the cursor where it is")
    void failedValue() {
        LedgerPages pages = new LedgerPages(1024);
        int leaf = pages.add(PageLayout.LEAF);
        SlottedPage cells = new SlottedPage(pages.peek(leaf));
        cells.insert(0, Slice.utf8("a"), StoredValue.inline(Slice.utf8("1")));
        cells.insert(1, Slice.utf8("b"), StoredValue.overflow(5, 7)); // there is no page 7
        cells.insert(2, Slice.utf8("c"), StoredValue.inline(Slice.utf8("3")));
        try (Cursor cursor = new BTreeCursor(pages, leaf)) {
            cursor.seek(Slice.utf8("b"));
            try {
                cursor.value();
                throw new AssertionError("value() of b is there, whose overflow page cannot be read");
            } catch (ExerciseNotDone e) {
                if (!e.exerciseId().equals("4.11")) {
                    throw e;
                }
            } catch (IllegalArgumentException e) {
                // what the pages throw
            }
            assertTrue(cursor.isValid(), "isValid() is false after a value() that could not be read");
            assertEquals("b", cursor.key().toUtf8(), "key() after a value() that could not be read");
            cursor.next();
            assertEquals("c", here(cursor), "next() after a value() that could not be read");
        }
    }

    @Test
    @DisplayName("two cursors over one tree do not disturb each other")
    void twoCursors() {
        LayeredTree tree = tree();
        try (Cursor forward = over(tree)) {
            forward.seekToFirst();
            try (Cursor backward = over(tree)) {
                backward.seekToLast();
                for (int i = 0; i < ENTRIES; i++) {
                    assertEquals(key(i), forward.key(), "the cursor that goes forward, at step " + i);
                    assertEquals(key(ENTRIES - 1 - i), backward.key(), "the cursor that goes backward, at step " + i);
                    forward.next();
                    backward.prev();
                }
            }
            forward.seek(key(7));
            assertEquals(key(7).toUtf8(), here(forward), "a seek after another cursor over the tree was closed");
        }
    }

    private static void assertNoneAfter(
            LayeredTree tree, Cursor cursor, Slice from, int unreadable, String what, Consumer<Cursor> move) {
        cursor.seek(from);
        tree.pages().makeUnreadable(unreadable);
        assertThrows(
                IllegalArgumentException.class, () -> move.accept(cursor), what + " with a page that cannot be read");
        assertFalse(cursor.isValid(), "isValid() is true after " + what + " whose read failed: it should be at none");
        assertThrows(IllegalStateException.class, cursor::key, "key() after " + what + " whose read failed");
        assertThrows(IllegalStateException.class, cursor::value, "value() after " + what + " whose read failed");
        assertThrows(IllegalStateException.class, cursor::next, "next() after " + what + " whose read failed");
        assertThrows(IllegalStateException.class, cursor::prev, "prev() after " + what + " whose read failed");
        tree.pages().makeReadable();
        cursor.seek(from);
        assertEquals(from.toUtf8(), here(cursor), "a seek after " + what + " whose read failed");
    }

    private interface Move {
        void on(Cursor cursor, Slice key);
    }

    private static void assertReads(LayeredTree tree, long limit, String what, Slice key, Move move) {
        tree.pages().takeReads();
        try (Cursor cursor = over(tree)) {
            move.on(cursor, key);
        }
        assertThat(
                what + " by a new cursor over a tree of four levels",
                (long) tree.pages().takeReads().size(),
                atMost(limit, "pages read", "one page a level, and a neighbour only when the entry is there"));
    }

    /** Pages below the branch at which the ways to two neighbouring entries part. */
    private static int readsOfStep(int from, int to) {
        int least = Math.min(from, to);
        if (least < 0 || Math.max(from, to) >= ENTRIES) {
            return 0;
        }
        int reads = 0;
        for (int width = 3; (least + 1) % width == 0; width *= 3) {
            reads++;
        }
        return reads;
    }

    /** Eighty-one entries; what parts two pages is a key that is not there. */
    private static LayeredTree tree() {
        ImmutableList.Builder<Entry> entries = ImmutableList.builder();
        ImmutableList.Builder<Slice> separators = ImmutableList.builder();
        for (int i = 0; i < ENTRIES; i++) {
            entries.add(Entry.value(key(i), value(i)));
            separators.add(gap(i));
        }
        LayeredTree tree = LayeredTree.of(entries.build(), separators.build(), SMALL);
        assertTrue(tree.pages().takeReads().isEmpty(), "the test reads its own pages");
        return tree;
    }

    private static BTreeCursor over(LayeredTree tree) {
        return new BTreeCursor(tree.pages(), tree.root());
    }

    private static List<Integer> sorted(List<Integer> pages) {
        return pages.stream().sorted().toList();
    }

    private static String here(Cursor cursor) {
        return cursor.isValid() ? cursor.key().toUtf8() : "none";
    }

    private static Slice key(int number) {
        return Slice.utf8(String.format("k%04d5", number));
    }

    /** Less than the key with this number, greater than the one before. */
    private static Slice gap(int number) {
        return Slice.utf8(String.format("k%04d", number));
    }

    private static int number(Slice key) {
        return Integer.parseInt(key.toUtf8().substring(1, 5));
    }

    private static Slice value(int number) {
        return Slice.utf8("value " + number);
    }

    private static Entry entry(String key, String value) {
        return Entry.value(Slice.utf8(key), Slice.utf8(value));
    }
}
