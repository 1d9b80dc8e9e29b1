// exercise: 4.7
// type: storagelab.btree.TreeSearch
// verdict: accepted
// because: a call for each level, and find instead of indexOf in the leaf
public final class TreeSearch {
    public static @Nullable Slice payload(PageSource pages, int root, Slice key) {
        if (root == PageSource.NO_PAGE) {
            return null;
        }
        SlottedPage page = new SlottedPage(pages.read(root));
        if (PageLayout.kind(page.bytes()) == PageLayout.LEAF) {
            int found = page.find(key);
            return found < 0 ? null : page.payload(found);
        }
        BranchNode branch = new BranchNode(page.bytes());
        return payload(pages, branch.child(branch.childIndex(key)), key);
    }
}
