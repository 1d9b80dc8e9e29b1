// exercise: 4.11
// type: storagelab.btree.OverflowPages
// verdict: caught
// because: the pages of a value are thought to lie side by side, which they do in an empty file
public final class OverflowPages {
    public static void free(TreePages pages, Slice payload) {
        int first = StoredValue.firstPage(payload);
        for (int i = 0; i < pageCount(StoredValue.length(payload), pages.pageSizeBytes()); i++) {
            pages.free(first + i, PageLayout.born(pages.readOnce(first + i)));
        }
    }
}
