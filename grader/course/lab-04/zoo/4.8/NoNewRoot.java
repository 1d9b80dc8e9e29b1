// exercise: 4.8
// type: storagelab.btree.TreeInsert
// verdict: caught
// because: the right half of a root that was split is in no tree
public final class TreeInsert {
    public static int rootAbove(TreePages pages, ChangedPage grown) {
        return grown.page();
    }
}
