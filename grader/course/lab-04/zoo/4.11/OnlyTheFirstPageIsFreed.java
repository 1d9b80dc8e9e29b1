// exercise: 4.11
// type: storagelab.btree.OverflowPages
// verdict: caught
// because: the rest of the chain is lost for ever
public final class OverflowPages {
    public static void free(TreePages pages, Slice payload) {
        int page = StoredValue.firstPage(payload);
        pages.free(page, PageLayout.born(pages.readOnce(page)));
    }
}
