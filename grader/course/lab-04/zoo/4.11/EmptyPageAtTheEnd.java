// exercise: 4.11
// type: storagelab.btree.OverflowPages
// verdict: caught
// because: a value that fills its last page to the end gets one page more, with no bytes in it
public final class OverflowPages {
    public static int write(TreePages pages, Slice value) {
        int room = pages.pageSizeBytes() - HEAD_BYTES;
        int first = pages.add(PageLayout.OVERFLOW);
        int page = first;
        for (int from = 0; from <= value.length(); from += room) {
            int to = Math.min(value.length(), from + room);
            int next = from + room <= value.length() ? pages.add(PageLayout.OVERFLOW) : PageSource.NO_PAGE;
            byte[] bytes = pages.read(page);
            PageLayout.putInt(bytes, NEXT, next);
            PageLayout.putInt(bytes, LENGTH, to - from);
            value.subSlice(from, to).copyTo(bytes, HEAD_BYTES);
            pages.finish(page);
            page = next;
        }
        return first;
    }

    public static int pageCount(int valueLength, int pageSizeBytes) {
        return valueLength / (pageSizeBytes - HEAD_BYTES) + 1;
    }
}
