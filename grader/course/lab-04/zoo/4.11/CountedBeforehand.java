// exercise: 4.11
// type: storagelab.btree.OverflowPages
// verdict: accepted
// because: how many pages there are to be is computed first, for writing and for reading
public final class OverflowPages {
    public static int write(TreePages pages, Slice value) {
        int room = pages.pageSizeBytes() - HEAD_BYTES;
        int count = pageCount(value.length(), pages.pageSizeBytes());
        int first = pages.add(PageLayout.OVERFLOW);
        int page = first;
        for (int i = 0; i < count; i++) {
            byte[] bytes = pages.read(page);
            int next = i == count - 1 ? PageSource.NO_PAGE : pages.add(PageLayout.OVERFLOW);
            Slice part = value.subSlice(i * room, i == count - 1 ? value.length() : (i + 1) * room);
            PageLayout.putInt(bytes, LENGTH, part.length());
            PageLayout.putInt(bytes, NEXT, next);
            part.copyTo(bytes, HEAD_BYTES);
            pages.finish(page);
            page = next;
        }
        return first;
    }

    public static Slice read(PageSource pages, Slice payload) {
        int length = StoredValue.length(payload);
        check(length > 0 && length <= VALUE_BYTES_MAX, StoredValue.firstPage(payload), length);
        int room = pages.pageSizeBytes() - HEAD_BYTES;
        int count = pageCount(length, pages.pageSizeBytes());
        byte[] value = new byte[length];
        int page = StoredValue.firstPage(payload);
        for (int i = 0; i < count; i++) {
            check(page != PageSource.NO_PAGE, page, length);
            byte[] bytes = pages.readOnce(page);
            int expected = Math.min(room, length - i * room);
            check(PageLayout.getInt(bytes, LENGTH) == expected, page, length);
            System.arraycopy(bytes, HEAD_BYTES, value, i * room, expected);
            page = PageLayout.getInt(bytes, NEXT);
        }
        check(page == PageSource.NO_PAGE, page, length);
        return Slice.wrap(value);
    }
}
