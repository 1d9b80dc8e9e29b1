package storagelab.btree;

import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/**
 * About which share of a tree's entries is in a range of keys, from the pages on the way to its two ends: each child of a branch is taken to have as many
 * entries as the others. Only where a branch has few children, each is weighed by the number of its own children or entries: of two children of a root one
 * often has twice as many as the other, because a split has just halved it.
 *
 * <p>Example: the root has twenty children, and the leaf below the second one has ten entries. A key that is the sixth of them has (1 + 5 / 10) / 20 = 0.075
 * of all entries before it. If the root has two children with 60 and 30 entries, the sixth key of the second has 60 / 90 + 5 / 90 = 0.72 before it.
 *
 * <p>Source: Antoshenkov, "Dynamic Query Optimization in Rdb/VMS" (1993), estimates ranges by a descent as well.
 */
final class RangeEstimate {
    private static final int FEW = 16;

    private RangeEstimate() {}

    /** The share of the entries in {@code range}, from 0 to 1. Cost: a page of each level for each end, and up to 16 where a branch has few children. */
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
            before += width * weight(pages, branch, 0, index);
            width *= weight(pages, branch, index, index + 1);
            page = pages.read(branch.child(index));
        }
        SlottedPage leaf = new SlottedPage(page);
        int found = leaf.find(key);
        int index = found < 0 ? -found - 1 : found;
        return leaf.count() == 0 ? before : before + width * index / leaf.count();
    }

    /** The share of what is below {@code branch} that is below its children from {@code from} on and before {@code to}. */
    private static double weight(PageSource pages, BranchNode branch, int from, int to) {
        int children = branch.childCount();
        if (children > FEW) {
            return (double) (to - from) / children;
        }
        int among = 0;
        int all = 0;
        for (int i = 0; i < children; i++) {
            int below = fanOut(pages.read(branch.child(i)));
            all += below;
            among += i >= from && i < to ? below : 0;
        }
        return (double) among / Math.max(1, all);
    }

    /** How many children a branch has, or entries a leaf. */
    private static int fanOut(byte[] page) {
        return PageLayout.kind(page) == PageLayout.BRANCH
                ? new BranchNode(page).childCount()
                : new SlottedPage(page).count();
    }
}
