// exercise: 4.11
// type: storagelab.btree.OverflowPages
// verdict: caught
// because: the length in the last page is that of a full one
public final class OverflowPages {
    public static int write(TreePages pages, Slice value) {
        int room = pages.pageSizeBytes() - HEAD_BYTES;
        int first = pages.add(PageLayout.OVERFLOW);
        int page = first;
        for (int from = 0; from < value.length(); from += room) {
            int to = Math.min(value.length(), from + room);
            int next = to < value.length() ? pages.add(PageLayout.OVERFLOW) : PageSource.NO_PAGE;
            byte[] bytes = pages.read(page);
            PageLayout.putInt(bytes, NEXT, next);
            PageLayout.putInt(bytes, LENGTH, room);
            value.subSlice(from, to).copyTo(bytes, HEAD_BYTES);
            pages.finish(page);
            page = next;
        }
        return first;
    }
}
