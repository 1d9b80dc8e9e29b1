package storagelab.btree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.btree.TreeVerifier.TreeShape;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;
import storagelab.testkit.Seeds;
import storagelab.testkit.tree.RandomKeys;
import storagelab.testkit.tree.TreeByHand;
import storagelab.testkit.tree.TreeModel;
import storagelab.testkit.tree.WatchedPages;

@Tag("4.8")
class TreeInsertTest {
    private final MemoryPages pages = new MemoryPages(1024);

    private static Slice text(String text) {
        return Slice.utf8(text);
    }

    /** A payload that makes a cell of {@code cellBytes} bytes, of which more than 127 are the payload. */
    private static Slice filler(Slice key, int cellBytes) {
        int lengths = cellBytes - SlottedPage.cellBytes(key.length(), 0) - key.length() > 127 + 1 ? 1 : 0;
        return Slice.wrap(new byte[cellBytes - SlottedPage.cellBytes(key.length(), 0) - lengths]);
    }

    private int put(int root, String key, int cellBytes) {
        Slice payload = filler(text(key), cellBytes);
        assertThat("cell", SlottedPage.cellBytes(key.length(), payload.length()), is(cellBytes));
        return TreeInsert.put(pages, root, text(key), payload);
    }

    private int exampleLeaf() {
        int root = put(PageSource.NO_PAGE, "a", 240);
        root = put(root, "c", 200);
        root = put(root, "e", 240);
        return put(root, "g", 240);
    }

    private String shape(int root) {
        BranchNode branch = new BranchNode(pages.read(root));
        StringBuilder shape = new StringBuilder();
        for (int i = 0; i < branch.childCount(); i++) {
            shape.append(i == 0 ? "" : " |" + branch.cells().key(i - 1) + "| ");
            SlottedPage leaf = new SlottedPage(pages.read(branch.child(i)));
            for (int j = 0; j < leaf.count(); j++) {
                shape.append(leaf.key(j));
            }
            shape.append('=').append(leaf.usedBytes());
        }
        return shape.toString();
    }

    @Test
    @DisplayName("the worked example: a leaf is halved by bytes, and at the right edge it keeps what fits into 90 %")
    void example() {
        assertThat("b in the middle", shape(put(exampleLeaf(), "b", 100)), is("abc=540 |e| eg=480"));
        assertThat("h at the right edge", shape(put(exampleLeaf(), "h", 100)), is("ace=680 |g| gh=340"));
    }

    @Test
    @DisplayName("a separator is the shortest beginning of the right key that is greater than the left one")
    void separators() {
        assertThat("blue, green", Separator.between(text("blue"), text("green")), is(text("g")));
        assertThat("green, grey", Separator.between(text("green"), text("grey")), is(text("grey")));
        assertThat("a, abc", Separator.between(text("a"), text("abc")), is(text("ab")));
        assertThat("nothing, x", Separator.between(Slice.EMPTY, text("xyz")), is(text("x")));
        Seeds.check(300, random -> {
            Slice one = RandomKeys.OF_ALL_LENGTHS.next(random);
            Slice other = RandomKeys.OF_ALL_LENGTHS.next(random);
            if (!one.equals(other)) {
                Slice left = one.compareTo(other) < 0 ? one : other;
                Slice right = left.equals(one) ? other : one;
                Slice separator = Separator.between(left, right);
                assertThat(separator + " begins " + right, right.startsWith(separator), is(true));
                assertThat(separator + " compared with " + left, separator.compareTo(left) > 0, is(true));
                Slice shorter = separator.subSlice(0, separator.length() - 1);
                assertThat(
                        "a shorter one, " + shorter + ", compared with " + left,
                        shorter.compareTo(left) > 0,
                        is(false));
            }
        });
    }

    @Test
    @DisplayName(
            "a branch with room takes another child; one without gives the separator in the middle to the one above")
    void branches() {
        pages.add(PageLayout.LEAF);
        int branch = TreeByHand.branch(pages, List.of(text("f"), text("m")), List.of(7, 4, 9));
        ChangedPage added =
                TreeInsert.addChild(pages, branch, 1, new ChangedPage(4, text("h"), 12), TreeInsert.Edge.INNER);
        assertThat("the answer", added, is(ChangedPage.whole(branch)));
        assertThat("the branch", new BranchNode(pages.read(branch)).toString(), is("7 f 4 h 12 m 9"));

        String tail = "x".repeat(220);
        List<Slice> separators = List.of(text("b" + tail), text("d" + tail), text("k" + tail), text("p" + tail));
        int full = TreeByHand.branch(pages, separators, List.of(1, 2, 4, 5, 6));
        ChangedPage split =
                TreeInsert.addChild(pages, full, 2, new ChangedPage(4, text("f" + tail), 3), TreeInsert.Edge.INNER);
        assertThat("the left page", split.page(), is(full));
        assertThat("the separator that goes up", split.separator(), is(text("f" + tail)));
        assertThat("left", new BranchNode(pages.read(split.page())).toString().replace(tail, ""), is("1 b 2 d 4"));
        assertThat("right", new BranchNode(pages.read(split.right())).toString().replace(tail, ""), is("3 k 5 p 6"));
    }

    @Test
    @DisplayName("random puts into pages of 1 KiB: verified after each, and old trees stay what they were")
    void model() {
        for (RandomKeys keys : RandomKeys.values()) {
            Seeds.check(3, random -> {
                TreeModel model = new TreeModel();
                for (int i = 0; i < 200; i++) {
                    Slice key = keys.next(random);
                    if (!model.right().containsKey(key)) {
                        model.put(key, TreeModel.randomPayload(key, random));
                    } else {
                        Slice longer = model.right().getOrDefault(key, Slice.EMPTY);
                        model.put(key, Slice.wrap(new byte[longer.length()]));
                    }
                    if (random.nextInt(60) == 0) {
                        model.freeze();
                    }
                }
                model.checkOldTrees();
            });
        }
    }

    @Test
    @DisplayName("the first split of a leaf, not at the right edge, comes as close to halves as the cells allow")
    void halves() {
        Seeds.check(40, random -> {
            TreeModel model = new TreeModel();
            TreeShape shape = model.put(text("zz"), filler(text("zz"), 20));
            while (shape.depth() == 1) {
                Slice key = text("k" + random.nextInt(10_000));
                Slice payload = TreeModel.randomPayload(key, random);
                if (!model.right().containsKey(key)) {
                    shape = model.put(key, payload);
                }
            }
            BranchNode root = new BranchNode(model.pages().read(model.root()));
            SlottedPage left = new SlottedPage(model.pages().read(root.child(0)));
            SlottedPage right = new SlottedPage(model.pages().read(root.child(1)));
            int difference = Math.abs(left.usedBytes() - right.usedBytes());
            assertThat(
                    "the difference between halves of " + left.usedBytes() + " and " + right.usedBytes() + " bytes",
                    difference,
                    is(smallestDifference(model)));
        });
    }

    private static int smallestDifference(TreeModel model) {
        List<Integer> sizes = new ArrayList<>();
        model.right().forEach((key, payload) -> sizes.add(SlottedPage.cellBytes(key.length(), payload.length())));
        int total = sizes.stream().mapToInt(size -> size).sum();
        int smallest = total;
        int left = 0;
        for (int size : sizes) {
            left += size;
            smallest = Math.min(smallest, Math.abs(total - 2 * left));
        }
        return smallest;
    }

    @Test
    @DisplayName("keys in order fill pages to 85 % and more, keys in no order to 60 %")
    void fill() {
        int ascending = PageSource.NO_PAGE;
        for (int i = 0; i < 2000; i++) {
            ascending = TreeInsert.put(pages, ascending, text("key%06d".formatted(i)), Slice.wrap(new byte[20]));
            pages.endChange();
        }
        TreeShape inOrder = TreeVerifier.verify(pages, ascending);
        assertThat("entries", inOrder.entries(), is(2000L));
        assertThat("fill in order", inOrder.leafFill(1024), is(greaterThanOrEqualTo(0.85)));
        int random = PageSource.NO_PAGE;
        Random order = new Random(Seeds.base());
        for (int i = 0; i < 2000; i++) {
            random = TreeInsert.put(pages, random, text("%08x".formatted(order.nextInt())), Slice.wrap(new byte[20]));
            pages.endChange();
        }
        TreeShape inNone = TreeVerifier.verify(pages, random);
        assertThat("fill in no order", inNone.leafFill(1024), is(greaterThanOrEqualTo(0.6)));
        assertThat("depth", inNone.depth(), is(lessThanOrEqualTo(3)));
        assertThat(
                "pages that no tree has",
                pages.pageCount(),
                is(inOrder.pages().size() + inNone.pages().size()));
    }

    @Test
    @DisplayName("a put that splits nothing copies one page a level, and reads no other")
    void cost() {
        WatchedPages watched = new WatchedPages(1024);
        int root = PageSource.NO_PAGE;
        for (int i = 0; i < 600; i++) {
            watched.begin();
            root = TreeInsert.put(watched, root, text("key%04d".formatted(i * 7 % 600)), Slice.wrap(new byte[50]));
        }
        int depth = TreeVerifier.verify(watched, root).depth();
        watched.begin();
        TreeInsert.put(watched, root, text("key0123"), Slice.wrap(new byte[50]));
        assertThat("pages copied in a tree of " + depth + " levels", watched.pagesCopied(), is(depth));
        assertThat("pages added", watched.pagesAdded(), is(0));
        assertThat("pages read, copies included", watched.pagesRead(), is(lessThan(2 * depth + 1)));
    }
}
