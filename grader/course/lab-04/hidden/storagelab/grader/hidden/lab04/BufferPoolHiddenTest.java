package storagelab.grader.hidden.lab04;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.grader.hidden.lab04.PoolBench.NAME;
import static storagelab.grader.hidden.lab04.PoolBench.PAGES;
import static storagelab.grader.hidden.lab04.PoolBench.SIZE;
import static storagelab.grader.hidden.lab04.PoolBench.page;
import static storagelab.grader.hidden.lab04.PoolBench.value;
import static storagelab.testkit.ByteMatchers.sameBytesAs;
import static storagelab.testkit.StoreMatchers.findsDamageIn;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.cache.EvictionPolicy;
import storagelab.cache.toy.FifoPolicy;
import storagelab.disk.DiskCounters;
import storagelab.grader.hidden.kit.Growth;
import storagelab.page.BufferPool;
import storagelab.page.Frame;

/** Exercise 4.5, one thread: what is in the pool, what goes, and what is written when. */
@Tag("4.5")
class BufferPoolHiddenTest {
    private final PoolBench bench = new PoolBench();

    @Test
    @DisplayName(
            "a page is read once and then found, until it has to go: the policy says which, and is told what happens")
    void followsThePolicy() {
        WatchedPolicy policy = WatchedPolicy.locked(3);
        BufferPool pool = new BufferPool(bench.file, 3, policy);
        bench.assertReads(pool, 1, 5, 6, 7);
        assertEquals(0, policy.touches(), "touches for pages that came: to come is the first use");
        bench.assertReads(pool, 0, 5, 6, 5);
        assertEquals(3, policy.touches(), "touches for three pages that were found");
        bench.assertReads(pool, 1, 8);
        assertFalse(policy.has(7), "page 7 is there; it was used before 5 and 6, and had to go for 8");
        bench.assertReads(pool, 0, 5, 6, 8);
        bench.assertReads(pool, 1, 7);
        assertTrue(policy.has(6) && policy.has(7) && policy.has(8), "the policy should know of pages 6, 7 and 8");
        pool.unpin(pool.pin(6));
        assertEquals(7, policy.touches(), "touches, when a page was found by pin");
        pool.discard(6);
        assertEquals(2, policy.pageCount(), "pages that the policy knows of when one was discarded");
        bench.assertReads(pool, 1, 9);
        assertEquals(3, policy.pageCount(), "pages that the policy knows of");
        policy.check();
    }

    @Test
    @DisplayName("a pool that may be touched without a lock finds pages all the same")
    void concurrentPolicy() {
        BufferPool pool = new BufferPool(bench.file, 3, WatchedPolicy.concurrent(3));
        bench.assertReads(pool, 1, 5, 6, 7);
        bench.assertReads(pool, 0, 5, 6, 7);
        bench.assertReads(pool, 1, 8);
        bench.assertReads(pool, 0, 6, 7, 8);
        bench.assertReads(pool, 1, 5);
    }

    @Test
    @DisplayName("pools of 1 to 48 pages keep as many pages as they may, and not one more")
    void budget() {
        for (int capacity : new int[] {1, 2, 7, 47, 48}) {
            BufferPool pool = bench.pool(capacity);
            assertEquals(capacity, pool.capacityPages(), "capacityPages()");
            int[] all = IntStream.range(2, PAGES).toArray();
            bench.assertReads(pool, 1, all);
            assertEquals(capacity, pool.residentPages(), "residentPages() after 48 pages");
            bench.assertReads(pool, 0, IntStream.range(PAGES - capacity, PAGES).toArray());
            bench.assertReads(pool, 1, IntStream.range(2, PAGES - capacity).toArray());
        }
        for (int capacity : new int[] {0, -1, Integer.MIN_VALUE}) {
            EvictionPolicy policy = WatchedPolicy.locked(1);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new BufferPool(bench.file, capacity, policy),
                    "a pool of " + capacity + " pages");
        }
    }

    @Test
    @DisplayName("a pinned page stays as long as it has a pin, whatever is read, and then goes as any other")
    void pins() {
        BufferPool pool = bench.pool(4);
        Frame five = pool.pin(5);
        Frame again = pool.pin(5);
        Frame six = pool.pin(6);
        assertTrue(five == again, "two pins of page 5 gave two frames");
        assertEquals(2, pool.pinnedPages(), "pinnedPages()");
        int[] others = IntStream.range(10, 30).toArray();
        bench.assertReads(pool, 1, others);
        bench.assertReads(pool, 0, 5, 6);
        pool.unpin(five);
        pool.unpin(six);
        assertEquals(1, pool.pinnedPages(), "pinnedPages() when page 5 has one pin left");
        bench.assertReads(pool, 1, others);
        bench.assertReads(pool, 0, 5);
        bench.assertReads(pool, 1, 6);
        pool.unpin(again);
        assertEquals(0, pool.pinnedPages(), "pinnedPages() in the end");
        assertThrows(IllegalStateException.class, () -> pool.unpin(five), "unpin of a frame without pins");
        assertThrows(IllegalStateException.class, () -> pool.markDirty(five), "markDirty of a frame without pins");
        bench.assertReads(pool, 1, others);
        bench.assertReads(pool, 1, 5);
    }

    @Test
    @DisplayName(
            "all pages pinned: read answers and keeps nothing, pin and add refuse and change nothing, until one is unpinned")
    void allPinned() {
        BufferPool pool = bench.pool(3);
        Frame five = pool.pin(5);
        pool.pin(6);
        pool.pin(7);
        bench.assertReads(pool, 1, 8, 8, 9);
        bench.assertReads(pool, 0, 5, 6, 7);
        assertEquals(0, value(pool.read(8)), "what is in page 8");
        for (int round = 0; round < 2; round++) {
            assertAllPinned(assertThrows(IllegalStateException.class, () -> pool.pin(8), "pin(8)"));
            assertAllPinned(assertThrows(IllegalStateException.class, () -> pool.add(8, page(1)), "add(8, …)"));
        }
        assertThrows(IllegalStateException.class, () -> pool.add(6, page(1)), "add(6, …), which is pinned");
        assertThrows(IllegalStateException.class, () -> pool.discard(6), "discard(6), which is pinned");
        assertEquals(0, value(pool.read(6)), "page 6 after that");
        assertEquals(3, pool.residentPages(), "residentPages()");
        assertEquals(3, pool.pinnedPages(), "pinnedPages()");
        assertEquals(0, pool.dirtyPages(), "dirtyPages()");
        bench.assertReads(pool, 1, 8);
        pool.pin(7); // of a page that is there
        pool.unpin(five);
        assertEquals(8, pool.pin(8).page(), "the page that is pinned when there is room");
        bench.assertReads(pool, 0, 6, 7, 8);
        bench.assertReads(pool, 1, 5);
    }

    private static void assertAllPinned(IllegalStateException e) {
        assertTrue(
                String.valueOf(e.getMessage()).contains("all 3 pages of the pool are pinned"),
                "the message should say \"all 3 pages of the pool are pinned\", and is: " + e.getMessage());
    }

    @Test
    @DisplayName(
            "a page that is there is found without an allocation worth the name, and as quickly in a large pool as in a small one")
    void found() {
        BufferPool pool = new BufferPool(bench.file, 16, new FifoPolicy());
        for (int page = 2; page < 18; page++) {
            pool.read(page);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int calls = 20_000;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < calls; i++) {
            pool.read(2 + i % 16);
        }
        long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / calls;
        assertTrue(bytes < 64, "read of a page that is there allocates " + bytes + " bytes on average");
        Growth.check("read of a page that is there", "pages in the pool", capacity -> {
            BufferPool grown = new BufferPool(bench.file, capacity, new FifoPolicy());
            for (int page = 2; page < capacity + 2; page++) {
                grown.add(page, page(page));
            }
            return () -> {
                for (int i = 0; i < 2_000; i++) {
                    grown.read(2 + i * 7_919 % capacity);
                }
            };
        });
    }

    @Test
    @DisplayName("the array of a page that has gone is not used for another")
    void arraysAreNotReused() {
        BufferPool pool = bench.pool(2);
        Frame frame = pool.read(5);
        byte[] before = frame.bytes().clone();
        bench.assertReads(pool, 1, IntStream.range(10, 40).toArray());
        pool.add(5, page(9));
        assertThat("the bytes of page 5 after it went", frame.bytes(), sameBytesAs(before));
        assertEquals(9, value(pool.read(5)), "page 5 as it was added");
    }

    @Test
    @DisplayName("a dirty page is written to its own place before it goes, once, and a clean one never")
    void dirtyPages() {
        BufferPool pool = bench.pool(2);
        byte[] added = page(44);
        Frame frame = pool.add(44, added);
        assertTrue(frame.bytes() == added, "add should keep the array, not a copy");
        assertTrue(frame.isDirty(), "an added page is not dirty");
        Frame changed = pool.pin(6);
        PoolBench.change(pool, changed, 66);
        PoolBench.change(pool, changed, 67);
        pool.unpin(changed);
        assertEquals(2, pool.dirtyPages(), "dirtyPages()");
        long written = bench.pagesWritten();
        DiskCounters before = bench.disk.counters();
        bench.assertReads(pool, 1, 10);
        assertEquals(1, bench.pagesWritten() - written, "pages written when page 44 went");
        assertEquals(44, bench.inFile(44), "page 44 in the file");
        assertEquals(1, pool.dirtyPages(), "dirtyPages() after that");
        bench.assertReads(pool, 1, 11);
        assertEquals(67, bench.inFile(6), "page 6 in the file, which was changed twice");
        assertEquals(0, pool.dirtyPages(), "dirtyPages() when both have gone");
        bench.assertReads(pool, 1, 12, 13, 44, 6);
        assertEquals(2, bench.pagesWritten() - written, "pages written, of which two were dirty");
        assertEquals(0, bench.disk.counters().since(before).syncs(), "syncs");
        assertEquals(44, value(pool.read(44)), "page 44 read again");
        assertEquals(67, value(pool.read(6)), "page 6 read again");
        assertFalse(pool.read(6).isDirty(), "page 6 is dirty although it was only read");
    }

    @Test
    @DisplayName(
            "an added page replaces what is there, clean or dirty, and takes no second place; a discarded one is not written")
    void addAndDiscard() {
        BufferPool pool = bench.pool(2);
        Frame old = pool.read(5);
        pool.add(5, page(1));
        pool.add(5, page(2));
        assertEquals(1, pool.residentPages(), "residentPages() after page 5 was replaced twice");
        assertEquals(1, pool.dirtyPages(), "dirtyPages()");
        assertEquals(2, value(pool.read(5)), "page 5");
        assertEquals(0, value(old), "the frame that was replaced");
        long written = bench.pagesWritten();
        pool.discard(5);
        assertEquals(0, pool.residentPages(), "residentPages() after discard");
        assertEquals(0, pool.dirtyPages(), "dirtyPages() after discard");
        pool.discard(5);
        pool.discard(49);
        bench.assertReads(pool, 1, 5, 6, 7, 8);
        assertEquals(0, bench.pagesWritten() - written, "pages written, of which one was discarded dirty");
        Frame pinned = pool.pin(9);
        PoolBench.change(pool, pinned, 3);
        pool.unpin(pinned);
        pool.discard(9);
        assertEquals(0, pool.dirtyPages(), "dirtyPages() after a changed page was discarded");
        assertEquals(0, value(pool.read(9)), "page 9 after the change was discarded");
    }

    @Test
    @DisplayName("meta pages, negative numbers and arrays that are not a page are refused")
    void callerErrors() {
        BufferPool pool = bench.pool(2);
        for (int number : new int[] {0, 1, -1, Integer.MIN_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> pool.read(number), "read(" + number + ")");
            assertThrows(IllegalArgumentException.class, () -> pool.pin(number), "pin(" + number + ")");
            assertThrows(IllegalArgumentException.class, () -> pool.add(number, page(1)), "add(" + number + ", …)");
        }
        assertThrows(IllegalArgumentException.class, () -> pool.add(5, new byte[SIZE - 1]), "add of 1,023 bytes");
        assertThrows(IllegalArgumentException.class, () -> pool.add(5, new byte[SIZE + 1]), "add of 1,025 bytes");
        assertEquals(0, pool.residentPages(), "residentPages() after that");
        bench.assertReads(pool, 1, 5, 6);
    }

    @Test
    @DisplayName(
            "writeBack writes all that is dirty and old enough, in order, neighbours with one call; it stays, and is clean")
    void writesBack() {
        BufferPool pool = bench.pool(20);
        for (int number : new int[] {12, 30, 10, 31, 11, 20, 13}) {
            pool.add(number, page(number, number == 13 ? 9 : 7));
        }
        pool.read(32);
        Frame pinned = pool.pin(11);
        DiskCounters before = bench.disk.counters();
        pool.writeBack(6);
        assertEquals(0, bench.disk.counters().since(before).writes(), "writes of writeBack(6): all pages are younger");
        pool.writeBack(8);
        assertEquals(3, bench.disk.counters().since(before).writes(), "writes for pages 10 to 12, 20, 30 and 31");
        assertEquals(0, bench.disk.counters().since(before).syncs(), "syncs of writeBack");
        assertEquals(1, pool.dirtyPages(), "dirtyPages(), of which 13 is too young");
        for (int number : new int[] {10, 11, 12, 20, 30, 31}) {
            assertEquals(number, bench.inFile(number), "page " + number + " in the file");
            assertFalse(pool.read(number).isDirty(), "page " + number + " is still dirty");
        }
        assertEquals(0, bench.inFile(13), "page 13 in the file, which is too young");
        bench.assertReads(pool, 0, 10, 11, 12, 13, 20, 30, 31, 32);
        PoolBench.change(pool, pinned, 111);
        pool.unpin(pinned);
        pool.writeBack(9);
        assertEquals(111, bench.inFile(11), "page 11 in the file, changed after it was written");
        assertEquals(13, bench.inFile(13), "page 13 in the file after writeBack(9)");
        long written = bench.pagesWritten();
        pool.writeBack(Long.MAX_VALUE);
        assertEquals(0, bench.pagesWritten() - written, "pages written when none is dirty");
    }

    @Test
    @DisplayName("writeBack of many neighbours writes a mebibyte at a time, and pages that went are not written again")
    void largeWriteBack() {
        BufferPool pool = bench.pool(1500);
        List<Integer> numbers = IntStream.range(100, 1600).boxed().toList();
        numbers.forEach(number -> pool.add(number, page(number)));
        DiskCounters before = bench.disk.counters();
        pool.add(2000, page(2000)); // page 100 goes
        assertEquals(1, bench.disk.counters().since(before).writes(), "writes when page 100 went");
        before = bench.disk.counters();
        pool.writeBack(PoolBench.BORN);
        DiskCounters cost = bench.disk.counters().since(before);
        assertEquals(1500L * SIZE, cost.bytesWritten(), "bytes for 1,500 dirty pages");
        assertEquals(3, cost.writes(), "writes for 1,499 neighbours of 1 KiB and page 2,000");
        for (int number : new int[] {100, 101, 1123, 1124, 1125, 1599, 2000}) {
            assertEquals(number, bench.inFile(number), "page " + number + " in the file");
        }
        assertEquals(0, pool.dirtyPages(), "dirtyPages() after writeBack");
    }

    @Test
    @DisplayName(
            "a damaged page is found each time, by read and pin, takes no place, and is read again when it is whole")
    void damage() throws Exception {
        WatchedPolicy policy = WatchedPolicy.locked(2);
        BufferPool pool = new BufferPool(bench.file, 2, policy);
        bench.assertReads(pool, 1, 5);
        bench.disk.faults().flipBit(bench.path, 7L * SIZE + 600, 2);
        for (int round = 0; round < 5; round++) {
            assertThat("read(7), which is damaged", () -> pool.read(7), findsDamageIn(NAME, 7 * SIZE, 7 * SIZE));
            assertThat("pin(7), which is damaged", () -> pool.pin(7), findsDamageIn(NAME, 7 * SIZE, 7 * SIZE));
        }
        assertEquals(1, pool.residentPages(), "residentPages()");
        bench.assertReads(pool, 1, 6);
        bench.assertReads(pool, 0, 5, 6);
        bench.disk.faults().flipBit(bench.path, 7L * SIZE + 600, 2);
        bench.assertReads(pool, 1, 7);
        bench.assertReads(pool, 0, 7);
        policy.check();
        assertThat("read(5000) of a file of 50 pages", () -> pool.read(5000), findsDamageIn(NAME));
    }
}
