// exercise: 4.11
// type: storagelab.btree.OverflowPages
// verdict: caught
// because: the pages of a value are read like those of the tree, and push them out of memory
public final class OverflowPages {
    public static Slice read(PageSource pages, Slice payload) {
        byte[] value = new byte[StoredValue.length(payload)];
        int filled = 0;
        for (int page = StoredValue.firstPage(payload); page != PageSource.NO_PAGE; ) {
            byte[] bytes = pages.read(page);
            int length = PageLayout.getInt(bytes, LENGTH);
            check(
                    length > 0 && length <= bytes.length - HEAD_BYTES && length <= value.length - filled,
                    page,
                    value.length);
            System.arraycopy(bytes, HEAD_BYTES, value, filled, length);
            filled += length;
            page = PageLayout.getInt(bytes, NEXT);
        }
        check(filled == value.length, StoredValue.firstPage(payload), value.length);
        return Slice.wrap(value);
    }
}
