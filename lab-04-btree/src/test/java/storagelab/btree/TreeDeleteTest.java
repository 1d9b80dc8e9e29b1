package storagelab.btree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.btree.TreeVerifier.TreeShape;
import storagelab.page.SlottedPage;
import storagelab.testkit.Seeds;
import storagelab.testkit.tree.RandomKeys;
import storagelab.testkit.tree.TreeByHand;
import storagelab.testkit.tree.TreeModel;

@Tag("4.9")
class TreeDeleteTest {
    private final MemoryPages pages = new MemoryPages(1024);

    private static Slice text(String text) {
        return Slice.utf8(text);
    }

    /** A leaf with cells of given sizes: {@code "a", 200, "c", 100}. */
    private int leaf(Object... keysAndSizes) {
        TreeMap<Slice, Slice> entries = new TreeMap<>();
        for (int i = 0; i < keysAndSizes.length; i += 2) {
            int size = (int) keysAndSizes[i + 1];
            int lengths = size > 128 + 9 ? 2 : 1;
            entries.put(text((String) keysAndSizes[i]), Slice.wrap(new byte[size - 6 - 1 - lengths - 1]));
        }
        return TreeByHand.leaf(pages, entries);
    }

    private String keys(int page) {
        SlottedPage leaf = new SlottedPage(pages.read(page));
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < leaf.count(); i++) {
            keys.append(leaf.key(i));
        }
        return keys.append('=').append(leaf.usedBytes()).toString();
    }

    @Test
    @DisplayName("the worked example: what fits into one page is merged, and the root gives way to its only child")
    void merge() {
        int root = TreeByHand.branch(
                pages, List.of(text("m")), List.of(leaf("a", 200, "c", 100), leaf("m", 200, "p", 200)));
        int after = TreeDelete.delete(pages, root, text("p"));
        assertThat("the new root", keys(after), is("acm=500"));
        assertThat("pages that are left", pages.pageCount(), is(1));
    }

    @Test
    @DisplayName("the worked example: what does not fit into one page is divided anew, with another separator")
    void borrow() {
        int left = leaf("a", 225, "c", 225, "e", 225, "g", 225);
        int root = TreeByHand.branch(pages, List.of(text("m")), List.of(left, leaf("m", 200, "p", 200)));
        int after = TreeDelete.delete(pages, root, text("p"));
        BranchNode branch = new BranchNode(pages.read(after));
        assertThat("left", keys(branch.child(0)), is("ac=450"));
        assertThat("the separator", branch.cells().key(0), is(text("e")));
        assertThat("right", keys(branch.child(1)), is("egm=650"));
        assertThat("pages that are left", pages.pageCount(), is(3));
    }

    @Test
    @DisplayName("the last key leaves no tree, and no page")
    void lastKey() {
        int root = leaf("a", 30, "b", 30);
        root = TreeDelete.delete(pages, root, text("a"));
        assertThat("a tree of one key", keys(root), is("b=30"));
        assertThat("no tree", TreeDelete.delete(pages, root, text("b")), is(PageSource.NO_PAGE));
        assertThat("pages", pages.pageCount(), is(0));
    }

    @Test
    @DisplayName("a key that is not there costs no copy, and the tree stays the same")
    void absent() {
        assertThat("in no tree", TreeDelete.delete(pages, PageSource.NO_PAGE, text("a")), is(PageSource.NO_PAGE));
        TreeModel model = new TreeModel();
        for (int i = 0; i < 200; i++) {
            model.put(text("key" + i), Slice.wrap(new byte[30]));
        }
        for (String key : List.of("", "key", "key1x", "key99999", "z")) {
            int root = model.root();
            TreeShape shape = model.delete(text(key));
            assertThat("the root", model.root(), is(root));
            assertThat(
                    "copies for " + key,
                    model.pages().pagesCopied() + model.pages().pagesAdded(),
                    is(0));
            assertThat("entries", shape.entries(), is(200L));
        }
    }

    @Test
    @DisplayName("random puts and deletes in pages of 1 KiB: verified after each, and old trees stay what they were")
    void model() {
        for (RandomKeys keys : RandomKeys.values()) {
            Seeds.check(4, random -> {
                TreeModel model = new TreeModel();
                for (int i = 0; i < 360; i++) {
                    boolean growing = i / 120 != 1;
                    Slice key = keys.next(random);
                    if (random.nextInt(10) < (growing ? 8 : 1)) {
                        model.put(key, TreeModel.randomPayload(key, random));
                    } else if (model.right().ceilingKey(key) != null) {
                        model.delete(model.right().ceilingKey(key));
                    }
                    if (random.nextInt(100) == 0) {
                        model.freeze();
                    }
                }
                model.checkOldTrees();
            });
        }
    }

    @Test
    @DisplayName("a tree that is emptied, from either end or in no order, leaves no page behind")
    void emptied() {
        Seeds.check(3, random -> {
            TreeModel model = new TreeModel();
            TreeShape shape = model.put(text("key"), Slice.EMPTY);
            for (int i = 0; i < 250; i++) {
                Slice key = text("m".repeat(60) + random.nextInt(100_000));
                shape = model.put(key, TreeModel.randomPayload(key, random));
            }
            assertThat("depth", shape.depth(), is(greaterThan(2)));
            List<Slice> order = new ArrayList<>(model.right().keySet());
            switch (random.nextInt(3)) {
                case 0 -> Collections.reverse(order);
                case 1 -> Collections.shuffle(order, random);
                default -> {}
            }
            for (Slice key : order) {
                shape = model.delete(key);
                assertThat(
                        "pages, of which the tree has " + shape.pages().size(),
                        model.pages().pageCount(),
                        is(shape.pages().size()));
            }
            assertThat("the root of nothing", model.root(), is(PageSource.NO_PAGE));
        });
    }
}
