package storagelab.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where things are in a page of a page file: sizes, kinds, the head that all pages but the two meta pages begin with,
 * and integers in byte arrays. Integers are little-endian.
 *
 * <p>Format: {@code notes/formats/page-file.md}.
 *
 * <table>
 * <caption>The head of a page</caption>
 * <tr><th>offset</th><th>size</th><th>field</th></tr>
 * <tr><td>0</td><td>4</td><td>CRC-32C of the bytes from 4 to the end of the page</td></tr>
 * <tr><td>4</td><td>4</td><td>number of the page: one that was written to another's place is found out</td></tr>
 * <tr><td>8</td><td>8</td><td>born: the version in which the page was made</td></tr>
 * <tr><td>16</td><td>1</td><td>kind: 1 leaf, 2 branch, 3 overflow, 4 free list</td></tr>
 * <tr><td>17</td><td>1</td><td>zero</td></tr>
 * <tr><td>18</td><td></td><td>what the kind says</td></tr>
 * </table>
 */
public final class PageLayout {
    /** No page, where a page number is expected: page 0 is a meta page, and nothing refers to it. */
    public static final int NO_PAGE = 0;

    /** Pages 0 and 1 are the meta pages. */
    public static final int META_PAGES = 2;

    /** The smallest page. */
    public static final int MIN_PAGE_BYTES = 1 << 10;

    /** The largest page. */
    public static final int MAX_PAGE_BYTES = 64 << 10;

    /** The page that is taken if nobody says otherwise. */
    public static final int DEFAULT_PAGE_BYTES = 4 << 10;

    /** Where the checksum is. It covers what comes after it, to the end of the page. */
    public static final int CRC_OFFSET = 0;

    /** Where the number of the page is. */
    public static final int NUMBER_OFFSET = 4;

    /** Where the version is in which the page was made. */
    public static final int BORN_OFFSET = 8;

    /** Where the kind is. */
    public static final int KIND_OFFSET = 16;

    /** Size of the head, zero byte included. */
    public static final int HEAD_BYTES = 18;

    /** Kind of a page with keys and values. */
    public static final int LEAF = 1;

    /** Kind of a page with keys and the pages below it. */
    public static final int BRANCH = 2;

    /** Kind of a page with a part of a large value. */
    public static final int OVERFLOW = 3;

    /** Kind of a page with numbers of free pages. */
    public static final int FREE_LIST = 4;

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private PageLayout() {}

    /** Whether pages may have this size: a power of two from 1 KiB to 64 KiB. */
    public static boolean isPageSize(int bytes) {
        return bytes >= MIN_PAGE_BYTES && bytes <= MAX_PAGE_BYTES && Integer.bitCount(bytes) == 1;
    }

    /**
     * {@code bytes}, if pages may have this size.
     *
     * @throws IllegalArgumentException if they may not
     */
    public static int checkedPageSize(int bytes) {
        if (!isPageSize(bytes)) {
            throw new IllegalArgumentException("a page size must be a power of two from " + MIN_PAGE_BYTES + " to "
                    + MAX_PAGE_BYTES + " bytes, and is " + bytes);
        }
        return bytes;
    }

    /** A page of zeros but for kind and born. Number and checksum are set when it is written to a file. */
    public static byte[] newPage(int pageSizeBytes, int kind, long born) {
        byte[] page = new byte[pageSizeBytes];
        page[KIND_OFFSET] = (byte) kind;
        putLong(page, BORN_OFFSET, born);
        return page;
    }

    /** The checksum that stands in a page. */
    public static int crc(byte[] page) {
        return getInt(page, CRC_OFFSET);
    }

    /** The number that stands in a page. */
    public static int number(byte[] page) {
        return getInt(page, NUMBER_OFFSET);
    }

    /** The version in which a page was made. */
    public static long born(byte[] page) {
        return getLong(page, BORN_OFFSET);
    }

    /** The kind of a page. */
    public static int kind(byte[] page) {
        return page[KIND_OFFSET];
    }

    /** Says what a page is. */
    public static void setKind(byte[] page, int kind) {
        page[KIND_OFFSET] = (byte) kind;
    }

    /** Says in which version a page was made. */
    public static void setBorn(byte[] page, long born) {
        putLong(page, BORN_OFFSET, born);
    }

    /** Two bytes as a number from 0 to 65,535. */
    public static int getShort(byte[] bytes, int offset) {
        return (short) SHORTS.get(bytes, offset) & 0xffff;
    }

    /** Stores the low two bytes of a number. */
    public static void putShort(byte[] bytes, int offset, int value) {
        SHORTS.set(bytes, offset, (short) value);
    }

    /** Four bytes as a number. */
    public static int getInt(byte[] bytes, int offset) {
        return (int) INTS.get(bytes, offset);
    }

    /** Stores a number in four bytes. */
    public static void putInt(byte[] bytes, int offset, int value) {
        INTS.set(bytes, offset, value);
    }

    /** Eight bytes as a number. */
    public static long getLong(byte[] bytes, int offset) {
        return (long) LONGS.get(bytes, offset);
    }

    /** Stores a number in eight bytes. */
    public static void putLong(byte[] bytes, int offset, long value) {
        LONGS.set(bytes, offset, value);
    }
}
