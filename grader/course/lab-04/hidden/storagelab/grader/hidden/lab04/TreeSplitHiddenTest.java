package storagelab.grader.hidden.lab04;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.btree.BranchNode;
import storagelab.btree.CellList;
import storagelab.btree.ChangedPage;
import storagelab.btree.Separator;
import storagelab.btree.TreeInsert;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;
import storagelab.testkit.tree.RandomKeys;
import storagelab.testkit.tree.SlottedPageBytes;
import storagelab.testkit.tree.TreeByHand;
import storagelab.testkit.tree.TreeModel;
import storagelab.testkit.tree.WatchedPages;

/** Exercise 4.8: how pages are divided, and how a branch gets another child. */
@Tag("4.8")
class TreeSplitHiddenTest {
    private static final int CAPACITY = 988;

    private final WatchedPages pages = new WatchedPages(1024);

    private static Slice text(String text) {
        return Slice.utf8(text);
    }

    /** Separators, in order, that take more than a page. */
    private static List<Slice> separators(Random random, int longest) {
        TreeSet<Slice> separators = new TreeSet<>();
        int bytes = 0;
        while (bytes <= CAPACITY) {
            Slice separator = text(random.nextInt(10_000) + "s".repeat(random.nextInt(longest)));
            if (separators.add(separator)) {
                bytes += SlottedPage.cellBytes(separator.length(), 4);
            }
        }
        return new ArrayList<>(separators);
    }

    /** A branch with all but one of the separators, and the children 100, 101 …, of which one is missing as well. */
    private int branchWithout(int index, List<Slice> separators) {
        List<Slice> others = new ArrayList<>(separators);
        List<Integer> children = new ArrayList<>();
        for (int i = 0; i <= separators.size(); i++) {
            children.add(100 + i);
        }
        others.remove(index);
        children.remove(index + 1);
        return TreeByHand.branch(pages, others, children);
    }

    /** Whether all separators but one fit into a page. */
    private static boolean fitWithout(int index, List<Slice> separators) {
        int all = bytes(separators, 0, separators.size());
        return all - bytes(separators, index, index + 1) <= CAPACITY;
    }

    private String describe(int page) {
        return new BranchNode(pages.read(page)).toString();
    }

    private static String describe(List<Slice> separators, int from, int to) {
        StringBuilder words = new StringBuilder().append(100 + from);
        for (int i = from; i < to; i++) {
            words.append(' ').append(separators.get(i)).append(' ').append(101 + i);
        }
        return words.toString();
    }

    private static int bytes(List<Slice> separators, int from, int to) {
        return separators.subList(from, to).stream()
                .mapToInt(separator -> SlottedPage.cellBytes(separator.length(), 4))
                .sum();
    }

    private int goesUp(ChangedPage split, List<Slice> separators, int page) {
        assertTrue(split.isSplit(), "a branch without room was not split");
        int middle = separators.indexOf(split.separator());
        assertTrue(
                middle >= 0,
                "the separator that goes up, " + split.separator() + ", is none of the " + separators.size()
                        + " separators of the branch");
        assertEquals(page, split.page(), "the page on the left");
        assertEquals(describe(separators, 0, middle), describe(split.page()), "the branch on the left");
        assertEquals(
                describe(separators, middle + 1, separators.size()),
                describe(split.right()),
                "the branch on the right");
        assertEquals(PageLayout.BRANCH, PageLayout.kind(pages.read(split.right())), "the kind of the new page");
        return middle;
    }

    @Test
    @DisplayName("a branch without room is halved by bytes, the separator in the middle goes up, and no child is lost")
    void branchHalves() {
        Seeds.check(200, random -> {
            List<Slice> separators = separators(random, 1 + random.nextInt(200));
            int index = random.nextInt(separators.size());
            while (!fitWithout(index, separators)) {
                index = random.nextInt(separators.size());
            }
            boolean last = index == separators.size() - 1;
            int branch = branchWithout(index, separators);
            ChangedPage child = new ChangedPage(100 + index, separators.get(index), 101 + index);
            TreeInsert.Edge edge = last || random.nextBoolean() ? TreeInsert.Edge.INNER : TreeInsert.Edge.RIGHT;
            Step.at("addChild at " + index + ", edge " + edge + ", of a branch without room, " + separators.size()
                    + " separators in all with " + bytes(separators, 0, separators.size()) + " bytes");
            ChangedPage split = TreeInsert.addChild(pages, branch, index, child, edge);
            int middle = goesUp(split, separators, branch);
            int smallest = Integer.MAX_VALUE;
            for (int i = 1; i < separators.size() - 1; i++) {
                smallest = Math.min(smallest, difference(separators, i));
            }
            assertEquals(
                    smallest,
                    difference(separators, middle),
                    "the difference between halves of " + bytes(separators, 0, middle) + " and "
                            + bytes(separators, middle + 1, separators.size()) + " bytes");
        });
    }

    private static int difference(List<Slice> separators, int middle) {
        return Math.abs(bytes(separators, 0, middle) - bytes(separators, middle + 1, separators.size()));
    }

    @Test
    @DisplayName("a branch at the right edge that gets a last child keeps 90 % and leaves one separator at least")
    void branchAtTheRightEdge() {
        Seeds.check(200, random -> {
            List<Slice> separators = separators(random, 1 + random.nextInt(200));
            while (!fitWithout(separators.size() - 1, separators)) {
                separators = separators(random, 1 + random.nextInt(200));
            }
            int index = separators.size() - 1;
            int branch = branchWithout(index, separators);
            ChangedPage child = new ChangedPage(100 + index, separators.get(index), 101 + index);
            Step.at("addChild as the last child, edge RIGHT, of a branch without room, " + separators.size()
                    + " separators in all with " + bytes(separators, 0, separators.size()) + " bytes");
            ChangedPage split = TreeInsert.addChild(pages, branch, index, child, TreeInsert.Edge.RIGHT);
            int middle = goesUp(split, separators, branch);
            int most = separators.size() - 2;
            while (bytes(separators, 0, most) > 889) {
                most--;
            }
            assertEquals(
                    most,
                    middle,
                    "separators that stay on the left, where 889 bytes may, of " + separators.size() + " with "
                            + bytes(separators, 0, separators.size()) + " bytes");
        });
    }

    @Test
    @DisplayName("a branch with room takes a child in the middle, at its beginning and at its end, and adds no page")
    void room() {
        List<Slice> separators = List.of(text("b"), text("d"), text("f"), text("h"));
        for (int index = 0; index < separators.size(); index++) {
            int branch = branchWithout(index, separators);
            Step.at("addChild at " + index + " of a branch with three of the separators b, d, f, h");
            pages.begin();
            int copy = pages.edit(branch);
            ChangedPage child = new ChangedPage(100 + index, separators.get(index), 101 + index);
            ChangedPage whole = TreeInsert.addChild(pages, copy, index, child, TreeInsert.Edge.RIGHT);
            assertEquals(ChangedPage.whole(copy), whole, "the answer");
            assertFalse(whole.isSplit(), "a branch with room was split");
            assertEquals(describe(separators, 0, 4), describe(copy), "the branch");
            assertEquals(0, pages.pagesAdded(), "pages added");
        }
    }

    @Test
    @DisplayName(
            "cells of leaves are divided by bytes, in place of what the pages had, and a short separator is between")
    void leaves() {
        Seeds.check(200, random -> {
            TreeMap<Slice, Slice> entries = new TreeMap<>();
            int bytes = 0;
            while (bytes <= CAPACITY) {
                Slice key = RandomKeys.OF_ALL_LENGTHS.next(random);
                if (!entries.containsKey(key)) {
                    entries.put(key, TreeModel.randomPayload(key, random));
                    bytes += SlottedPage.cellBytes(
                            key.length(), entries.getOrDefault(key, Slice.EMPTY).length());
                }
            }
            CellList cells = new CellList();
            entries.forEach((key, payload) -> cells.insert(cells.count(), key, payload));
            int left = oldLeaf();
            int right = oldLeaf();
            Step.at("divide of " + cells.count() + " cells of leaves with " + bytes + " bytes, of 988 a page");
            ChangedPage divided = TreeInsert.divide(pages, left, right, cells);
            TreeMap<Slice, Slice> onTheLeft = SlottedPageBytes.checked(pages.read(left));
            TreeMap<Slice, Slice> onTheRight = SlottedPageBytes.checked(pages.read(right));
            int middle = onTheLeft.size();
            assertTrue(
                    middle > 0 && middle < cells.count(), middle + " of " + cells.count() + " cells are on the left");
            assertEquals(
                    new ChangedPage(left, Separator.between(cells.key(middle - 1), cells.key(middle)), right),
                    divided,
                    "the two pages and what is between them");
            int smallest = bytes;
            for (int i = 1; i < cells.count(); i++) {
                smallest = Math.min(smallest, Math.abs(cells.bytes(0, i) - cells.bytes(i, cells.count())));
            }
            assertEquals(
                    smallest,
                    Math.abs(cells.bytes(0, middle) - cells.bytes(middle, cells.count())),
                    "the difference between the bytes on both sides");
            onTheLeft.putAll(onTheRight);
            assertEquals(entries, onTheLeft, "what both pages have");
        });
    }

    private int oldLeaf() {
        TreeMap<Slice, Slice> old = new TreeMap<>();
        old.put(text("old"), text("cell"));
        return TreeByHand.leaf(pages, old);
    }

    @Test
    @DisplayName("above two halves there is a new root, above a page that was not split there is none")
    void rootAbove() {
        pages.begin();
        Step.at("rootAbove of page 7, which is whole, and of the pages 7 and 9 with m between them");
        assertEquals(7, TreeInsert.rootAbove(pages, ChangedPage.whole(7)), "the root above page 7");
        assertEquals(0, pages.pagesAdded(), "pages added");
        int root = TreeInsert.rootAbove(pages, new ChangedPage(7, text("m"), 9));
        assertEquals("7 m 9", describe(root), "the root above 7 and 9");
        assertEquals(1, pages.pagesAdded(), "pages added");
        assertEquals(PageLayout.BRANCH, PageLayout.kind(pages.read(root)), "the kind of the root");
    }
}
