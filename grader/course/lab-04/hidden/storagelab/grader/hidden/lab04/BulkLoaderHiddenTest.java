package storagelab.grader.hidden.lab04;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.btree.BranchNode;
import storagelab.btree.BulkLoader;
import storagelab.btree.MemoryPages;
import storagelab.btree.PageSource;
import storagelab.btree.StoredValue;
import storagelab.btree.TreeEditor;
import storagelab.btree.TreeVerifier;
import storagelab.btree.TreeVerifier.TreeShape;
import storagelab.cursor.ForwardingCursor;
import storagelab.cursor.ListCursor;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

/** Exercise 4.12: a tree from entries that come in order. */
@Tag("4.12")
class BulkLoaderHiddenTest {
    private static final int PAGE_BYTES = 1024;
    private static final int CAPACITY = 988;

    private final LedgerPages pages = new LedgerPages(PAGE_BYTES);

    @Test
    @DisplayName("trees of every size verify and have what was loaded, also when branches have few children")
    void everySize() {
        for (int count = 0; count <= 220; count++) {
            // separators of some 230 bytes: four to a branch, so that every level has a last branch of every size
            List<Entry> entries = wide(count);
            Step.at("load of " + count + " entries with keys of 224 bytes that part at their ends");
            LedgerPages own = new LedgerPages(PAGE_BYTES);
            BulkLoader.Loaded loaded = BulkLoader.load(own, new ListCursor(entries));
            own.assertFinished();
            TreeShape shape = verified(own, loaded.root(), count + " entries with long keys");
            assertEquals(count, loaded.entries(), "entries that were counted, of " + count);
            assertEquals(entries, TreeWalks.content(own, loaded.root()), "what is in a tree of " + count + " entries");
            assertEquals(shape.pages().size(), own.added().size(), "pages that were added, and all in the tree");
        }
    }

    @Test
    @DisplayName("a child that would be left over for the last branch gets company from the branch before it")
    void lonelyChild() {
        boolean two = false;
        for (int count = 1; count <= 220; count++) {
            LedgerPages own = new LedgerPages(PAGE_BYTES);
            BulkLoader.Loaded loaded = BulkLoader.load(own, new ListCursor(wide(count)));
            two |= fewestChildren(own, loaded.root()) == 2;
        }
        assertTrue(two, "of 220 sizes none had a last branch of two children, and some should");
    }

    @Test
    @DisplayName(
            "whether the last two children fit into a branch is a question of their own separators, short and long")
    void longLastSeparator() {
        String tail = "x".repeat(150);
        boolean two = false;
        for (int leaves = 60; leaves <= 75; leaves++) {
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < leaves; i++) { // four entries of 247 bytes fill a leaf
                String front = "%02d".formatted(i) + (i == leaves - 1 ? tail : "");
                for (char last : "abcd".toCharArray()) {
                    Slice value = Slice.wrap(new byte[i == leaves - 1 ? 84 : 234]);
                    entries.add(Entry.value(Slice.utf8(front + last), value));
                }
            }
            entries.add(Entry.value(Slice.utf8("%02d".formatted(leaves - 1) + tail + "e"), Slice.EMPTY));
            LedgerPages own = new LedgerPages(PAGE_BYTES);
            BulkLoader.Loaded loaded = BulkLoader.load(own, new ListCursor(entries));
            own.assertFinished();
            verified(own, loaded.root(), leaves + " leaves and one more behind a long separator");
            two |= fewestChildren(own, loaded.root()) == 2;
        }
        assertTrue(two, "of 16 sizes none had a last branch of two children, and some should");
    }

    /** Of the branches but the root, none of which may have a single child. */
    private static int fewestChildren(LedgerPages pages, int root) {
        int fewest = Integer.MAX_VALUE;
        for (int page : pages.added()) {
            byte[] bytes = pages.peek(page);
            if (PageLayout.kind(bytes) == PageLayout.BRANCH) {
                int children = new BranchNode(bytes).childCount();
                assertTrue(children > 1, "branch " + page + " has a single child; the root is " + root);
                fewest = page == root ? fewest : Math.min(fewest, children);
            }
        }
        return fewest;
    }

    @Test
    @DisplayName("pages that can be filled to the last byte are, and only then another one is begun")
    void filledToTheLastByte() {
        // four entries of 247 bytes fill a leaf, thirteen separators of 64 bytes, of 76 with what belongs to them, a
        // branch
        BulkLoader.Loaded one = load(exact(14 * 4));
        assertEquals(15, pages.added().size(), "pages for 14 full leaves and one full branch");
        for (int page : pages.added()) {
            assertEquals(CAPACITY, new SlottedPage(pages.peek(page)).usedBytes(), "bytes in use of page " + page);
        }
        assertEquals(14, new BranchNode(pages.peek(one.root())).childCount(), "children of the root");
        LedgerPages more = new LedgerPages(PAGE_BYTES);
        List<List<Integer>> levels = TreeWalks.levels(
                more, BulkLoader.load(more, new ListCursor(exact(14 * 4 + 1))).root());
        assertEquals(
                List.of(1, 2, 15),
                levels.stream().map(List::size).toList(),
                "pages of each level for an entry more: a leaf, a branch, and a root above the two branches");
        List<Integer> children = levels.get(1).stream()
                .map(page -> new BranchNode(more.peek(page)).childCount())
                .toList();
        assertEquals(List.of(13, 2), children, "children of the two branches");
    }

    @Test
    @DisplayName("no page has room for what came next, but at the right edge and where a child was given away")
    void noRoomLeft() {
        Seeds.check(10, random -> {
            LedgerPages own = new LedgerPages(PAGE_BYTES);
            List<Entry> entries = mixed(random, 500 + random.nextInt(3000));
            List<List<Integer>> levels = TreeWalks.levels(
                    own, BulkLoader.load(own, new ListCursor(entries)).root());
            List<Integer> leaves = levels.get(levels.size() - 1);
            for (int i = 0; i + 1 < leaves.size(); i++) {
                SlottedPage leaf = new SlottedPage(own.peek(leaves.get(i)));
                SlottedPage next = new SlottedPage(own.peek(leaves.get(i + 1)));
                int cell = SlottedPage.cellBytes(
                        next.key(0).length(), next.payload(0).length());
                assertTrue(
                        leaf.freeBytes() < cell,
                        "leaf " + i + " of " + leaves.size() + " has " + leaf.freeBytes()
                                + " bytes free, and the next one begins with a cell of " + cell);
            }
        });
    }

    @Test
    @DisplayName(
            "pages are added and finished side by side, in the order of the keys, each once, and are left alone then")
    void writtenInOrder() {
        List<List<Integer>> levels =
                TreeWalks.levels(pages, load(numbered(20_000)).root());
        for (List<Integer> level : levels) {
            assertEquals(
                    level.stream().sorted().toList(), level, "page numbers of a level, in the order of their keys");
        }
        List<Integer> finished = pages.finished();
        int breaks = 0;
        for (int i = 1; i < finished.size(); i++) {
            breaks += finished.get(i) == finished.get(i - 1) + 1 ? 0 : 1;
        }
        assertTrue(
                breaks <= finished.size() / 10,
                "of " + finished.size() + " pages " + breaks
                        + " were not finished right after the page before them in the"
                        + " file: each of them is a write of its own");
        assertTrue(
                pages.unfinishedMax() <= levels.size() + 2,
                pages.unfinishedMax() + " pages were unfinished at a time, of a tree of " + levels.size() + " levels");
    }

    @Test
    @DisplayName("separators are the shortest that part two leaves")
    void separators() {
        List<Entry> entries = new ArrayList<>();
        Random random = new Random(5);
        for (int i = 0; i < 900; i++) {
            entries.add(
                    Entry.value(Slice.utf8(String.format("%04d", i) + "x".repeat(random.nextInt(60))), Slice.EMPTY));
        }
        List<List<Integer>> levels = TreeWalks.levels(pages, load(entries).root());
        List<Integer> leaves = levels.get(levels.size() - 1);
        List<Slice> separators = TreeWalks.separators(pages, levels.get(0).get(0));
        assertEquals(leaves.size() - 1, separators.size(), "separators in the tree, each between two leaves");
        for (int i = 0; i + 1 < leaves.size(); i++) {
            SlottedPage left = new SlottedPage(pages.peek(leaves.get(i)));
            Slice last = left.key(left.count() - 1);
            Slice first = new SlottedPage(pages.peek(leaves.get(i + 1))).key(0);
            int same = 0;
            while (last.byteAt(same) == first.byteAt(same)) {
                same++;
            }
            assertEquals(first.subSlice(0, same + 1), separators.get(i), "between " + last + " and " + first);
        }
    }

    @Test
    @DisplayName(
            "the tree has what a tree of the same entries has that were put one by one in any order, large values too")
    void equalsPuts() {
        Seeds.check(8, random -> {
            List<Entry> entries = mixed(random, random.nextInt(900));
            LedgerPages own = new LedgerPages(PAGE_BYTES);
            BulkLoader.Loaded loaded = BulkLoader.load(own, new ListCursor(entries));
            own.assertFinished();
            MemoryPages putPages = new MemoryPages(PAGE_BYTES);
            TreeEditor editor = new TreeEditor(putPages, PageSource.NO_PAGE, 0);
            List<Entry> shuffled = new ArrayList<>(entries);
            Collections.shuffle(shuffled, random);
            shuffled.forEach(entry -> editor.apply(new WriteBatch.Put(entry.key(), entry.value())));
            verified(own, loaded.root(), entries.size() + " entries");
            assertEquals(entries, TreeWalks.content(own, loaded.root()), "what is in the loaded tree");
            assertEquals(
                    TreeWalks.content(putPages, editor.root()), TreeWalks.content(own, loaded.root()), "the two trees");
        });
    }

    @Test
    @DisplayName("values at the border of leaf and overflow pages, keys of the greatest length, and empty ones")
    void borders() {
        TreeMap<Slice, Slice> content = new TreeMap<>();
        int longest = StoredValue.keyBytesMax(PAGE_BYTES);
        content.put(Slice.EMPTY, Slice.utf8("under the empty key"));
        content.put(Slice.wrap(new byte[longest]), Slice.wrap(new byte[5000]));
        for (int length = 215; length <= 240; length++) {
            content.put(Slice.utf8("key" + length), Slice.wrap(new byte[length]));
        }
        content.put(Slice.utf8("x".repeat(longest)), Slice.EMPTY);
        List<Entry> entries = content.entrySet().stream()
                .map(entry -> Entry.value(entry.getKey(), entry.getValue()))
                .toList();
        BulkLoader.Loaded loaded = load(entries);
        verified(pages, loaded.root(), "awkward entries");
        assertEquals(entries, TreeWalks.content(pages, loaded.root()), "what is in a tree of awkward entries");
    }

    @Test
    @DisplayName("the cursor is moved once over all entries, wherever it was, and left open")
    void cursor() {
        CountingCursor cursor = new CountingCursor(numbered(500));
        cursor.seekToLast();
        BulkLoader.Loaded loaded = BulkLoader.load(pages, cursor);
        assertEquals(500, loaded.entries(), "entries, when the cursor had been at the last");
        assertEquals(500, cursor.steps, "calls of next for 500 entries");
        assertFalse(cursor.closed, "the cursor was closed, and the one who made it wants to");
    }

    @Test
    @DisplayName("what does not ascend is refused, and what is too long, and nothing is lost in silence")
    void refused() {
        Slice a = Slice.utf8("a");
        Slice b = Slice.utf8("b");
        assertRefused("b after b", b, b);
        assertRefused("a after b", b, a);
        assertRefused("the empty key after a", a, Slice.EMPTY);
        assertRefused("0x7f after 0x80", Slice.copyOf((byte) 0x80), Slice.copyOf((byte) 0x7f));
        int longest = StoredValue.keyBytesMax(PAGE_BYTES);
        assertRefused("a key of " + (longest + 1) + " bytes", a, Slice.utf8("x".repeat(longest + 1)));
        assertRefused("a key that is longer than a page", a, Slice.utf8("x".repeat(2000)));
        load(List.of(Entry.value(Slice.copyOf((byte) 0x7f), a), Entry.value(Slice.copyOf((byte) 0x80), a)));
    }

    private static void assertRefused(String what, Slice first, Slice second) {
        LedgerPages own = new LedgerPages(PAGE_BYTES);
        CountingCursor cursor = new CountingCursor(List.of());
        cursor.unsorted = List.of(first, second);
        Step.at("load of entries that are to be refused: " + what);
        assertThrows(IllegalArgumentException.class, () -> BulkLoader.load(own, cursor), what + " was loaded");
        assertEquals(
                List.of(),
                own.freed(),
                "pages that were freed when " + what + " was refused: they are left to the caller");
    }

    private BulkLoader.Loaded load(List<Entry> entries) {
        Step.at("load of " + entries.size() + " entries into pages of 1,024 bytes");
        BulkLoader.Loaded loaded = BulkLoader.load(pages, new ListCursor(entries));
        pages.assertFinished();
        return loaded;
    }

    private static TreeShape verified(PageSource pages, int root, String what) {
        try {
            return TreeVerifier.verify(pages, root);
        } catch (AssertionError e) {
            throw new AssertionError("the tree of " + what + " is none: " + e.getMessage(), e);
        }
    }

    /** Entries whose cells take less than a twentieth of a page. */
    private static List<Entry> numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Entry.value(Slice.utf8(String.format("key%07d", i)), Slice.utf8("value number " + i)))
                .toList();
    }

    /** Up to 256 entries of 247 bytes whose keys of 64 bytes part at the last one. */
    private static List<Entry> exact(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    byte[] key = new byte[64];
                    key[63] = (byte) i;
                    return Entry.value(Slice.wrap(key), Slice.wrap(new byte[173]));
                })
                .toList();
    }

    /** Keys that part only at their ends, so that separators are as long as keys: four of each to a page. */
    private static List<Entry> wide(int count) {
        String front = "x".repeat(220);
        return IntStream.range(0, count)
                .mapToObj(i -> Entry.value(Slice.utf8(front + String.format("%04d", i)), Slice.EMPTY))
                .toList();
    }

    /** Keys and values of many lengths; one value in twelve does not fit into a leaf. */
    private static List<Entry> mixed(Random random, int count) {
        TreeMap<Slice, Slice> content = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            byte[] key = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 200 : 20)];
            random.nextBytes(key);
            int length = random.nextInt(12) == 0 ? 200 + random.nextInt(3000) : random.nextInt(60);
            byte[] value = new byte[length];
            random.nextBytes(value);
            content.put(Slice.wrap(key), Slice.wrap(value));
        }
        return content.entrySet().stream()
                .map(entry -> Entry.value(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** A cursor that counts, and that shows keys as they are given, in order or not. */
    private static final class CountingCursor extends ForwardingCursor {
        private List<Slice> unsorted = List.of();
        private int steps;
        private boolean closed;

        CountingCursor(List<Entry> entries) {
            super(new ListCursor(entries));
        }

        @Override
        public boolean isValid() {
            return unsorted.isEmpty() ? entries.isValid() : steps < unsorted.size();
        }

        @Override
        public void seekToFirst() {
            steps = 0;
            entries.seekToFirst();
        }

        @Override
        public void next() {
            steps++;
            if (unsorted.isEmpty()) {
                entries.next();
            }
        }

        @Override
        public Slice key() {
            return unsorted.isEmpty() ? entries.key() : unsorted.get(steps);
        }

        @Override
        public Slice value() {
            return unsorted.isEmpty() ? entries.value() : Slice.EMPTY;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
