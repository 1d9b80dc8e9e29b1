package storagelab.btree;

import storagelab.api.Slice;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/**
 * How a value stands in the cell of a leaf: as the payload of its key. A payload begins with a byte that says what
 * follows.
 *
 * <table>
 *   <caption>Payloads, integers little-endian</caption>
 *   <tr><th>first byte</th><th>then</th></tr>
 *   <tr><td>0</td><td>the value itself</td></tr>
 *   <tr><td>1</td><td>4 bytes: length of the value; 4 bytes: the first of its overflow pages ({@link
 *     OverflowPages})</td></tr>
 * </table>
 */
public final class StoredValue {
    /** Bytes of a payload that refers to overflow pages. */
    public static final int OVERFLOW_BYTES = 9;

    private static final byte INLINE = 0;
    private static final byte OVERFLOW = 1;
    private static final int LENGTH = 1;
    private static final int FIRST_PAGE = 5;

    private StoredValue() {}

    /**
     * Whether a value stands in the leaf: if its cell takes at most a quarter of a page's capacity, so that at least
     * four cells fit into every page. In pages of 4 KiB a cell may have 1,015 bytes, slot included.
     */
    public static boolean fitsLeaf(int keyLength, int valueLength, int pageSizeBytes) {
        return SlottedPage.cellBytes(keyLength, 1 + valueLength) <= SlottedPage.capacityBytes(pageSizeBytes) / 4;
    }

    /**
     * Length of the longest key: with it, a reference to overflow pages still takes at most a quarter of a page's
     * capacity.
     */
    public static int keyBytesMax(int pageSizeBytes) {
        int lengths = SlottedPage.cellBytes(1 << 14, OVERFLOW_BYTES) - (1 << 14);
        return SlottedPage.capacityBytes(pageSizeBytes) / 4 - lengths;
    }

    /**
     * Checks that a tree can take an entry.
     *
     * @throws IllegalArgumentException if the key is longer than {@link #keyBytesMax} or the value than {@link
     *     OverflowPages#VALUE_BYTES_MAX}
     */
    public static void checkLengths(int keyLength, int valueLength, int pageSizeBytes) {
        int keyBytesMax = keyBytesMax(pageSizeBytes);
        if (keyLength > keyBytesMax) {
            throw new IllegalArgumentException("a key of " + keyLength + " bytes: with pages of " + pageSizeBytes
                    + " bytes, keys have at most " + keyBytesMax);
        }
        if (valueLength > OverflowPages.VALUE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a value of " + valueLength + " bytes: values have at most " + OverflowPages.VALUE_BYTES_MAX);
        }
    }

    /**
     * The payload for {@code value}, which is written to overflow pages if it does not fit into a leaf.
     *
     * @throws IllegalArgumentException if key or value are too long ({@link #checkLengths})
     */
    public static Slice store(TreePages pages, Slice key, Slice value) {
        checkLengths(key.length(), value.length(), pages.pageSizeBytes());
        return fitsLeaf(key.length(), value.length(), pages.pageSizeBytes())
                ? inline(value)
                : overflow(value.length(), OverflowPages.write(pages, value));
    }

    /** The payload that is the value itself. */
    public static Slice inline(Slice value) {
        byte[] payload = new byte[1 + value.length()];
        payload[0] = INLINE;
        value.copyTo(payload, 1);
        return Slice.wrap(payload);
    }

    /** The payload that refers to overflow pages. */
    public static Slice overflow(int length, int firstPage) {
        byte[] payload = new byte[OVERFLOW_BYTES];
        payload[0] = OVERFLOW;
        PageLayout.putInt(payload, LENGTH, length);
        PageLayout.putInt(payload, FIRST_PAGE, firstPage);
        return Slice.wrap(payload);
    }

    /** Whether the value lies outside of the leaf. */
    public static boolean isOverflow(Slice payload) {
        return payload.byteAt(0) == OVERFLOW;
    }

    /** The value of a payload that is not an overflow one, not copied. */
    public static Slice value(Slice payload) {
        return payload.subSlice(1, payload.length());
    }

    /** The value of a payload, wherever it is. Not copied if it is in the leaf. */
    public static Slice load(PageSource pages, Slice payload) {
        return isOverflow(payload) ? OverflowPages.read(pages, payload) : value(payload);
    }

    /** Length of a value that lies outside. */
    public static int length(Slice payload) {
        return PageLayout.getInt(payload.toByteArray(), LENGTH);
    }

    /** First overflow page of a value that lies outside. */
    public static int firstPage(Slice payload) {
        return PageLayout.getInt(payload.toByteArray(), FIRST_PAGE);
    }
}
