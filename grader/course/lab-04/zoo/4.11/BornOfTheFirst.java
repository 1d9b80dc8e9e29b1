// exercise: 4.11
// type: storagelab.btree.OverflowPages
// verdict: caught
// because: all pages are given up with the version of the first one
public final class OverflowPages {
    public static void free(TreePages pages, Slice payload) {
        long born = PageLayout.born(pages.readOnce(StoredValue.firstPage(payload)));
        for (int page = StoredValue.firstPage(payload); page != PageSource.NO_PAGE; ) {
            int next = PageLayout.getInt(pages.readOnce(page), NEXT);
            pages.free(page, born);
            page = next;
        }
    }
}
