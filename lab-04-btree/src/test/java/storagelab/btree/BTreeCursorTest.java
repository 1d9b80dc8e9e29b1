package storagelab.btree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.StoreMatchers.atMost;

import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;
import storagelab.testkit.CursorContract;
import storagelab.testkit.Seeds;

/** Exercise 4.10: the contract, over trees with three entries to a leaf, so that most moves meet the border of two. */
@Tag("4.10")
class BTreeCursorTest implements CursorContract {
    private static final int PAGE_BYTES = 1024;
    private static final int PER_LEAF = 3;

    @Override
    public Cursor cursorOver(List<Entry> sorted) {
        MemoryPages pages = new MemoryPages(PAGE_BYTES);
        List<Integer> leaves = new ArrayList<>();
        List<Slice> separators = new ArrayList<>();
        for (List<Entry> some : Lists.partition(sorted, PER_LEAF)) {
            separators.add(some.get(0).key());
            leaves.add(leaf(pages, some));
        }
        return new BTreeCursor(
                pages,
                leaves.isEmpty()
                        ? PageSource.NO_PAGE
                        : branch(pages, separators.subList(1, separators.size()), leaves));
    }

    @Test
    @DisplayName("the worked example: the leaves {a, c}, {f} and {m, p} under one branch, and which pages are read")
    void pagesOfTheExample() {
        Example example = new Example();
        Cursor cursor = new BTreeCursor(example, 5);
        assertThat("pages read by a new cursor", example.takeReads(), is(List.of()));
        cursor.seek(Slice.utf8("d"));
        assertThat("seek(d)", cursor.key(), is(Slice.utf8("f")));
        assertThat("pages read by seek(d)", example.takeReads(), is(List.of(5, 3, 4)));
        cursor.next();
        assertThat("seek(d), next", cursor.key(), is(Slice.utf8("m")));
        assertThat("pages read by next", example.takeReads(), is(List.of(6)));
        cursor.prev();
        assertThat("seek(d), next, prev", cursor.key(), is(Slice.utf8("f")));
        cursor.prev();
        assertThat("seek(d), next, prev, prev", cursor.key(), is(Slice.utf8("c")));
        assertThat("pages read by prev, prev", example.takeReads(), is(List.of(4, 3)));
    }

    @Test
    @DisplayName("a walk through a tree of three levels reads every page once, whichever way it goes")
    void everyPageOnce() {
        GrownTree tree = new GrownTree();
        tree.put(3000);
        assertEquals(3, TreeVerifier.verify(tree.pages, tree.editor.root()).depth(), "levels of the tree of this test");
        long before = tree.pages.reads();
        BTreeCursor cursor = new BTreeCursor(tree.pages, tree.editor.root());
        List<Slice> forward = new ArrayList<>();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            forward.add(cursor.value());
        }
        long readForward = tree.pages.reads() - before;
        List<Slice> backward = new ArrayList<>();
        for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
            backward.add(cursor.value());
        }
        long readBackward = tree.pages.reads() - before - readForward;
        assertEquals(List.copyOf(tree.content.values()), forward, "the values of a walk forward");
        assertEquals(Lists.reverse(forward), backward, "the values of a walk backward");
        String advice = "does a step begin at the root, or read the leaf again that it is in?";
        long count = tree.pages.pageCount();
        assertThat("a walk forward", readForward, atMost(count, "pages read of " + count, advice));
        assertThat("a walk backward", readBackward, atMost(count, "pages read of " + count, advice));
    }

    @Test
    @DisplayName("key and value are parts of the page, not copies of them")
    void nothingIsCopied() {
        MemoryPages pages = new MemoryPages(PAGE_BYTES);
        int leaf = leaf(pages, List.of(Entry.value(Slice.utf8("key"), Slice.utf8("value"))));
        Slice key;
        Slice value;
        try (Cursor cursor = new BTreeCursor(pages, leaf)) {
            cursor.seekToFirst();
            key = cursor.key();
            value = cursor.value();
        }
        byte[] page = pages.read(leaf);
        for (int i = PAGE_BYTES - "key!value".length(); i < PAGE_BYTES; i++) {
            page[i] ^= 'a' ^ 'A'; // as no page is ever changed: only to see whose bytes these are
        }
        assertEquals("KEY", key.toUtf8(), "key(), when the bytes of the page were changed: it was a copy");
        assertEquals("VALUE", value.toUtf8(), "value(), when the bytes of the page were changed: it was a copy");
    }

    @Test
    @DisplayName("a cursor goes on in the tree it was made for, while puts split the pages of the next one")
    void stableWhileTheTreeChanges() {
        Seeds.check(5, random -> {
            GrownTree tree = new GrownTree();
            tree.put(1500);
            List<Slice> expected = List.copyOf(tree.content.values());
            tree.pages.freeze();
            List<Slice> seen = new ArrayList<>();
            try (Cursor cursor = new BTreeCursor(tree.pages, tree.editor.root())) {
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    seen.add(cursor.value());
                    for (int i = 0; i < 3; i++) {
                        Slice key = GrownTree.key(random.nextInt(3000));
                        tree.apply(new WriteBatch.Put(key, Slice.utf8("a longer value, not to be seen")));
                    }
                }
            }
            assertEquals(expected, seen, "the values of a walk, while others were put");
        });
    }

    @Test
    @DisplayName("when a page cannot be read the cursor is at no entry, and a seek brings it back")
    void failedRead() {
        Example example = new Example();
        Cursor cursor = new BTreeCursor(example, 5);
        cursor.seek(Slice.utf8("c"));
        example.missing = 4;
        assertThrows(IllegalArgumentException.class, cursor::next, "next() to a leaf that cannot be read");
        assertFalse(cursor.isValid(), "isValid() after that");
        cursor.seek(Slice.utf8("m"));
        assertThrows(IllegalArgumentException.class, cursor::prev, "prev() to a leaf that cannot be read");
        assertFalse(cursor.isValid(), "isValid() after that");
        example.missing = 0;
        cursor.seek(Slice.utf8("f"));
        assertEquals(Slice.utf8("f"), cursor.key(), "seek(f), when it can be read again");
    }

    private static int leaf(MemoryPages pages, List<Entry> entries) {
        int page = pages.add(PageLayout.LEAF);
        SlottedPage leaf = new SlottedPage(pages.read(page));
        for (Entry entry : entries) {
            leaf.insert(leaf.count(), entry.key(), StoredValue.inline(entry.value()));
        }
        return page;
    }

    private static int branch(MemoryPages pages, List<Slice> separators, List<Integer> children) {
        int page = pages.add(PageLayout.BRANCH);
        BranchNode branch = new BranchNode(pages.read(page));
        branch.setChild(0, children.get(0));
        for (int i = 0; i < separators.size(); i++) {
            branch.insert(i, separators.get(i), children.get(i + 1));
        }
        return page;
    }

    /** The tree of the statement, with the numbers of its pages, and which of them were read. */
    private static final class Example implements PageSource {
        private final MemoryPages pages = new MemoryPages(PAGE_BYTES);
        private final List<Integer> reads = new ArrayList<>();
        private int missing;

        Example() {
            pages.add(PageLayout.LEAF); // page 2, which the tree does not have
            leaf(pages, List.of(entry("a"), entry("c")));
            leaf(pages, List.of(entry("f")));
            branch(pages, List.of(Slice.utf8("f"), Slice.utf8("m")), List.of(3, 4, 6));
            leaf(pages, List.of(entry("m"), entry("p")));
        }

        private static Entry entry(String key) {
            return Entry.value(Slice.utf8(key), Slice.EMPTY);
        }

        List<Integer> takeReads() {
            List<Integer> taken = List.copyOf(reads);
            reads.clear();
            return taken;
        }

        @Override
        public int pageSizeBytes() {
            return PAGE_BYTES;
        }

        @Override
        public byte[] read(int page) {
            if (page == missing) {
                throw new IllegalArgumentException("page " + page + " cannot be read");
            }
            reads.add(page);
            return pages.read(page);
        }
    }

    /** A tree that was made by puts. */
    private static final class GrownTree {
        private final MemoryPages pages = new MemoryPages(PAGE_BYTES);
        private final TreeEditor editor = new TreeEditor(pages, PageSource.NO_PAGE, 0);
        private final TreeMap<Slice, Slice> content = new TreeMap<>();

        static Slice key(int number) {
            return Slice.utf8(String.format("key%08d", number));
        }

        void put(int count) {
            for (int i = 0; i < count; i++) {
                Slice value = Slice.utf8("value " + i);
                content.put(key(i), value);
                apply(new WriteBatch.Put(key(i), value));
            }
        }

        void apply(WriteBatch.Operation operation) {
            editor.apply(operation);
        }
    }
}
