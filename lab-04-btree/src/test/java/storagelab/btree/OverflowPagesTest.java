package storagelab.btree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.io.BaseEncoding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.page.PageLayout;

@Tag("4.11")
class OverflowPagesTest {
    private static final int PAGE_BYTES = 1024;
    private static final int ROOM = PAGE_BYTES - OverflowPages.HEAD_BYTES;
    private static final Slice KEY = Slice.utf8("key");

    private final MemoryPages pages = new MemoryPages(PAGE_BYTES);

    @Test
    @DisplayName("the worked example: 10,000 bytes in pages of 4,096 are three pages, and a payload of nine bytes")
    void workedExample() {
        assertThat("pageCount(10000, 4096)", OverflowPages.pageCount(10_000, 4096), is(3));
        assertThat("pageCount(8136, 4096)", OverflowPages.pageCount(8_136, 4096), is(2));
        MemoryPages large = new MemoryPages(4096);
        Slice value = random(10_000);
        int first = OverflowPages.write(large, value);
        assertThat("pages", large.pageCount(), is(3));
        List<Integer> lengths = new ArrayList<>();
        for (int page = first; page != PageSource.NO_PAGE; page = OverflowPages.next(large, page)) {
            assertThat("kind of page " + page, PageLayout.kind(large.read(page)), is(PageLayout.OVERFLOW));
            lengths.add(PageLayout.getInt(large.read(page), 24));
        }
        assertThat("bytes of the value in each page", lengths, is(List.of(4068, 4068, 1864)));
        assertThat("what read gives", OverflowPages.read(large, StoredValue.overflow(10_000, first)), is(value));
        assertThat(
                "the payload for page 9",
                BaseEncoding.base16()
                        .lowerCase()
                        .encode(StoredValue.overflow(10_000, 9).toByteArray()),
                is("01" + "10270000" + "09000000"));
    }

    @Test
    @DisplayName("payload and pages have the bytes of the page of the format")
    void golden() {
        byte[] value = new byte[1001];
        for (int i = 0; i < ROOM; i++) {
            value[i] = (byte) i;
        }
        Slice.utf8("hello").copyTo(value, ROOM);
        int first = OverflowPages.write(pages, Slice.wrap(value));
        assertThat("the first page", first, is(2));
        assertThat(
                "the payload",
                hex(StoredValue.overflow(1001, first).toByteArray(), 9),
                is("01 e9 03 00 00 02 00 00 00"));
        assertThat(
                "page 2",
                hex(sealed(2), 36),
                is("4c 51 f9 0e 02 00 00 00 06 00 00 00 00 00 00 00 "
                        + "03 00 00 00 03 00 00 00 e4 03 00 00 00 01 02 03 "
                        + "04 05 06 07"));
        assertThat(
                "page 3",
                hex(sealed(3), 36),
                is("99 f8 29 52 03 00 00 00 06 00 00 00 00 00 00 00 "
                        + "03 00 00 00 00 00 00 00 05 00 00 00 68 65 6c 6c "
                        + "6f 00 00 00"));
    }

    /** A page as it is in a file, when it was made in version 6. */
    private byte[] sealed(int page) {
        byte[] bytes = pages.read(page);
        PageLayout.setBorn(bytes, 6);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 4, bytes.length - 4);
        PageLayout.putInt(bytes, PageLayout.CRC_OFFSET, (int) crc.getValue());
        return bytes;
    }

    @Test
    @DisplayName("values of every length around the borders of pages come back, in as many pages as they need")
    void borders() {
        for (int length : new int[] {1, 2, ROOM - 1, ROOM, ROOM + 1, 2 * ROOM - 1, 2 * ROOM, 2 * ROOM + 1, 50 * ROOM}) {
            MemoryPages own = new MemoryPages(PAGE_BYTES);
            Slice value = random(length);
            int first = OverflowPages.write(own, value);
            int expected = length / ROOM + (length % ROOM == 0 ? 0 : 1);
            assertEquals(expected, own.pageCount(), "pages of a value of " + length + " bytes");
            assertEquals(expected, OverflowPages.pageCount(length, PAGE_BYTES), "pageCount(" + length + ", 1024)");
            assertEquals(value, OverflowPages.read(own, StoredValue.overflow(length, first)), length + " bytes, read");
            OverflowPages.free(own, StoredValue.overflow(length, first));
            assertEquals(0, own.pageCount(), "pages left when a value of " + length + " bytes was freed");
        }
    }

    @Test
    @DisplayName("a value of 64 MiB, the longest, is written and read")
    void longest() {
        MemoryPages large = new MemoryPages(PageLayout.MAX_PAGE_BYTES);
        Slice value = random(OverflowPages.VALUE_BYTES_MAX);
        int first = OverflowPages.write(large, value);
        assertEquals(1025, large.pageCount(), "pages of 64 KiB");
        Slice read = OverflowPages.read(large, StoredValue.overflow(value.length(), first));
        assertTrue(read.equals(value), "64 MiB came back as something else");
    }

    @Test
    @DisplayName("no more than two pages are unfinished at a time, and all are finished in the end, in order")
    void twoPagesAtATime() {
        FinishedPages watched = new FinishedPages();
        OverflowPages.write(watched, random(20 * ROOM));
        assertThat("pages that were added and not finished, at most", watched.unfinishedMax, is(2));
        assertThat("pages finished", watched.finished.size(), is(20));
        List<Integer> sorted = new ArrayList<>(watched.finished);
        sorted.sort(null);
        assertThat("the order in which they were finished", watched.finished, is(sorted));
    }

    @Test
    @DisplayName("a tree frees the pages of a value that is deleted or overwritten, whatever it is overwritten with")
    void freedByTheTree() {
        TreeEditor editor = new TreeEditor(pages, PageSource.NO_PAGE, 0);
        editor.apply(new WriteBatch.Put(Slice.utf8("a"), Slice.utf8("1")));
        int without = pages.pageCount();
        editor.apply(new WriteBatch.Put(KEY, random(10 * ROOM)));
        assertEquals(without + 10, pages.pageCount(), "pages with a value of ten pages");
        editor.apply(new WriteBatch.Put(KEY, random(3 * ROOM)));
        assertEquals(without + 3, pages.pageCount(), "pages when it was overwritten by one of three");
        editor.apply(new WriteBatch.Put(KEY, Slice.utf8("short")));
        assertEquals(without, pages.pageCount(), "pages when it was overwritten by one in the leaf");
        editor.apply(new WriteBatch.Put(KEY, random(4 * ROOM)));
        editor.apply(new WriteBatch.Delete(KEY));
        assertEquals(without, pages.pageCount(), "pages when one of four pages was deleted");
    }

    @Test
    @DisplayName("a chain that does not add up to the length in the leaf is an error, not another value")
    void damage() {
        int first = OverflowPages.write(pages, random(3 * ROOM));
        int second = OverflowPages.next(pages, first);
        assertRefused(3 * ROOM - 1, first, "one byte more in the pages than the leaf says");
        assertRefused(3 * ROOM + 1, first, "one byte less in the pages than the leaf says");
        assertRefused(2 * ROOM, first, "a page more than the leaf says");
        PageLayout.putInt(pages.read(second), 20, PageSource.NO_PAGE);
        assertRefused(3 * ROOM, first, "a chain that ends after two of three pages");
        PageLayout.putInt(pages.read(second), 20, first);
        assertRefused(3 * ROOM, first, "a chain that leads back to its first page");
        PageLayout.putInt(pages.read(second), 24, 0);
        PageLayout.putInt(pages.read(second), 20, second);
        assertRefused(3 * ROOM, first, "a page without bytes that leads to itself");
        PageLayout.putInt(pages.read(second), 24, PAGE_BYTES);
        assertRefused(3 * ROOM, first, "a page that says it has more bytes than fit");
    }

    private void assertRefused(int length, int first, String what) {
        IllegalStateException refusal = assertThrows(
                IllegalStateException.class,
                () -> OverflowPages.read(pages, StoredValue.overflow(length, first)),
                what);
        assertTrue(refusal.getMessage() != null, what + ": an exception without a message");
    }

    private static Slice random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return Slice.wrap(bytes);
    }

    private static String hex(byte[] bytes, int length) {
        return BaseEncoding.base16().lowerCase().withSeparator(" ", 2).encode(bytes, 0, length);
    }

    /** Pages of which it is known when they were finished. */
    private static final class FinishedPages implements TreePages {
        private final MemoryPages pages = new MemoryPages(PAGE_BYTES);
        private final Set<Integer> unfinished = new HashSet<>();
        private final List<Integer> finished = new ArrayList<>();
        private int unfinishedMax;

        @Override
        public int pageSizeBytes() {
            return PAGE_BYTES;
        }

        @Override
        public byte[] read(int page) {
            return pages.read(page);
        }

        @Override
        public int edit(int page) {
            throw new AssertionError("edit(" + page + "): overflow pages are never changed");
        }

        @Override
        public int add(int kind) {
            int page = pages.add(kind);
            unfinished.add(page);
            unfinishedMax = Math.max(unfinishedMax, unfinished.size());
            return page;
        }

        @Override
        public void finish(int page) {
            assertTrue(unfinished.remove(page), "page " + page + " was finished twice, or never added");
            finished.add(page);
        }

        @Override
        public void free(int page, long born) {
            throw new AssertionError("free(" + page + ") of a page that is being written");
        }
    }
}
