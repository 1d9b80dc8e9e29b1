package storagelab.btree;

import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;
import storagelab.page.PageLayout;

/**
 * Values that are too large for a leaf: in a chain of pages of their own.
 *
 * <p>If cells could be as large as a page, a leaf could have one entry, and the tree a page for each. So a value whose
 * cell would take more than a quarter of a page's capacity lies in overflow pages, and the leaf has only a reference of
 * {@value StoredValue#OVERFLOW_BYTES} bytes, with the length of the value and its first page ({@link StoredValue}).
 *
 * <table>
 *   <caption>An overflow page, after the 18 bytes that every page begins with ({@link PageLayout}); integers are
 *   little-endian</caption>
 *   <tr><th>offset</th><th>size</th><th>field</th></tr>
 *   <tr><td>18</td><td>2</td><td>zero</td></tr>
 *   <tr><td>20</td><td>4</td><td>the next page of the value; 0 in the last</td></tr>
 *   <tr><td>24</td><td>4</td><td>n: number of bytes of the value in this page</td></tr>
 *   <tr><td>28</td><td>n</td><td>the bytes; all but the last page are full, and the rest of that is zero</td></tr>
 * </table>
 *
 * <p>Example: a value of 10,000 bytes in pages of 4,096: 4,068 in the first, 4,068 in the second, 1,864 in the third.
 * The payload in the leaf is {@code 01 10 27 00 00 09 00 00 00} if the first page is 9 (10,000 is 0x2710). A value of
 * 8,136 bytes fills two pages, and there is no third. A whole page with its bytes is in {@code
 * notes/formats/overflow-page.md}.
 *
 * <p>Overflow pages are never changed: another value under the same key is another chain, and the old one is freed. Who
 * still has the old root can read the old value.
 */
@Exercise(
        id = "4.11",
        title = "Values that are larger than a page",
        points = 6,
        difficulty = Difficulty.MEDIUM,
        hours = 3,
        needs = {"4.6", "4.7", "4.8", "4.9"})
public final class OverflowPages {
    /** Where the data of a page begin. */
    public static final int HEAD_BYTES = 28;

    /** The longest value: 64 MiB. */
    public static final int VALUE_BYTES_MAX = 64 << 20;

    private static final int NEXT = 20;
    private static final int LENGTH = 24;

    @Given
    private OverflowPages() {}

    /** Number of pages that a value takes: 3 for 10,000 bytes in pages of 4,096, 2 for 8,136. */
    public static int pageCount(int valueLength, int pageSizeBytes) {
        int room = pageSizeBytes - HEAD_BYTES;
        return (valueLength + room - 1) / room;
    }

    /**
     * Writes a value. Its pages are {@linkplain TreePages#add added} in the order of its bytes, so that they lie side
     * by side in a file that has room for it. A page needs the number of the next one, so that one is added before it
     * is {@linkplain TreePages#finish finished}; but no more than that: two unfinished pages are in memory at a time,
     * however long the value is. Pages are finished in the order in which they were added, each once.
     *
     * @param value of one byte at least: an empty one always fits into the leaf
     * @return the first page
     */
    public static int write(TreePages pages, Slice value) {
        int room = pages.pageSizeBytes() - HEAD_BYTES;
        int first = pages.add(PageLayout.OVERFLOW);
        int page = first;
        for (int from = 0; from < value.length(); from += room) {
            int to = Math.min(value.length(), from + room);
            int next = to < value.length() ? pages.add(PageLayout.OVERFLOW) : PageSource.NO_PAGE;
            byte[] bytes = pages.read(page);
            PageLayout.putInt(bytes, NEXT, next);
            PageLayout.putInt(bytes, LENGTH, to - from);
            value.subSlice(from, to).copyTo(bytes, HEAD_BYTES);
            pages.finish(page);
            page = next;
        }
        return first;
    }

    /**
     * Reads a value, each page {@linkplain PageSource#readOnce once}.
     *
     * <p>A reader beside the writer may come to pages that meanwhile are something else ({@link TreeReader}); it finds
     * out afterwards. So this comes to an end whatever it reads, and believes no length that does not fit.
     *
     * @param payload what the leaf has under the key
     * @return a fresh copy
     * @throws IllegalStateException if the length in {@code payload} is not from 1 to {@link #VALUE_BYTES_MAX}, and then no
     *     memory is taken for it; or if the pages do not add up to that length: one that says it has
     *     no bytes, or more than fit into a page, or more than are still missing; or a chain that ends too early or
     *     goes on when the value is whole
     */
    public static Slice read(PageSource pages, Slice payload) {
        int valueLength = StoredValue.length(payload);
        check(valueLength > 0 && valueLength <= VALUE_BYTES_MAX, StoredValue.firstPage(payload), valueLength);
        byte[] value = new byte[valueLength];
        int filled = 0;
        for (int page = StoredValue.firstPage(payload); page != PageSource.NO_PAGE; ) {
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
        check(filled == value.length, StoredValue.firstPage(payload), value.length);
        return Slice.wrap(value);
    }

    /**
     * {@linkplain TreePages#free Frees} every page of the value that {@code payload} refers to. Where the chain goes on
     * is in the page itself, so each is read {@linkplain PageSource#readOnce once}, and before it is freed.
     */
    public static void free(TreePages pages, Slice payload) {
        for (int page = StoredValue.firstPage(payload); page != PageSource.NO_PAGE; ) {
            byte[] bytes = pages.readOnce(page);
            pages.free(page, PageLayout.born(bytes));
            page = PageLayout.getInt(bytes, NEXT);
        }
    }

    /** The page after {@code page} in its chain; {@link PageSource#NO_PAGE} after the last. */
    @Given
    public static int next(PageSource pages, int page) {
        return PageLayout.getInt(pages.readOnce(page), 20);
    }

    private static void check(boolean holds, int page, int length) {
        if (!holds) {
            throw new IllegalStateException("overflow page " + page + " does not fit a value of " + length + " bytes");
        }
    }
}
