package storagelab.btree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.cursor.ListCursor;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;
import storagelab.testkit.Seeds;

@Tag("4.12")
class BulkLoaderTest {
    private static final int PAGE_BYTES = 1024;

    private final MemoryPages pages = new MemoryPages(PAGE_BYTES);

    @Test
    @DisplayName(
            "the worked example: a hundred entries of 98 bytes are ten leaves side by side, and a root behind them")
    void workedExample() {
        List<Entry> entries = IntStream.range(0, 100)
                .mapToObj(i -> Entry.value(Slice.utf8(String.format("k%02d", i)), Slice.utf8("v".repeat(86))))
                .toList();
        BulkLoader.Loaded loaded = BulkLoader.load(pages, new ListCursor(entries));
        assertThat("entries", loaded.entries(), is(100L));
        assertThat("pages", pages.pageCount(), is(11));
        BranchNode root = new BranchNode(pages.read(loaded.root()));
        assertThat("separators of the root", keys(root.cells()), is(List.of("k1 k2 k3 k4 k5 k6 k7 k8 k9".split(" "))));
        assertThat("bytes in use of the root", root.cells().usedBytes(), is(9 * 14));
        for (int i = 0; i < 10; i++) {
            int page = root.child(i);
            assertThat("page of leaf " + i + ", after the first", page - root.child(0), is(i));
            assertThat("bytes in use of leaf " + i, new SlottedPage(pages.read(page)).usedBytes(), is(980));
        }
        assertThat("page of the root, after the first leaf", loaded.root() - root.child(0), is(10));
    }

    @Test
    @DisplayName("of no entries there is no tree, and of one a leaf")
    void smallest() {
        assertEquals(new BulkLoader.Loaded(PageSource.NO_PAGE, 0), BulkLoader.load(pages, new ListCursor(List.of())));
        assertEquals(0, pages.pageCount(), "pages of a tree without entries");
        BulkLoader.Loaded one = BulkLoader.load(pages, new ListCursor(numbered(1)));
        assertEquals(1, one.entries(), "entries of a tree with one");
        assertEquals(PageLayout.LEAF, PageLayout.kind(pages.read(one.root())), "kind of its root");
    }

    @Test
    @DisplayName("trees of every size up to 1,500 entries verify, and have what was loaded")
    void everySize() {
        for (int count = 0; count < 1500; count += count < 100 ? 1 : 7) {
            MemoryPages own = new MemoryPages(PAGE_BYTES);
            List<Entry> entries = numbered(count);
            BulkLoader.Loaded loaded = BulkLoader.load(own, new ListCursor(entries));
            TreeVerifier.TreeShape shape = TreeVerifier.verify(own, loaded.root());
            assertEquals(entries, TreeWalk.entries(own, loaded.root()), "a scan of " + count + " loaded entries");
            assertEquals(count, loaded.entries(), "entries of a tree of " + count);
            assertEquals(shape.pages().size(), own.pageCount(), "pages, and all in the tree of " + count);
        }
    }

    @Test
    @DisplayName("a loaded tree has what a tree of the same entries has that were put one by one, in any order")
    void equalsRandomPuts() {
        Seeds.check(5, random -> {
            MemoryPages own = new MemoryPages(PAGE_BYTES);
            List<Entry> entries = large(random, 800);
            BulkLoader.Loaded loaded = BulkLoader.load(own, new ListCursor(entries));
            List<Entry> shuffled = new ArrayList<>(entries);
            Collections.shuffle(shuffled, random);
            TreeEditor editor = new TreeEditor(pages, PageSource.NO_PAGE, 0);
            shuffled.forEach(entry -> editor.apply(new WriteBatch.Put(entry.key(), entry.value())));
            TreeVerifier.verify(own, loaded.root());
            List<Entry> scanned = TreeWalk.entries(own, loaded.root());
            assertTrue(scanned.equals(TreeWalk.entries(pages, editor.root())), "the two trees differ");
            assertTrue(scanned.equals(entries), "the loaded tree is not what was loaded");
        });
    }

    @Test
    @DisplayName("every page but those at the right edge is at least 95 % full, in every level")
    void full() {
        BulkLoader.Loaded loaded = BulkLoader.load(pages, new ListCursor(numbered(9000)));
        List<Integer> level = List.of(loaded.root());
        while (!level.isEmpty()) {
            List<Integer> below = new ArrayList<>();
            for (int i = 0; i < level.size(); i++) {
                SlottedPage cells = new SlottedPage(pages.read(level.get(i)));
                // the last page has the rest, and the one before it may have given it a child
                if (i < level.size() - 2) {
                    double fill = (double) cells.usedBytes() / SlottedPage.capacityBytes(PAGE_BYTES);
                    assertThat("fill of page " + level.get(i), fill, greaterThanOrEqualTo(0.95));
                }
                if (PageLayout.kind(cells.bytes()) == PageLayout.BRANCH) {
                    BranchNode branch = new BranchNode(cells.bytes());
                    IntStream.range(0, branch.childCount()).map(branch::child).forEach(below::add);
                }
            }
            level = below;
        }
    }

    @Test
    @DisplayName("entries that do not ascend, and keys and values that are too long, are refused")
    void refused() {
        List<Entry> twice = List.of(entry("a"), entry("b"), entry("b"));
        assertThrows(IllegalArgumentException.class, () -> BulkLoader.load(pages, new Unsorted(twice)), "b after b");
        List<Entry> falling = List.of(entry("b"), entry("a"));
        assertThrows(IllegalArgumentException.class, () -> BulkLoader.load(pages, new Unsorted(falling)), "a after b");
        Slice tooLong = Slice.wrap(new byte[StoredValue.keyBytesMax(PAGE_BYTES) + 1]);
        List<Entry> longKey = List.of(Entry.value(tooLong, Slice.EMPTY));
        assertThrows(IllegalArgumentException.class, () -> BulkLoader.load(pages, new ListCursor(longKey)), "long key");
    }

    private static List<String> keys(SlottedPage cells) {
        return IntStream.range(0, cells.count())
                .mapToObj(i -> cells.key(i).toUtf8())
                .toList();
    }

    private static Entry entry(String key) {
        return Entry.value(Slice.utf8(key), Slice.EMPTY);
    }

    /** Entries of 39 bytes or less, a twenty-fifth of a page. */
    private static List<Entry> numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Entry.value(Slice.utf8(String.format("key%07d", i)), Slice.utf8("value number " + i)))
                .toList();
    }

    /** Entries with long keys and with values of which some are larger than a page. */
    private static List<Entry> large(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Entry.value(
                        Slice.utf8("x".repeat(i / 50 * 10) + String.format("%05d", i)),
                        Slice.wrap(new byte[random.nextInt(10) == 0 ? random.nextInt(5000) : random.nextInt(250)])))
                .sorted((one, other) -> one.key().compareTo(other.key()))
                .toList();
    }

    /** A cursor that does not keep the contract. */
    private static final class Unsorted implements Cursor {
        private final List<Entry> entries;
        private int index;

        Unsorted(List<Entry> entries) {
            this.entries = entries;
        }

        @Override
        public boolean isValid() {
            return index < entries.size();
        }

        @Override
        public void seekToFirst() {
            index = 0;
        }

        @Override
        public void next() {
            index++;
        }

        @Override
        public Slice key() {
            return entries.get(index).key();
        }

        @Override
        public Slice value() {
            return entries.get(index).value();
        }

        @Override
        public void seekToLast() {
            throw new UnsupportedOperationException("a load goes forward");
        }

        @Override
        public void seek(Slice key) {
            throw new UnsupportedOperationException("a load goes forward");
        }

        @Override
        public void seekBefore(Slice key) {
            throw new UnsupportedOperationException("a load goes forward");
        }

        @Override
        public void prev() {
            throw new UnsupportedOperationException("a load goes forward");
        }

        @Override
        public void close() {}
    }
}
