package storagelab.grader.hidden.lab04;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.btree.BranchNode;
import storagelab.btree.PageSource;
import storagelab.btree.StoredValue;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/** Walks over trees of pages that are not the cursor of an exercise. */
final class TreeWalks {
    private TreeWalks() {}

    /** The pages of each level, from left to right, the root first. */
    static List<List<Integer>> levels(LedgerPages pages, int root) {
        List<List<Integer>> levels = new ArrayList<>(List.of(List.of(root)));
        while (PageLayout.kind(pages.peek(levels.get(levels.size() - 1).get(0))) == PageLayout.BRANCH) {
            List<Integer> below = new ArrayList<>();
            for (int page : levels.get(levels.size() - 1)) {
                BranchNode branch = new BranchNode(pages.peek(page));
                IntStream.range(0, branch.childCount()).map(branch::child).forEach(below::add);
            }
            levels.add(below);
        }
        return levels;
    }

    /** Every separator of the tree, from left to right. */
    static List<Slice> separators(LedgerPages pages, int root) {
        List<Slice> separators = new ArrayList<>();
        collectSeparators(pages, root, separators);
        return separators;
    }

    /** Every entry of the tree, in order. */
    static List<Entry> content(PageSource pages, int root) {
        List<Entry> entries = new ArrayList<>();
        if (root != PageSource.NO_PAGE) {
            collect(pages, root, entries);
        }
        return entries;
    }

    private static void collect(PageSource pages, int page, List<Entry> entries) {
        byte[] bytes = pages.read(page);
        if (PageLayout.kind(bytes) == PageLayout.BRANCH) {
            BranchNode branch = new BranchNode(bytes);
            for (int i = 0; i < branch.childCount(); i++) {
                collect(pages, branch.child(i), entries);
            }
            return;
        }
        SlottedPage leaf = new SlottedPage(bytes);
        for (int i = 0; i < leaf.count(); i++) {
            entries.add(Entry.value(leaf.key(i), StoredValue.load(pages, leaf.payload(i))));
        }
    }

    private static void collectSeparators(LedgerPages pages, int page, List<Slice> separators) {
        byte[] bytes = pages.peek(page);
        if (PageLayout.kind(bytes) == PageLayout.BRANCH) {
            BranchNode branch = new BranchNode(bytes);
            for (int i = 0; i < branch.childCount(); i++) {
                collectSeparators(pages, branch.child(i), separators);
                if (i < branch.cells().count()) {
                    separators.add(branch.cells().key(i));
                }
            }
        }
    }
}
