// exercise: 4.7
// type: storagelab.btree.TreeSearch
// verdict: caught
// because: every child is searched until one has the key: right, and as slow as reading the whole tree
public final class TreeSearch {
    public static @Nullable Slice payload(PageSource pages, int root, Slice key) {
        if (root == PageSource.NO_PAGE) {
            return null;
        }
        byte[] page = pages.read(root);
        if (PageLayout.kind(page) == PageLayout.BRANCH) {
            BranchNode branch = new BranchNode(page);
            Slice found = null;
            for (int i = 0; i < branch.childCount() && found == null; i++) {
                found = payload(pages, branch.child(i), key);
            }
            return found;
        }
        SlottedPage leaf = new SlottedPage(page);
        int index = leaf.indexOf(key);
        return index < 0 ? null : leaf.payload(index);
    }
}
