// exercise: 4.11
// type: storagelab.btree.OverflowPages
// verdict: caught
// because: that a chain goes on behind the last byte of its value is not looked at
public final class OverflowPages {
    public static Slice read(PageSource pages, Slice payload) {
        byte[] value = new byte[StoredValue.length(payload)];
        int page = StoredValue.firstPage(payload);
        for (int filled = 0; filled < value.length; ) {
            check(page != PageSource.NO_PAGE, page, value.length);
            byte[] bytes = pages.readOnce(page);
            int length = PageLayout.getInt(bytes, LENGTH);
            check(
                    length > 0 && length <= bytes.length - HEAD_BYTES && length <= value.length - filled,
                    page,
                    value.length);
            System.arraycopy(bytes, HEAD_BYTES, value, filled, length);
            filled += length;
            page = PageLayout.getInt(bytes, NEXT);
        }
        return Slice.wrap(value);
    }
}
