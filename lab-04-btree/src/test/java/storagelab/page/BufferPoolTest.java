package storagelab.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.StoreMatchers.findsDamageIn;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.StorageIoException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.DiskCounters;
import storagelab.disk.Hold;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;

@Tag("4.5")
class BufferPoolTest {
    private static final int SIZE = 1024;
    private static final int PAGES = 30;
    private static final int VALUE = 100;

    private final CrashDisk disk = CrashDisk.create();
    private final Path path = disk.root().resolve("tree.pages");
    private final StatsRecorder stats = new StatsRecorder();
    private final PageFile file = PageFile.create(path, SIZE, stats);

    BufferPoolTest() {
        for (int page = 2; page < PAGES; page++) {
            file.write(page, page(page, 0));
        }
    }

    @Test
    @DisplayName("the worked example: two pages, one that goes, one that is pinned, one that is new")
    void workedExample() {
        BufferPool pool = pool(2);
        assertReads(pool, 1, 5);
        assertReads(pool, 1, 6);
        assertReads(pool, 0, 5);
        assertReads(pool, 1, 7); // 6 went
        assertReads(pool, 0, 5);
        Frame pinned = pool.pin(5);
        assertReads(pool, 1, 8); // 7 went
        assertReads(pool, 1, 9); // 8 went, as 5 may not
        assertReads(pool, 0, 5);
        long written = stats.get(FileMetrics.BYTES_WRITTEN);
        pool.add(40, page(40, 4));
        assertThat("bytes written by add(40, …)", stats.get(FileMetrics.BYTES_WRITTEN) - written, is(0L));
        assertThat("dirtyPages()", pool.dirtyPages(), is(1));
        assertReads(pool, 0, 40);
        assertReads(pool, 1, 9); // 40 went, and was written
        assertThat("bytes written when page 40 had to go", stats.get(FileMetrics.BYTES_WRITTEN) - written, is((long)
                SIZE));
        assertThat("dirtyPages()", pool.dirtyPages(), is(0));
        assertReads(pool, 1, 40);
        assertThat("what is in page 40", value(pool.read(40)), is(4L));
        pool.unpin(pinned);
        assertThat("pinnedPages()", pool.pinnedPages(), is(0));
    }

    @Test
    @DisplayName("a pool of 8 pages keeps 8 pages, whatever is read from it")
    void budget() {
        BufferPool pool = pool(8);
        for (int page = 2; page < PAGES; page++) {
            assertThat(
                    "what is in page " + page, PageLayout.number(pool.read(page).bytes()), is(page));
            assertThat("residentPages()", pool.residentPages(), is(Math.min(8, page - 1)));
        }
        assertReads(pool, 0, 22, 23, 24, 25, 26, 27, 28, 29);
        assertReads(pool, 8, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat("capacityPages()", pool.capacityPages(), is(8));
    }

    @Test
    @DisplayName("pins count: a page stays until the last of them is taken back")
    void pinsCount() {
        BufferPool pool = pool(2);
        Frame first = pool.pin(5);
        Frame second = pool.pin(5);
        assertThat("the frame of a second pin", second, sameInstance(first));
        pool.unpin(second);
        pool.read(6);
        pool.read(7);
        assertReads(pool, 0, 5);
        pool.unpin(first);
        pool.read(8);
        pool.read(9);
        assertReads(pool, 1, 5);
        assertThrows(IllegalStateException.class, () -> pool.unpin(first), "unpin of a page that is not pinned");
    }

    @Test
    @DisplayName("when all pages are pinned a read still answers, and a pin or add says why it cannot")
    void allPinned() {
        BufferPool pool = pool(2);
        Frame five = pool.pin(5);
        pool.pin(6);
        assertThat(
                "what is in page 7, read while all are pinned",
                PageLayout.number(pool.read(7).bytes()),
                is(7));
        assertReads(pool, 2, 7, 7);
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> pool.pin(7), "pin(7)");
        assertThat("what it says", e.getMessage(), containsString("all 2 pages of the pool are pinned"));
        assertThrows(IllegalStateException.class, () -> pool.add(7, page(7, 1)), "add(7, …)");
        assertThrows(IllegalStateException.class, () -> pool.discard(5), "discard of a pinned page");
        assertThat("residentPages()", pool.residentPages(), is(2));
        pool.unpin(five);
        assertThat("the page that is pinned when there is room", pool.pin(7).page(), is(7));
    }

    @Test
    @DisplayName("a frame that has left the pool stays as it was")
    void framesAreNotReused() {
        BufferPool pool = pool(2);
        Frame frame = pool.read(5);
        byte[] bytes = frame.bytes().clone();
        for (int page = 6; page < PAGES; page++) {
            pool.read(page);
        }
        assertThat("the bytes of page 5 after it went", frame.bytes(), is(bytes));
        assertThat("the frame of page 5 when it is read again", pool.read(5), not(sameInstance(frame)));
    }

    @Test
    @DisplayName("a changed page is written before it goes, and only a pinned page can be marked as changed")
    void changedPages() {
        BufferPool pool = pool(2);
        Frame frame = pool.pin(5);
        pool.markDirty(frame);
        PageLayout.putLong(frame.bytes(), VALUE, 55);
        pool.unpin(frame);
        assertThrows(IllegalStateException.class, () -> pool.markDirty(frame), "markDirty of a page without pins");
        assertThat("isDirty()", frame.isDirty(), is(true));
        pool.read(6);
        pool.read(7);
        assertThat("dirtyPages() after the changed page went", pool.dirtyPages(), is(0));
        assertThat("page 5 in the file", PageLayout.getLong(file.read(5), VALUE), is(55L));
        assertThat("page 5 read again", value(pool.read(5)), is(55L));
    }

    @Test
    @DisplayName("added pages replace what is there, dirty or not, and discarded ones are not written")
    void addAndDiscard() {
        BufferPool pool = pool(2);
        pool.read(5);
        pool.add(5, page(5, 1));
        pool.add(5, page(5, 2));
        assertThat("page 5 after two adds", value(pool.read(5)), is(2L));
        assertThat("residentPages()", pool.residentPages(), is(1));
        assertThat("dirtyPages()", pool.dirtyPages(), is(1));
        long written = stats.get(FileMetrics.BYTES_WRITTEN);
        pool.discard(5);
        pool.discard(5);
        pool.discard(20);
        pool.read(6);
        pool.read(7);
        assertThat(
                "bytes written for a page that was discarded", stats.get(FileMetrics.BYTES_WRITTEN) - written, is(0L));
        assertThat("page 5, read after it was discarded", value(pool.read(5)), is(0L));
        assertThrows(IllegalArgumentException.class, () -> pool.add(1, page(1, 1)), "add of a meta page");
        assertThrows(IllegalArgumentException.class, () -> pool.add(5, new byte[10]), "add of 10 bytes");
    }

    @Test
    @DisplayName("writeBack writes what is dirty and was born before, neighbours with one call, and it stays, clean")
    void writesBack() {
        BufferPool pool = pool(10);
        for (int page : new int[] {12, 20, 10, 11, 21}) {
            pool.add(page, page(page, 1));
        }
        byte[] young = page(13, 1);
        PageLayout.setBorn(young, 8);
        pool.add(13, young);
        Frame pinned = pool.pin(11);
        DiskCounters before = disk.counters();
        pool.writeBack(7);
        assertThat(
                "writes for pages 10, 11, 12, 20 and 21",
                disk.counters().since(before).writes(),
                is(2L));
        assertThat("dirtyPages(), when page 13 is too young", pool.dirtyPages(), is(1));
        for (int page : new int[] {10, 11, 12, 20, 21}) {
            assertThat("page " + page + " in the file", PageLayout.getLong(file.read(page), VALUE), is(1L));
        }
        assertReads(pool, 0, 10, 11, 12, 20, 21, 13);
        pool.unpin(pinned);
        pool.writeBack(8);
        assertThat("dirtyPages() after writeBack(8)", pool.dirtyPages(), is(0));
        before = disk.counters();
        pool.writeBack(8);
        assertThat("writes when nothing is dirty", disk.counters().since(before).writes(), is(0L));
    }

    @Test
    @DisplayName("a damaged page is an error each time it is asked for, and takes no place")
    void damagedPage() throws IOException {
        BufferPool pool = pool(2);
        pool.read(5);
        disk.faults().flipBit(path, 7 * SIZE + 500, 1);
        assertThat("read(7), which is damaged", () -> pool.read(7), findsDamageIn("tree.pages", 7 * SIZE, 7 * SIZE));
        assertThat("pin(7), which is damaged", () -> pool.pin(7), findsDamageIn("tree.pages", 7 * SIZE, 7 * SIZE));
        assertThat("residentPages()", pool.residentPages(), is(1));
        disk.faults().flipBit(path, 7 * SIZE + 500, 1);
        assertThat("page 7 when it is whole again", value(pool.read(7)), is(0L));
    }

    @Test
    @DisplayName("on a full disk dirty pages stay, clean ones go instead, and reads go on")
    void fullDisk() {
        BufferPool pool = pool(3);
        pool.add(5, page(5, 1));
        pool.add(6, page(6, 1));
        pool.read(7);
        disk.faults().failFrom(DiskCall.WRITE, 1);
        assertReads(pool, 1, 8); // 5 and 6 should have gone before 7
        pool.add(8, page(8, 1));
        assertThat(
                "page 9, read when all pages are dirty",
                PageLayout.number(pool.read(9).bytes()),
                is(9));
        assertThrows(StorageIoException.class, () -> pool.pin(9), "pin(9) when no page can go");
        assertThrows(StorageIoException.class, () -> pool.add(9, page(9, 1)), "add(9, …) when no page can go");
        assertThrows(StorageIoException.class, () -> pool.writeBack(100), "writeBack");
        assertThat("dirtyPages()", pool.dirtyPages(), is(3));
        disk.faults().clear();
        pool.pin(9);
        pool.writeBack(100);
        for (int page : new int[] {5, 6, 8}) {
            assertThat("page " + page + " in the end", value(pool.read(page)), is(1L));
        }
    }

    @Test
    @DisplayName("threads that want the same page read it once, and one that wants another is not held up")
    void onePageOneRead() throws InterruptedException {
        BufferPool pool = pool(4);
        pool.read(6);
        long reads = stats.get(FileMetrics.BLOCKS_READ);
        List<Frame> frames = new CopyOnWriteArrayList<>();
        try (Crew crew = new Crew();
                Hold hold = disk.faults().hold(DiskCall.READ, "tree.pages")) {
            Thread first = crew.start("first", () -> frames.add(pool.read(5)));
            Eventually.waits(first);
            Thread second = crew.start("second", () -> frames.add(pool.read(5)));
            Eventually.waits(second);
            assertThat("page 6, read while 5 is on its way", value(pool.read(6)), is(0L));
            hold.close();
            crew.join();
        }
        assertThat("pages read for two threads that wanted page 5", stats.get(FileMetrics.BLOCKS_READ) - reads, is(1L));
        assertThat("the frame of the second thread", frames.get(1), sameInstance(frames.get(0)));
    }

    @Test
    @DisplayName("an added page does not wait for a read of its number, and what comes late does not overwrite it")
    void lateLoad() throws InterruptedException {
        BufferPool pool = pool(4);
        List<Long> seen = new CopyOnWriteArrayList<>();
        try (Crew crew = new Crew();
                Hold hold = disk.faults().hold(DiskCall.READ, "tree.pages")) {
            Thread reader = crew.start("reader", () -> seen.add(value(pool.read(5))));
            Eventually.waits(reader);
            pool.add(5, page(5, 1));
            assertThat("page 5 after it was added", value(pool.read(5)), is(1L));
            hold.close();
            crew.join();
        }
        assertThat("page 5 after the late read", value(pool.read(5)), is(1L));
        assertThat("what the late reader saw", seen, is(List.of(1L)));
        assertThat("residentPages()", pool.residentPages(), is(1));
    }

    private BufferPool pool(int capacity) {
        return new BufferPool(file, capacity, new LeastRecent());
    }

    private void assertReads(BufferPool pool, long expected, int... pages) {
        long before = stats.get(FileMetrics.BLOCKS_READ);
        for (int page : pages) {
            pool.read(page);
        }
        assertThat(
                "pages read from the file for read of " + Arrays.toString(pages),
                stats.get(FileMetrics.BLOCKS_READ) - before,
                is(expected));
    }

    private static long value(Frame frame) {
        return PageLayout.getLong(frame.bytes(), VALUE);
    }

    private static byte[] page(int number, long value) {
        byte[] page = PageLayout.newPage(SIZE, PageLayout.LEAF, 7);
        PageLayout.putInt(page, PageLayout.NUMBER_OFFSET, number);
        PageLayout.putLong(page, VALUE, value);
        return page;
    }
}
