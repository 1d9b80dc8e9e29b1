// exercise: 4.11
// type: storagelab.btree.OverflowPages
// verdict: caught
// because: the pages are put together as they come, whatever the leaf says
public final class OverflowPages {
    public static Slice read(PageSource pages, Slice payload) {
        java.io.ByteArrayOutputStream value = new java.io.ByteArrayOutputStream();
        for (int page = StoredValue.firstPage(payload); page != PageSource.NO_PAGE; ) {
            byte[] bytes = pages.readOnce(page);
            value.write(bytes, HEAD_BYTES, PageLayout.getInt(bytes, LENGTH));
            page = PageLayout.getInt(bytes, NEXT);
        }
        return Slice.wrap(value.toByteArray());
    }
}
