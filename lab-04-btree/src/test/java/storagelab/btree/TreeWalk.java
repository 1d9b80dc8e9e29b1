package storagelab.btree;

import java.util.ArrayList;
import java.util.List;
import storagelab.api.Entry;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/** Reads a whole tree without a cursor. */
final class TreeWalk {
    private final PageSource pages;
    private final List<Entry> entries = new ArrayList<>();

    private TreeWalk(PageSource pages) {
        this.pages = pages;
    }

    /** Every entry of the tree, in order. */
    static List<Entry> entries(PageSource pages, int root) {
        TreeWalk walk = new TreeWalk(pages);
        if (root != PageSource.NO_PAGE) {
            walk.below(root);
        }
        return walk.entries;
    }

    private void below(int page) {
        byte[] bytes = pages.read(page);
        if (PageLayout.kind(bytes) == PageLayout.BRANCH) {
            BranchNode branch = new BranchNode(bytes);
            for (int i = 0; i < branch.childCount(); i++) {
                below(branch.child(i));
            }
            return;
        }
        SlottedPage leaf = new SlottedPage(bytes);
        for (int i = 0; i < leaf.count(); i++) {
            entries.add(Entry.value(leaf.key(i), StoredValue.load(pages, leaf.payload(i))));
        }
    }
}
