// exercise: 4.11
// type: storagelab.btree.OverflowPages
// verdict: caught
// because: the last page is added first, so that the value lies backwards in the file
public final class OverflowPages {
    public static int write(TreePages pages, Slice value) {
        int room = pages.pageSizeBytes() - HEAD_BYTES;
        int next = PageSource.NO_PAGE;
        for (int i = pageCount(value.length(), pages.pageSizeBytes()) - 1; i >= 0; i--) {
            int from = i * room;
            int to = Math.min(value.length(), from + room);
            int page = pages.add(PageLayout.OVERFLOW);
            byte[] bytes = pages.read(page);
            PageLayout.putInt(bytes, NEXT, next);
            PageLayout.putInt(bytes, LENGTH, to - from);
            value.subSlice(from, to).copyTo(bytes, HEAD_BYTES);
            pages.finish(page);
            next = page;
        }
        return next;
    }
}
