// exercise: 4.11
// type: storagelab.btree.OverflowPages
// verdict: caught
// because: the way to the next page is looked up in a page that was given away
public final class OverflowPages {
    public static void free(TreePages pages, Slice payload) {
        int page = StoredValue.firstPage(payload);
        while (page != PageSource.NO_PAGE) {
            pages.free(page, PageLayout.born(pages.readOnce(page)));
            page = PageLayout.getInt(pages.readOnce(page), NEXT);
        }
    }
}
