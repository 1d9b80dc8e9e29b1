// exercise: 4.11
// type: storagelab.btree.OverflowPages
// verdict: caught
// because: the last page refers to itself, and not to none
public final class OverflowPages {
    public static int write(TreePages pages, Slice value) {
        int room = pages.pageSizeBytes() - HEAD_BYTES;
        int first = pages.add(PageLayout.OVERFLOW);
        int page = first;
        for (int from = 0; from < value.length(); from += room) {
            int to = Math.min(value.length(), from + room);
            int next = to < value.length() ? pages.add(PageLayout.OVERFLOW) : page;
            byte[] bytes = pages.read(page);
            PageLayout.putInt(bytes, NEXT, next);
            PageLayout.putInt(bytes, LENGTH, to - from);
            value.subSlice(from, to).copyTo(bytes, HEAD_BYTES);
            pages.finish(page);
            page = next == page ? PageSource.NO_PAGE : next;
        }
        return first;
    }
}
