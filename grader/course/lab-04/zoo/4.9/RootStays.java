// exercise: 4.9
// type: storagelab.btree.TreeDelete
// verdict: caught
// because: a root with a single child stays, and the tree is never lower again
public final class TreeDelete {
    public static int delete(TreePages pages, int root, Slice key) {
        if (TreeSearch.payload(pages, root, key) == null) {
            return root;
        }
        return TreeInsert.rootAbove(pages, new Deletion(pages, key).from(root, TreeInsert.Edge.RIGHT));
    }
}
