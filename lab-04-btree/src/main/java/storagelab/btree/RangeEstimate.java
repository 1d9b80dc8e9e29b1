package storagelab.btree;

import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/**
 * About which share of a tree's entries is in a range of keys, from the pages on the way to its two ends: each child of a branch is taken to have as many
 * entries as the others.
 *
 * <p>Example: the root has four children, and the leaf below the second one has ten entries. A key that is the sixth of them has (1 + 5 / 10) / 4 = 0.375 of
 * all entries before it.
 *
 * <p>Source: Antoshenkov, "Dynamic Query Optimization in Rdb/VMS" (1993), estimates ranges by a descent as well.
 */
final class RangeEstimate {
    private RangeEstimate() {}

    /** The share of the entries in {@code range}, from 0 to 1. Cost: a page of each level for each end. */
    static double share(PageSource pages, int root, KeyRange range) {
        if (root == PageSource.NO_PAGE) {
            return 0;
        }
        double from = before(pages, root, range.from());
        double to = range.to() == null ? 1 : before(pages, root, range.to());
        return Math.max(0, to - from);
    }

    /** The share of the entries whose keys are less than {@code key}. */
    private static double before(PageSource pages, int root, Slice key) {
        double before = 0;
        double width = 1; // the share of the page that is read
        byte[] page = pages.read(root);
        while (PageLayout.kind(page) == PageLayout.BRANCH) {
            BranchNode branch = new BranchNode(page);
            int index = branch.childIndex(key);
            width /= branch.childCount();
            before += width * index;
            page = pages.read(branch.child(index));
        }
        SlottedPage leaf = new SlottedPage(page);
        int found = leaf.find(key);
        int index = found < 0 ? -found - 1 : found;
        return leaf.count() == 0 ? before : before + width * index / leaf.count();
    }
}
