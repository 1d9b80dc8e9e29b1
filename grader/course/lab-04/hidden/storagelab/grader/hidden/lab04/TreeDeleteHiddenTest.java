package storagelab.grader.hidden.lab04;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.btree.BranchNode;
import storagelab.btree.PageSource;
import storagelab.btree.TreeDelete;
import storagelab.btree.TreeSearch;
import storagelab.btree.TreeVerifier;
import storagelab.btree.TreeVerifier.TreeShape;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;
import storagelab.testkit.tree.RandomKeys;
import storagelab.testkit.tree.TreeByHand;
import storagelab.testkit.tree.TreeModel;
import storagelab.testkit.tree.WatchedPages;

/** Exercise 4.9: trees that shrink. */
@Tag("4.9")
class TreeDeleteHiddenTest {
    private final WatchedPages pages = new WatchedPages(1024);

    private static Slice text(String text) {
        return Slice.utf8(text);
    }

    /** A leaf with a cell of {@code cellBytes} for each key. */
    private int leaf(int cellBytes, String... keys) {
        TreeMap<Slice, Slice> entries = new TreeMap<>();
        for (String key : keys) {
            int lengths = SlottedPage.cellBytes(key.length(), 0);
            int payload = cellBytes - lengths - (cellBytes - lengths > 128 ? 1 : 0);
            entries.put(text(key), Slice.wrap(new byte[payload]));
        }
        int page = TreeByHand.leaf(pages, entries);
        assertEquals(cellBytes * keys.length, new SlottedPage(pages.read(page)).usedBytes(), "bytes of the leaf");
        return page;
    }

    private int branch(String separators, Integer... children) {
        List<Slice> slices = new ArrayList<>();
        for (String separator : separators.split(" ")) {
            slices.add(text(separator));
        }
        return TreeByHand.branch(pages, slices, List.of(children));
    }

    /** Deletes, verifies, and looks for what must be left. */
    private int delete(int root, String key, int entriesLeft) {
        Step.at("delete(" + key + ") from a tree of " + (entriesLeft + 1) + " entries");
        pages.begin();
        int after = TreeDelete.delete(pages, root, text(key));
        pages.checkOthersAsTheyWere();
        TreeShape shape = TreeVerifier.verify(pages, after);
        assertEquals(entriesLeft, shape.entries(), "entries after delete(" + key + ")");
        assertEquals(shape.pages().size(), pages.pageCount(), "pages that there are after delete(" + key + ")");
        assertTrue(TreeSearch.payload(pages, after, text(key)) == null, key + " is still there after delete");
        return after;
    }

    @Test
    @DisplayName("after every deletion the tree is a tree, has what a sorted map has, and costs a few pages a level")
    void model() {
        for (RandomKeys sort : RandomKeys.values()) {
            Seeds.check(4, random -> {
                TreeModel script = new TreeModel();
                for (int i = 0; i < 330; i++) {
                    step(script, sort, random, i / 110 != 1);
                }
            });
        }
    }

    private static void step(TreeModel script, RandomKeys sort, Random random, boolean growing) {
        Slice key = sort.next(random);
        Slice near = script.right().ceilingKey(key);
        if (random.nextInt(10) < (growing ? 8 : 1) || near == null) {
            script.put(key, TreeModel.randomPayload(key, random));
        } else {
            script.delete(near);
        }
    }

    @Test
    @DisplayName(
            "emptied from the left, from the right or in no order, a tree loses its levels, and in the end every page")
    void emptied() {
        for (int order = 0; order < 3; order++) {
            int chosen = order;
            Seeds.check(2, random -> {
                TreeModel script = new TreeModel();
                TreeShape shape = script.put(text("key"), Slice.EMPTY);
                for (int i = 0; i < 150; i++) {
                    Slice key = text("m".repeat(100) + random.nextInt(100_000));
                    shape = script.put(key, TreeModel.randomPayload(key, random));
                }
                assertTrue(shape.depth() >= 3, "the depth is " + shape.depth());
                List<Slice> keys = new ArrayList<>(script.right().keySet());
                if (chosen == 1) {
                    Collections.reverse(keys);
                } else if (chosen == 2) {
                    Collections.shuffle(keys, random);
                }
                for (Slice key : keys) {
                    shape = script.delete(key);
                }
                assertEquals(PageSource.NO_PAGE, script.root(), "the root of a tree without entries");
                assertEquals(0, script.pages().pageCount(), "pages of a tree without entries");
            });
        }
    }

    @Test
    @DisplayName("a leaf that is too empty is merged with the one to its left or, at the left edge, to its right")
    void merge() {
        for (String gone : List.of("b", "n")) {
            int root = branch("m", leaf(140, "a", "b"), leaf(140, "m", "n"));
            int after = delete(root, gone, 3);
            assertEquals(
                    PageLayout.LEAF,
                    PageLayout.kind(pages.read(after)),
                    "the kind of the root after " + gone + " went");
            pages.begin();
            pages.free(after, PageLayout.born(pages.read(after)));
        }
    }

    @Test
    @DisplayName("what does not fit into one page is divided anew by bytes, and a new separator is between")
    void borrow() {
        int root = branch("m", leaf(240, "a", "b", "c", "dx"), leaf(140, "m", "n"));
        int after = delete(root, "n", 5);
        BranchNode branch = new BranchNode(pages.read(after));
        assertEquals(2, branch.childCount(), "children of the root");
        assertEquals(text("c"), branch.cells().key(0), "the separator between a, b and c, dx, m");
        assertEquals(480, new SlottedPage(pages.read(branch.child(0))).usedBytes(), "bytes on the left");
        root = branch("m", leaf(140, "a", "b"), leaf(240, "m", "n", "o", "p"));
        pages.begin();
        after = TreeDelete.delete(pages, root, text("b"));
        branch = new BranchNode(pages.read(after));
        assertEquals(text("o"), branch.cells().key(0), "the separator between a, m, n and o, p");
        assertEquals(5, TreeVerifier.verify(pages, after).entries(), "entries");
    }

    @Test
    @DisplayName("two branches that merge take the separator from between them down, and the root above them goes")
    void branchesMerge() {
        int left = branch("d", leaf(140, "a", "b"), leaf(140, "d", "e"));
        int right = branch("t", leaf(140, "p", "q"), leaf(140, "t", "u"));
        int root = branch("m" + "x".repeat(200), left, right);
        int after = deleteWithoutFill(root, "e");
        BranchNode branch = new BranchNode(pages.read(after));
        assertEquals(PageLayout.BRANCH, PageLayout.kind(pages.read(after)), "the kind of the root");
        assertEquals(3, branch.childCount(), "children of the root: a b d, p q, t u");
        assertEquals(text("m" + "x".repeat(200)), branch.cells().key(0), "the first separator");
        assertEquals(text("t"), branch.cells().key(1), "the second separator");
    }

    /** As delete, for a tree some of whose branches had too few bytes before. */
    private int deleteWithoutFill(int root, String key) {
        pages.begin();
        int after = TreeDelete.delete(pages, root, text(key));
        pages.checkOthersAsTheyWere();
        for (String other : "a b d e p q t u".split(" ")) {
            boolean there = TreeSearch.payload(pages, after, text(other)) != null;
            assertEquals(!other.equals(key), there, "whether " + other + " is there");
        }
        return after;
    }

    @Test
    @DisplayName("branches that borrow send the middle separator up and take the old one down")
    void branchesBorrow() {
        String tail = "x".repeat(200);
        int left = branch(
                "c" + tail + " e" + tail + " g" + tail + " i" + tail,
                leaf(140, "a", "b"),
                leaf(240, "c" + tail, "d" + tail),
                leaf(240, "e" + tail, "f" + tail),
                leaf(240, "g" + tail, "h" + tail),
                leaf(240, "i" + tail, "j" + tail));
        int right = branch("s" + tail, leaf(240, "m" + tail, "n" + tail), leaf(240, "s" + tail, "t" + tail));
        int root = branch("m" + tail, left, right);
        TreeVerifier.verify(pages, root);
        int after = delete(root, "t" + tail, 13);
        assertEquals(3, TreeVerifier.verify(pages, after).depth(), "the depth");
    }

    @Test
    @DisplayName(
            "a separator that has become too long for its branch splits the branch: a deletion makes the tree deeper")
    void longSeparator() {
        String tail = "x".repeat(200);
        List<Slice> separators = new ArrayList<>();
        List<Integer> children = new ArrayList<>();
        int count = 69;
        for (int i = 0; i <= count; i++) {
            String key = "%02d".formatted(i);
            if (i > 0) {
                separators.add(text(key));
            }
            if (i == 30) {
                children.add(leaf(225, key + tail + "a", key + tail + "b", key + tail + "c", key + tail + "d"));
            } else {
                children.add(leaf(130, key, key + "z"));
            }
        }
        int root = TreeByHand.branch(pages, separators, children);
        assertTrue(new SlottedPage(pages.read(root)).freeBytes() < 200, "the branch is full");
        int after = delete(root, "31z", 2 * count + 4 - 1);
        after = delete(after, "29z", 2 * count + 4 - 2);
        delete(after, "29", 2 * count + 4 - 3);
    }

    @Test
    @DisplayName("a branch that is not at the right edge is halved when a borrow leaves no room for its last separator")
    void longSeparatorInside() {
        int root = branch("a", fullBranch(), branch("b", leaf(130, "a", "az"), leaf(130, "b", "bz")));
        int after = delete(root, "69z", 145);
        int left = used(after, 0);
        int right = used(after, 1);
        assertTrue(left < 2 * right, "halves of " + left + " and " + right + " bytes");
    }

    @Test
    @DisplayName("a branch at the right edge keeps nearly all of it: what is put behind it later has room to its right")
    void longSeparatorAtTheEdge() {
        String letters = "abcdefghijklmnopqrst";
        List<Slice> separators = new ArrayList<>();
        List<Integer> children = new ArrayList<>();
        for (char letter : letters.toCharArray()) {
            if (letter != 'a') {
                separators.add(text("!" + letter));
            }
            children.add(leaf(130, "!" + letter, "!" + letter + "z"));
        }
        int root = branch("0", TreeByHand.branch(pages, separators, children), fullBranch());
        int after = delete(root, "69z", 141 + 2 * letters.length());
        int left = used(after, 1);
        int right = used(after, 2);
        assertTrue(left > 2 * right, "parts of " + left + " and " + right + " bytes");
    }

    /** A branch of 70 leaves, the last but one of which has long keys: when the last borrows of it the separator is long. */
    private int fullBranch() {
        String tail = "x".repeat(120);
        List<Slice> separators = new ArrayList<>();
        List<Integer> children = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            String key = "%02d".formatted(i);
            if (i > 0) {
                separators.add(text(key));
            }
            children.add(
                    i == 68
                            ? leaf(225, key + tail + "a", key + tail + "b", key + tail + "c", key + tail + "d")
                            : leaf(130, key, key + "z"));
        }
        return TreeByHand.branch(pages, separators, children);
    }

    /** Bytes in use of a child of the root. */
    private int used(int root, int child) {
        return new SlottedPage(pages.read(new BranchNode(pages.read(root)).child(child))).usedBytes();
    }

    @Test
    @DisplayName("what fits into one page to the last byte is merged")
    void exactFit() {
        int root = branch("m", leaf(106, "a", "b", "c", "d", "e", "f", "g"), leaf(123, "m", "n", "o"));
        int after = delete(root, "o", 9);
        assertEquals(988, new SlottedPage(pages.read(after)).usedBytes(), "bytes of the leaf that is left, of 988");
    }

    @Test
    @DisplayName("a deletion that leaves enough copies one page a level and adds none")
    void cost() {
        int root = branch("d m", leaf(140, "a", "b", "c"), leaf(140, "d", "e", "f"), leaf(140, "m", "n", "o"));
        delete(root, "e", 8);
        assertEquals(0, pages.pagesAdded(), "pages added");
        assertEquals(2, pages.pagesCopied(), "pages copied in a tree of two levels");
    }

    @Test
    @DisplayName("a page that has exactly a quarter in use is left alone")
    void exactlyAQuarter() {
        int root = branch("m", leaf(140, "a", "b"), leaf(19, "m n o p q r s t u v w x y z".split(" ")));
        int after = delete(root, "z", 15);
        BranchNode branch = new BranchNode(pages.read(after));
        assertEquals(2, branch.childCount(), "children of the root, a leaf having 247 of 988 bytes in use");
        assertEquals(247, new SlottedPage(pages.read(branch.child(1))).usedBytes(), "bytes of that leaf");
        assertEquals(2, pages.pagesCopied(), "pages copied, none being too empty");
    }

    @Test
    @DisplayName("to merge or to borrow takes one neighbour, and no other page of the level is read or copied")
    void oneNeighbour() {
        List<Slice> separators = new ArrayList<>();
        List<Integer> children = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String key = "%02d".formatted(i);
            if (i > 0) {
                separators.add(text(key));
            }
            children.add(i % 2 == 0 ? leaf(240, key, key + "x", key + "y", key + "z") : leaf(140, key, key + "z"));
        }
        int root = delete(TreeByHand.branch(pages, separators, children), "15z", 89);
        assertTrue(
                pages.pagesCopied() <= 3,
                pages.pagesCopied() + " pages were copied: the root, a leaf that is too empty, and its neighbour do");
        pages.begin();
        TreeDelete.delete(pages, root, text("00x"));
        int read = pages.pagesRead();
        assertTrue(read <= 6, read + " pages were read to delete from one of 30 leaves under one branch");
    }

    @Test
    @DisplayName("a leaf that is the root may have as little in it as it likes")
    void lonelyLeaf() {
        int root = delete(leaf(100, "a", "b"), "a", 1);
        assertEquals(1, pages.pagesCopied(), "pages copied in a tree of one leaf");
        assertEquals(1, new SlottedPage(pages.read(root)).count(), "cells of the root");
        assertEquals(PageSource.NO_PAGE, delete(root, "b", 0), "the root after the last key went");
    }
}
