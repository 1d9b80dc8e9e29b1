// exercise: 4.7
// type: storagelab.btree.TreeSearch
// verdict: caught
// because: each page is read once for its kind and once for what is in it
public final class TreeSearch {
    public static @Nullable Slice payload(PageSource pages, int root, Slice key) {
        if (root == PageSource.NO_PAGE) {
            return null;
        }
        int page = root;
        while (PageLayout.kind(pages.read(page)) == PageLayout.BRANCH) {
            BranchNode branch = new BranchNode(pages.read(page));
            page = branch.child(branch.childIndex(key));
        }
        SlottedPage leaf = new SlottedPage(pages.read(page));
        int index = leaf.indexOf(key);
        return index < 0 ? null : leaf.payload(index);
    }
}
