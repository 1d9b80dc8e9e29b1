// exercise: 4.7
// type: storagelab.btree.TreeSearch
// verdict: caught
// because: a separator that is equal to the key is taken for its entry, and the child's number for its payload
public final class TreeSearch {
    public static @Nullable Slice payload(PageSource pages, int root, Slice key) {
        if (root == PageSource.NO_PAGE) {
            return null;
        }
        byte[] page = pages.read(root);
        while (PageLayout.kind(page) == PageLayout.BRANCH) {
            BranchNode branch = new BranchNode(page);
            int found = branch.cells().indexOf(key);
            if (found >= 0) {
                return branch.cells().payload(found);
            }
            page = pages.read(branch.child(branch.childIndex(key)));
        }
        SlottedPage leaf = new SlottedPage(page);
        int index = leaf.indexOf(key);
        return index < 0 ? null : leaf.payload(index);
    }
}
