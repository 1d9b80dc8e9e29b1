package storagelab.grader.hidden.lab04;

import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.List;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.btree.BranchNode;
import storagelab.btree.PageSource;
import storagelab.btree.StoredValue;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/**
 * A tree with as many entries to a leaf and children to a branch as a test wants, far fewer than would fit: so that a
 * short list of entries is a deep tree, and most moves meet the border of two pages.
 *
 * @param pages where it is
 * @param root where it begins
 * @param depth levels
 */
record LayeredTree(LedgerPages pages, int root, int depth) {
    private static final int PAGE_BYTES = 1024;

    /** How full pages are. */
    record Shape(int entriesALeaf, int childrenABranch) {}

    private record Child(Slice separator, int page) {}

    /** A tree of {@code sorted} whose separators are the first keys to their right. */
    static LayeredTree of(List<Entry> sorted, Shape shape) {
        List<Slice> separators = sorted.stream().map(Entry::key).toList();
        return of(sorted, separators, shape);
    }

    /**
     * A tree of {@code sorted}.
     *
     * @param separators what stands to the left of each entry if a page begins with it
     */
    static LayeredTree of(List<Entry> sorted, List<Slice> separators, Shape shape) {
        LedgerPages pages = new LedgerPages(PAGE_BYTES);
        List<Child> level = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += shape.entriesALeaf) {
            int to = Math.min(sorted.size(), from + shape.entriesALeaf);
            level.add(new Child(separators.get(from), leaf(pages, sorted.subList(from, to))));
        }
        int depth = level.isEmpty() ? 0 : 1;
        while (level.size() > 1) {
            List<Child> above = new ArrayList<>();
            for (List<Child> children : Lists.partition(level, shape.childrenABranch)) {
                above.add(new Child(children.get(0).separator, branch(pages, children)));
            }
            level = above;
            depth++;
        }
        pages.takeReads();
        return new LayeredTree(pages, level.isEmpty() ? PageSource.NO_PAGE : level.get(0).page, depth);
    }

    private static int leaf(LedgerPages pages, List<Entry> entries) {
        int page = pages.add(PageLayout.LEAF);
        SlottedPage leaf = new SlottedPage(pages.peek(page));
        for (Entry entry : entries) {
            leaf.insert(leaf.count(), entry.key(), StoredValue.inline(entry.value()));
        }
        return page;
    }

    private static int branch(LedgerPages pages, List<Child> children) {
        int page = pages.add(PageLayout.BRANCH);
        BranchNode branch = new BranchNode(pages.peek(page));
        branch.setChild(0, children.get(0).page);
        for (int i = 1; i < children.size(); i++) {
            branch.insert(i - 1, children.get(i).separator, children.get(i).page);
        }
        return page;
    }
}
