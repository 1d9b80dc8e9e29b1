package storagelab.grader.hidden.lab04;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.btree.MemoryPages;
import storagelab.btree.OverflowPages;
import storagelab.btree.PageSource;
import storagelab.btree.StoredValue;
import storagelab.btree.TreeEditor;
import storagelab.btree.TreePages;
import storagelab.page.PageLayout;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

/** Exercise 4.11: values in chains of pages. */
@Tag("4.11")
class OverflowPagesHiddenTest {
    private static final int PAGE_BYTES = 1024;
    private static final int ROOM = 996;
    private static final int NEXT = 20;
    private static final int LENGTH = 24;
    private static final int DATA = 28;

    @Test
    @DisplayName("the pages of a value have the bytes that the format says, wherever they are in the file")
    void format() {
        LedgerPages pages = new LedgerPages(PAGE_BYTES, i -> new int[] {70, 12, 45}[i]);
        Slice value = random(2 * ROOM + 10);
        assertEquals(70, OverflowPages.write(pages, value), "the first page of the value, if page 70 is added first");
        int[] order = {70, 12, 45, 0};
        for (int i = 0; i < 3; i++) {
            byte[] page = pages.peek(order[i]);
            String what = "page " + i + " of three";
            int length = i < 2 ? ROOM : 10;
            assertEquals(PageLayout.OVERFLOW, PageLayout.kind(page), "kind of " + what);
            assertEquals(0, PageLayout.getShort(page, 18), "bytes 18 and 19 of " + what);
            assertEquals(order[i + 1], PageLayout.getInt(page, NEXT), "the page after " + what);
            assertEquals(length, PageLayout.getInt(page, LENGTH), "the length in " + what);
            Slice data = Slice.wrap(page, DATA, length);
            assertEquals(value.subSlice(i * ROOM, i * ROOM + length), data, "the bytes of the value in " + what);
            byte[] zeros = new byte[PAGE_BYTES];
            assertTrue(
                    Arrays.equals(zeros, DATA + length, PAGE_BYTES, page, DATA + length, PAGE_BYTES),
                    "behind the bytes of the value, " + what + " is not zero");
        }
    }

    @Test
    @DisplayName("a value takes as many pages as it needs and no more, at the borders of every page size")
    void pageCounts() {
        for (int pageBytes = 1024; pageBytes <= 65_536; pageBytes *= 2) {
            int room = pageBytes - 28;
            for (int whole = 1; whole <= 4; whole++) {
                for (int more = -1; more <= 1; more++) {
                    int length = whole * room + more;
                    int expected = more > 0 ? whole + 1 : whole;
                    String what = "a value of " + length + " bytes in pages of " + pageBytes;
                    Step.at("pageCount, write and read of " + what);
                    assertEquals(expected, OverflowPages.pageCount(length, pageBytes), "pageCount of " + what);
                    LedgerPages pages = new LedgerPages(pageBytes);
                    Slice value = random(length);
                    int first = OverflowPages.write(pages, value);
                    assertEquals(expected, pages.added().size(), "pages of " + what);
                    assertEquals((int) pages.added().get(0), first, "the first page of " + what);
                    pages.assertFinished();
                    Slice read = OverflowPages.read(pages, StoredValue.overflow(length, first));
                    assertEquals(value, read, what + ", read again");
                }
            }
            assertEquals(1, OverflowPages.pageCount(1, pageBytes), "pageCount of one byte in pages of " + pageBytes);
        }
        assertEquals(68_760, OverflowPages.pageCount(64 << 20, 1004), "pageCount of 64 MiB, 976 bytes a page");
    }

    @Test
    @DisplayName("values of random length, of one byte and parts of larger arrays come back as they were")
    void roundTrips() {
        Seeds.check(50, random -> {
            byte[] array = new byte[1 + random.nextInt(9000)];
            random.nextBytes(array);
            int from = random.nextInt(array.length);
            Slice value = Slice.wrap(array, from, 1 + random.nextInt(array.length - from));
            List<Integer> numbers = new ArrayList<>();
            for (int i = 2; i < 20; i++) {
                numbers.add(i);
            }
            Collections.shuffle(numbers, random);
            LedgerPages pages = new LedgerPages(PAGE_BYTES, numbers::get);
            Step.at("write and read of a value of " + value.length() + " bytes");
            int first = OverflowPages.write(pages, value);
            Slice payload = StoredValue.overflow(value.length(), first);
            Slice read = OverflowPages.read(pages, payload);
            assertEquals(value, read, "a value of " + value.length() + " bytes");
            pages.added().forEach(page -> Arrays.fill(pages.peek(page), DATA, PAGE_BYTES, (byte) 0xee));
            assertEquals(value, read, "a value that was read, when the bytes of the pages are others: is it a copy?");
        });
    }

    @Test
    @DisplayName("pages are finished in the order in which they were added, each once, with two unfinished at most")
    void twoPagesAtATime() {
        for (int length : new int[] {1, ROOM, ROOM + 1, 3 * ROOM, 50 * ROOM + 1}) {
            LedgerPages pages = new LedgerPages(PAGE_BYTES);
            Step.at("write of a value of " + length + " bytes");
            OverflowPages.write(pages, random(length));
            String what = " for a value of " + length + " bytes";
            pages.assertFinished();
            assertEquals(pages.added(), pages.finished(), "pages in the order in which they were finished" + what);
            assertTrue(
                    pages.unfinishedMax() <= 2,
                    pages.unfinishedMax() + " pages were unfinished at a time" + what
                            + ": a page is finished when the number of the next one is known");
        }
    }

    @Test
    @DisplayName("a read asks for each page once, with readOnce, and for no page that is not of the value")
    void readsEachPageOnce() {
        LedgerPages pages = new LedgerPages(PAGE_BYTES);
        int first = OverflowPages.write(pages, random(5 * ROOM));
        pages.takeReads();
        pages.takeReadsOnce();
        Step.at("read of a value of five pages");
        OverflowPages.read(pages, StoredValue.overflow(5 * ROOM, first));
        assertEquals(pages.added(), pages.takeReadsOnce(), "pages that were read with readOnce, for a value of five");
        assertEquals(List.of(), pages.takeReads(), "pages that were read with read, which pushes others out of memory");
    }

    @Test
    @DisplayName("free gives back every page of the value once, with its version, and reads none that is free")
    void freed() {
        for (int length : new int[] {1, ROOM, ROOM + 1, 7 * ROOM}) {
            LedgerPages pages = new LedgerPages(PAGE_BYTES, i -> new int[] {33, 7, 91, 12, 8, 54, 20}[i]);
            Step.at("write and free of a value of " + length + " bytes");
            int first = OverflowPages.write(pages, random(length));
            pages.takeReads();
            pages.takeReadsOnce();
            try {
                OverflowPages.free(pages, StoredValue.overflow(length, first));
            } catch (IllegalArgumentException e) {
                throw new AssertionError("free of a value in the pages " + pages.added() + ": " + e.getMessage(), e);
            }
            assertEquals(
                    pages.added(),
                    pages.takeReadsOnce(),
                    "pages that free has read with readOnce, of a value of " + length + " bytes: each once");
            assertEquals(
                    List.of(),
                    pages.takeReads(),
                    "pages that free has read with read, which pushes others out of memory");
            List<Integer> freed = pages.freed().stream().sorted().toList();
            List<Integer> added = pages.added().stream().sorted().toList();
            assertEquals(added, freed, "pages that were freed, of a value of " + length + " bytes");
        }
    }

    @Test
    @DisplayName(
            "a chain that does not add up to the length in the leaf is an IllegalStateException, and comes to an end")
    void damage() {
        assertRefused("the leaf says a byte less", 3 * ROOM - 1, pages -> {});
        assertRefused("the leaf says a byte more", 3 * ROOM + 1, pages -> {});
        assertRefused("the leaf says two pages, and there are three", 2 * ROOM, pages -> {});
        assertRefused("the leaf says one byte, and there are three pages", 1, pages -> {});
        for (int length :
                new int[] {0, -1, Integer.MIN_VALUE, (64 << 20) + 1, Integer.MAX_VALUE - 8, Integer.MAX_VALUE}) {
            assertRefused("the leaf says " + length + " bytes, which no value has", length, pages -> {});
        }
        assertRefused("the chain ends after the first page", 3 * ROOM, pages -> put(pages, 101, NEXT, 0));
        assertRefused("the chain ends after the second page", 3 * ROOM, pages -> put(pages, 102, NEXT, 0));
        assertRefused("the third page leads to the first", 3 * ROOM, pages -> put(pages, 103, NEXT, 101));
        assertRefused("the second page leads to itself", 3 * ROOM, pages -> put(pages, 102, NEXT, 102));
        assertRefused("a page without bytes leads to itself", 3 * ROOM, pages -> {
            put(pages, 102, LENGTH, 0);
            put(pages, 102, NEXT, 102);
        });
        assertRefused("a page without bytes in between", 3 * ROOM, pages -> put(pages, 102, LENGTH, 0));
        assertRefused("a page with more bytes than fit", 3 * ROOM, pages -> put(pages, 102, LENGTH, ROOM + 1));
        assertRefused("a page with two billion bytes", 3 * ROOM, pages -> put(pages, 102, LENGTH, Integer.MAX_VALUE));
        assertRefused("a page with a negative number of bytes", 3 * ROOM, pages -> put(pages, 102, LENGTH, -5));
        assertRefused("a page with the fewest bytes there are", 3 * ROOM, pages -> put(pages, 102, LENGTH, 1 << 31));
        assertRefused("a page with a byte less", 3 * ROOM, pages -> put(pages, 103, LENGTH, ROOM - 1));
        assertRefused("a page without bytes behind the whole value", 3 * ROOM, pages -> {
            put(pages, 103, NEXT, 104);
            byte[] empty = new byte[PAGE_BYTES];
            PageLayout.setKind(empty, PageLayout.OVERFLOW);
            pages.place(104, empty);
        });
    }

    @Test
    @DisplayName("a tree gives the pages of a value back when it is deleted or overwritten, and only those")
    void freedByTheTree() {
        Seeds.check(5, random -> {
            MemoryPages pages = new MemoryPages(PAGE_BYTES);
            TreeEditor editor = new TreeEditor(pages, PageSource.NO_PAGE, 0);
            int[] large = new int[8]; // pages of the value under each key
            for (int i = 0; i < 300; i++) {
                int key = random.nextInt(large.length);
                int length = random.nextInt(4) == 0 ? random.nextInt(100) : 300 + random.nextInt(4 * ROOM);
                boolean delete = random.nextInt(3) == 0;
                Step.at((delete ? "delete" : "put of " + length + " bytes") + " of key" + key + ", change " + i
                        + " of a tree");
                editor.apply(
                        delete
                                ? new WriteBatch.Delete(Slice.utf8("key" + key))
                                : new WriteBatch.Put(Slice.utf8("key" + key), random(length)));
                pages.endChange();
                large[key] = delete || length < 300 ? 0 : OverflowPages.pageCount(length, PAGE_BYTES);
                int leafPages = editor.entries() == 0 ? 0 : 1;
                int most = Arrays.stream(large).sum() + leafPages + 2; // a branch and a second leaf, at most
                assertTrue(
                        pages.pageCount() <= most
                                && pages.pageCount() >= Arrays.stream(large).sum() + leafPages,
                        pages.pageCount() + " pages after " + i + " operations, and the values that are there take "
                                + Arrays.stream(large).sum());
            }
        });
    }

    @Test
    @DisplayName("64 MiB, the longest value: 68,000 pages are written, two at a time, and read")
    void longest() {
        int length = OverflowPages.VALUE_BYTES_MAX;
        LongValuePages pages = new LongValuePages();
        pages.expected = bytes(length);
        Step.at("write and read of a value of 64 MiB, the longest there is");
        assertEquals(2, OverflowPages.write(pages, Slice.wrap(pages.expected)), "the first page");
        assertEquals(OverflowPages.pageCount(length, PAGE_BYTES), pages.finished, "pages that were finished");
        Slice read = OverflowPages.read(pages, StoredValue.overflow(length, 2));
        assertTrue(read.equals(Slice.wrap(pages.expected)), "64 MiB came back as something else");
    }

    private interface Harm {
        void to(LedgerPages pages);
    }

    /** Three full pages, 101 to 103, to which something is done. */
    private static void assertRefused(String what, int lengthInLeaf, Harm harm) {
        LedgerPages pages = new LedgerPages(PAGE_BYTES);
        Slice value = random(3 * ROOM);
        Step.at("write and read of a value of three pages");
        OverflowPages.write(pages, value);
        assertEquals(value, OverflowPages.read(pages, StoredValue.overflow(3 * ROOM, 101)), "before " + what);
        harm.to(pages);
        Step.at("read of a value of three pages, where " + what + ": an IllegalStateException is expected");
        assertThrows(
                IllegalStateException.class,
                () -> OverflowPages.read(pages, StoredValue.overflow(lengthInLeaf, 101)),
                what + ": read should say with an IllegalStateException that the chain does not fit the value");
    }

    private static void put(LedgerPages pages, int page, int offset, int number) {
        PageLayout.putInt(pages.peek(page), offset, number);
    }

    private static Slice random(int length) {
        return Slice.wrap(bytes(length));
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** Pages of a long value that forget what was finished, once it was compared with what it should be. */
    private static final class LongValuePages implements TreePages {
        private byte[] expected = {};
        private final Map<Integer, byte[]> unfinished = new HashMap<>();
        private int lastPage = 1;
        private int finished;

        @Override
        public int pageSizeBytes() {
            return PAGE_BYTES;
        }

        @Override
        public byte[] read(int page) {
            byte[] bytes = unfinished.get(page);
            return bytes != null ? bytes : page(page);
        }

        @Override
        public int edit(int page) {
            throw new AssertionError("edit(" + page + ") was called: overflow pages are never changed");
        }

        @Override
        public int add(int kind) {
            byte[] bytes = new byte[PAGE_BYTES];
            PageLayout.setKind(bytes, kind);
            unfinished.put(++lastPage, bytes);
            assertTrue(unfinished.size() <= 2, "three pages of a value are in memory at a time");
            return lastPage;
        }

        @Override
        public void finish(int page) {
            byte[] bytes = unfinished.remove(page);
            if (bytes == null) {
                throw new AssertionError("page " + page + " was finished twice, or never added");
            }
            assertTrue(
                    Arrays.equals(page(page), bytes),
                    "page " + page + " of a value of 64 MiB is not what it should be");
            finished++;
        }

        @Override
        public void free(int page, long born) {
            throw new AssertionError("free(" + page + ") was called while a value was written");
        }

        /** What a page of the value is, without its number and its version. */
        private byte[] page(int number) {
            int from = (number - 2) * ROOM;
            int to = Math.min(expected.length, from + ROOM);
            byte[] bytes = new byte[PAGE_BYTES];
            PageLayout.setKind(bytes, PageLayout.OVERFLOW);
            PageLayout.putInt(bytes, NEXT, to == expected.length ? 0 : number + 1);
            PageLayout.putInt(bytes, LENGTH, to - from);
            System.arraycopy(expected, from, bytes, DATA, to - from);
            return bytes;
        }
    }
}
