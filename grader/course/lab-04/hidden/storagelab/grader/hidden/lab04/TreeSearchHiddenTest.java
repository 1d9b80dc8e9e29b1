package storagelab.grader.hidden.lab04;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.btree.BranchNode;
import storagelab.btree.PageSource;
import storagelab.btree.TreeSearch;
import storagelab.page.PageLayout;
import storagelab.testkit.Seeds;
import storagelab.testkit.tree.RandomKeys;
import storagelab.testkit.tree.TreeByHand;
import storagelab.testkit.tree.TreeModel;
import storagelab.testkit.tree.WatchedPages;

/** Exercise 4.7: from the root to the leaf, in trees that were put together by hand. */
@Tag("4.7")
class TreeSearchHiddenTest {
    @Test
    @DisplayName("in trees of one to many levels every key is found and no other, and one page is read on each level")
    void everyKey() {
        for (RandomKeys sort : RandomKeys.values()) {
            Seeds.check(12, random -> {
                WatchedPages pages = new WatchedPages(TreeModel.PAGE_BYTES);
                TreeMap<Slice, Slice> right = new TreeMap<>();
                int entries = 1 + random.nextInt(150);
                while (right.size() < entries) {
                    Slice key = sort.next(random);
                    right.put(key, Slice.utf8("v" + right.size()));
                }
                int root = TreeByHand.tree(pages, right, 2 + random.nextInt(2), random);
                int depth = depth(pages, root);
                for (Slice key : right.keySet()) {
                    check(pages, root, key, right, depth);
                    check(pages, root, Slice.utf8(key + "!"), right, depth);
                    check(pages, root, sort.next(random), right, depth);
                }
                check(pages, root, Slice.EMPTY, right, depth);
                check(pages, root, Slice.copyOf((byte) -1, (byte) -1), right, depth);
            });
        }
    }

    private static int depth(PageSource pages, int root) {
        int depth = 1;
        for (byte[] page = pages.read(root); PageLayout.kind(page) == PageLayout.BRANCH; depth++) {
            page = pages.read(new BranchNode(page).child(0));
        }
        return depth;
    }

    private static void check(WatchedPages pages, int root, Slice key, TreeMap<Slice, Slice> right, int depth) {
        pages.begin();
        Slice payload = TreeSearch.payload(pages, root, key);
        Slice expected = right.get(key);
        assertTrue(
                Objects.equals(expected, payload),
                "payload of " + key + " in a tree of " + depth + " levels: expected " + expected + ", found "
                        + payload);
        assertEquals(depth, pages.readCalls(), "pages read for " + key + " in a tree of " + depth + " levels");
        assertEquals(0, pages.pagesCopied() + pages.pagesAdded(), "pages copied or added by a search");
        pages.checkOthersAsTheyWere();
    }

    @Test
    @DisplayName("a tree of one leaf is searched, and the payload is not a copy")
    void oneLeaf() {
        WatchedPages pages = new WatchedPages(1024);
        TreeMap<Slice, Slice> entries = new TreeMap<>();
        entries.put(Slice.EMPTY, Slice.utf8("nothing"));
        entries.put(Slice.utf8("a"), Slice.EMPTY);
        int leaf = TreeByHand.leaf(pages, entries);
        assertEquals(Slice.EMPTY, TreeSearch.payload(pages, leaf, Slice.utf8("a")), "a payload of no bytes");
        Slice payload = TreeSearch.payload(pages, leaf, Slice.EMPTY);
        assertEquals(Slice.utf8("nothing"), payload, "the payload of the key of no bytes");
        byte[] page = pages.read(leaf);
        for (int i = 0; i < page.length - 6; i++) {
            page[i] = page[i] == 'n' && page[i + 1] == 'o' ? (byte) 'N' : page[i];
        }
        assertEquals(Slice.utf8("Nothing"), payload, "a payload that was asked for before: it is the page's bytes");
    }

    @Test
    @DisplayName("the child index is the number of separators that are not greater, as unsigned bytes")
    void childIndex() {
        for (RandomKeys sort : RandomKeys.values()) {
            Seeds.check(20, random -> {
                WatchedPages pages = new WatchedPages(4096);
                TreeSet<Slice> separators = new TreeSet<>();
                int count = 1 + random.nextInt(15);
                while (separators.size() < count) {
                    separators.add(sort.next(random));
                }
                List<Slice> sorted = List.copyOf(separators);
                Integer[] children = new Integer[count + 1];
                for (int i = 0; i <= count; i++) {
                    children[i] = 100 + i;
                }
                BranchNode branch = new BranchNode(pages.read(TreeByHand.branch(pages, sorted, List.of(children))));
                for (int i = 0; i < 100; i++) {
                    Slice key = i < count ? sorted.get(i) : sort.next(random);
                    int notGreater = separators.headSet(key, true).size();
                    assertEquals(
                            notGreater,
                            branch.childIndex(key),
                            "childIndex(" + key + ") with the separators " + sorted);
                }
                assertEquals(
                        separators.headSet(Slice.EMPTY, true).size(),
                        branch.childIndex(Slice.EMPTY),
                        "childIndex of the key of no bytes with the separators " + sorted);
            });
        }
    }
}
