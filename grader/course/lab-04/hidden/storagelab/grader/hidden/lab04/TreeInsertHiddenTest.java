package storagelab.grader.hidden.lab04;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.btree.BranchNode;
import storagelab.btree.MemoryPages;
import storagelab.btree.PageSource;
import storagelab.btree.Separator;
import storagelab.btree.TreeInsert;
import storagelab.btree.TreeVerifier;
import storagelab.btree.TreeVerifier.TreeShape;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;
import storagelab.testkit.tree.RandomKeys;
import storagelab.testkit.tree.TreeModel;
import storagelab.testkit.tree.WatchedPages;

/** Exercise 4.8: trees that grow by single puts. */
@Tag("4.8")
class TreeInsertHiddenTest {
    private static Slice text(String text) {
        return Slice.utf8(text);
    }

    @Test
    @DisplayName("after every put the tree is a tree, has what a sorted map has, and costs a few pages a level")
    void model() {
        for (RandomKeys sort : RandomKeys.values()) {
            Seeds.check(3, random -> {
                TreeModel script = new TreeModel();
                for (int i = 0; i < 180; i++) {
                    Slice key = sort.next(random);
                    Slice old = script.right().get(key);
                    Slice payload = TreeModel.randomPayload(key, random);
                    script.put(key, old != null && old.length() > payload.length() ? old : payload);
                }
            });
        }
    }

    @Test
    @DisplayName("a leaf that is the root is halved by bytes when a cell comes in between, or one of its cells grows")
    void halves() {
        Seeds.check(150, random -> {
            TreeModel script = new TreeModel();
            TreeShape shape = script.put(text("zz"), Slice.wrap(new byte[random.nextInt(200)]));
            while (shape.depth() == 1) {
                Slice key = text("k" + random.nextInt(40));
                Slice old = script.right().get(key);
                Slice payload = TreeModel.randomPayload(key, random);
                if (old == null || payload.length() >= old.length()) {
                    shape = script.put(key, payload);
                }
            }
            List<Integer> sizes = sizes(script.right());
            int total = sizes.stream().mapToInt(size -> size).sum();
            int smallest = total;
            int left = 0;
            for (int size : sizes) {
                left += size;
                smallest = Math.min(smallest, Math.abs(total - 2 * left));
            }
            int[] halves = leavesBelow(script);
            assertEquals(
                    smallest,
                    Math.abs(halves[0] - halves[1]),
                    "the difference between " + halves[0] + " and " + halves[1] + " bytes, where the " + sizes.size()
                            + " cells have " + total);
        });
    }

    @Test
    @DisplayName(
            "a leaf to which the greatest key comes keeps as many cells as fit into 90 %, and gives away one at least")
    void rightEdge() {
        Seeds.check(150, random -> {
            TreeModel script = new TreeModel();
            int most = 1 + random.nextInt(230);
            TreeShape shape = script.put(text("k000"), Slice.EMPTY);
            for (int i = 1; shape.depth() == 1; i++) {
                shape = script.put(text("k%03d".formatted(i)), Slice.wrap(new byte[random.nextInt(most)]));
            }
            List<Integer> sizes = sizes(script.right());
            int kept = 0;
            int next = 0;
            while (next < sizes.size() - 1 && kept + sizes.get(next) <= 889) {
                kept += sizes.get(next++);
            }
            int[] halves = leavesBelow(script);
            assertEquals(
                    kept,
                    halves[0],
                    "bytes that stay on the left, where 889 may, of " + sizes.size()
                            + " cells; the last of them and the next have "
                            + sizes.subList(Math.max(0, next - 1), next + 1));
        });
    }

    private static List<Integer> sizes(Map<Slice, Slice> entries) {
        List<Integer> sizes = new ArrayList<>();
        entries.forEach((key, payload) -> sizes.add(SlottedPage.cellBytes(key.length(), payload.length())));
        return sizes;
    }

    private static int[] leavesBelow(TreeModel script) {
        BranchNode root = new BranchNode(script.pages().read(script.root()));
        assertEquals(2, root.childCount(), "children of the root after the first split");
        return new int[] {
            new SlottedPage(script.pages().read(root.child(0))).usedBytes(),
            new SlottedPage(script.pages().read(root.child(1))).usedBytes()
        };
    }

    @Test
    @DisplayName("keys in order leave every page 80 % full, branches too; keys in reverse 40 %, keys in no order 60 %")
    void fill() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 6000; i++) {
            order.add(i);
        }
        MemoryPages ascending = new MemoryPages(1024);
        int root = build(ascending, order);
        TreeShape shape = TreeVerifier.verify(ascending, root);
        assertEquals(6000, shape.entries(), "entries put in order");
        assertTrue(shape.depth() >= 3, "the depth is " + shape.depth());
        checkFill(ascending, root, true, 1);
        Collections.reverse(order);
        checkLeaves(order, 0.4, "in reverse");
        Collections.shuffle(order, new Random(Seeds.base()));
        checkLeaves(order, 0.6, "in no order (seed " + Seeds.base() + ")");
    }

    private static void checkLeaves(List<Integer> order, double atLeast, String how) {
        MemoryPages pages = new MemoryPages(1024);
        TreeShape shape = TreeVerifier.verify(pages, build(pages, order));
        assertEquals(order.size(), shape.entries(), "entries put " + how);
        assertTrue(
                shape.leafFill(1024) >= atLeast, "leaves after puts " + how + " are full to " + shape.leafFill(1024));
    }

    private static int build(MemoryPages pages, List<Integer> order) {
        int root = PageSource.NO_PAGE;
        Step.at("puts of " + order.size() + " keys, key00000" + order.get(0) + " first, with payloads of 20 bytes");
        for (int number : order) {
            root = TreeInsert.put(pages, root, text("key%06d".formatted(number)), Slice.wrap(new byte[20]));
            pages.endChange();
        }
        return root;
    }

    /** Pages that are not at the right edge. */
    private static void checkFill(MemoryPages pages, int page, boolean rightEdge, int level) {
        byte[] bytes = pages.read(page);
        int used = new SlottedPage(bytes).usedBytes();
        assertTrue(
                rightEdge || used >= 0.8 * 988,
                "page " + page + " on level " + level + " has " + used + " of 988 bytes in use after puts in order");
        if (PageLayout.kind(bytes) == PageLayout.BRANCH) {
            BranchNode branch = new BranchNode(bytes);
            for (int i = 0; i < branch.childCount(); i++) {
                checkFill(pages, branch.child(i), rightEdge && i == branch.childCount() - 1, level + 1);
            }
        }
    }

    @Test
    @DisplayName("a put copies one page a level and adds none, if nothing is split; into no tree, it adds a leaf")
    void cost() {
        WatchedPages pages = new WatchedPages(1024);
        Step.at("puts of 900 keys in no order, with payloads of 40 bytes");
        pages.begin();
        int root = TreeInsert.put(pages, PageSource.NO_PAGE, text("key000"), Slice.EMPTY);
        assertEquals(1, pages.pagesAdded(), "pages added by the first put");
        for (int i = 1; i < 900; i++) {
            pages.begin();
            root = TreeInsert.put(pages, root, text("key%03d".formatted(i * 7 % 900)), Slice.wrap(new byte[40]));
        }
        TreeShape shape = TreeVerifier.verify(pages, root);
        assertTrue(shape.depth() >= 3, "the depth is " + shape.depth());
        for (int i = 1; i < 900; i += 50) {
            pages.begin();
            root = TreeInsert.put(pages, root, text("key%03d".formatted(i)), Slice.wrap(new byte[40]));
            assertEquals(shape.depth(), pages.pagesCopied(), "pages copied in a tree of " + shape.depth() + " levels");
            assertEquals(0, pages.pagesAdded(), "pages added by a put of a payload as long as the old one");
            pages.checkOthersAsTheyWere();
        }
    }

    @Test
    @DisplayName("a separator is a part of the right key, and no copy")
    void separatorIsNoCopy() {
        byte[] right = text("grey").toByteArray();
        Slice separator = Separator.between(text("green"), Slice.wrap(right));
        right[0] = 'G';
        assertEquals(text("Grey"), separator, "between green and grey, when the first byte of grey has been changed");
    }

    @Test
    @DisplayName(
            "the separator of any two keys is the shortest beginning of the right one that is greater than the left")
    void separators() {
        List<Slice> keys = new ArrayList<>();
        byte[] alphabet = {0, 0x7f, (byte) 0x80, (byte) 0xff};
        keys.add(Slice.EMPTY);
        for (int from = 0, length = 1; length <= 3; length++) {
            int to = keys.size();
            for (; from < to; from++) {
                for (byte last : alphabet) {
                    byte[] key = Arrays.copyOf(keys.get(from).toByteArray(), length);
                    key[length - 1] = last;
                    keys.add(Slice.wrap(key));
                }
            }
        }
        TreeMap<Slice, Slice> sorted = new TreeMap<>();
        keys.forEach(key -> sorted.put(key, key));
        for (Slice left : keys) {
            for (Slice right : sorted.tailMap(left, false).keySet()) {
                int length = 0;
                while (right.subSlice(0, length).compareTo(left) <= 0) {
                    length++;
                }
                Step.at("between(" + left + ", " + right + ")");
                assertEquals(
                        right.subSlice(0, length), Separator.between(left, right), "between " + left + " and " + right);
            }
        }
    }
}
