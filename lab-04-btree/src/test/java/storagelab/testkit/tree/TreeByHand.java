package storagelab.testkit.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import storagelab.api.Slice;
import storagelab.btree.BranchNode;
import storagelab.btree.TreePages;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/** Trees put together from the leaves up, without an insertion. */
public final class TreeByHand {
    private record Part(Slice first, int page) {}

    private TreeByHand() {}

    /** A leaf with the given entries. */
    public static int leaf(TreePages pages, SortedMap<Slice, Slice> entries) {
        int page = pages.add(PageLayout.LEAF);
        SlottedPage leaf = new SlottedPage(pages.read(page));
        entries.forEach((key, payload) -> {
            if (!leaf.insert(leaf.count(), key, payload)) {
                throw new AssertionError("a leaf has no room for " + entries);
            }
        });
        return page;
    }

    /** A branch with the given children, and between them the given separators. */
    public static int branch(TreePages pages, List<Slice> separators, List<Integer> children) {
        int page = pages.add(PageLayout.BRANCH);
        BranchNode branch = new BranchNode(pages.read(page));
        branch.setChild(0, children.get(0));
        for (int i = 0; i < separators.size(); i++) {
            if (!branch.insert(i, separators.get(i), children.get(i + 1))) {
                throw new AssertionError("a branch has no room for " + separators);
            }
        }
        return page;
    }

    /** The root of a tree with {@code entries}, at most {@code most} cells in a page; the separators are whole keys. */
    public static int tree(TreePages pages, SortedMap<Slice, Slice> entries, int most, Random random) {
        List<Part> level = new ArrayList<>();
        List<Slice> keys = List.copyOf(entries.keySet());
        for (int from = 0; from < keys.size(); ) {
            int to = Math.min(keys.size(), from + 1 + random.nextInt(most));
            SortedMap<Slice, Slice> part = entries.tailMap(keys.get(from));
            level.add(new Part(keys.get(from), leaf(pages, to == keys.size() ? part : part.headMap(keys.get(to)))));
            from = to;
        }
        while (level.size() > 1) {
            level = above(pages, level, most, random);
        }
        return level.get(0).page;
    }

    private static List<Part> above(TreePages pages, List<Part> level, int most, Random random) {
        List<Part> branches = new ArrayList<>();
        for (int from = 0; from < level.size(); ) {
            int to = Math.min(level.size(), from + 2 + random.nextInt(most));
            if (to == level.size() - 1) {
                to++; // a branch has at least two children
            }
            List<Part> children = level.subList(from, to);
            List<Slice> separators = children.stream().skip(1).map(Part::first).toList();
            branches.add(new Part(
                    children.get(0).first,
                    branch(pages, separators, children.stream().map(Part::page).toList())));
            from = to;
        }
        return branches;
    }
}
