package storagelab.grader.hidden.lab04;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.grader.hidden.lab04.PoolBench.NAME;
import static storagelab.grader.hidden.lab04.PoolBench.SIZE;
import static storagelab.grader.hidden.lab04.PoolBench.page;
import static storagelab.grader.hidden.lab04.PoolBench.value;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.page.BufferPool;
import storagelab.page.Frame;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;

/** Exercise 4.5, several threads: a disk that is busy for as long as a test wants, and what everybody else does meanwhile. */
@Tag("4.5")
class BufferPoolThreadsHiddenTest {
    private final PoolBench bench = new PoolBench();
    private final List<Object> results = new CopyOnWriteArrayList<>();

    @Test
    @DisplayName("threads that want the same page get the same frame, and it is read once")
    void onePageOneRead() throws InterruptedException {
        BufferPool pool = bench.pool(4);
        long before = bench.pagesRead();
        try (Crew crew = new Crew();
                Hold hold = bench.disk.faults().hold(DiskCall.READ, NAME)) {
            for (int i = 0; i < 3; i++) {
                Eventually.waits(crew.start("reader-" + i, () -> results.add(pool.read(5))));
            }
            Eventually.waits(crew.start("pinner", () -> results.add(pool.pin(5))));
            assertEquals(1, pool.residentPages(), "residentPages() while page 5 is being read: it is counted, too");
            assertEquals(1, hold.waiting(), "reads of page 5 that are under way");
            hold.close();
            crew.join();
        }
        assertEquals(1, bench.pagesRead() - before, "pages read for four threads that wanted page 5");
        assertEquals(1, results.stream().distinct().count(), "frames that four threads got for page 5");
        assertEquals(1, pool.pinnedPages(), "pinnedPages()");
    }

    @Test
    @DisplayName("while one page is read or written, all others are found, pinned, changed and added")
    void othersGoOn() throws InterruptedException {
        for (DiskCall busy : new DiskCall[] {DiskCall.READ, DiskCall.WRITE}) {
            BufferPool pool = bench.pool(5);
            pool.add(10, page(10));
            bench.assertReads(pool, 1, 6, 7, 8);
            if (busy == DiskCall.WRITE) {
                bench.assertReads(pool, 1, 9); // full: the next one makes 10 go
            }
            try (Crew crew = new Crew();
                    Hold hold = bench.disk.faults().hold(busy, NAME)) {
                Thread reader = crew.start("reader", () -> pool.read(5));
                Eventually.waits(reader);
                Thread other = crew.start("other", () -> {
                    bench.assertReads(pool, 0, 6, 7, 8);
                    Frame frame = pool.pin(7);
                    PoolBench.change(pool, frame, 77);
                    pool.unpin(frame);
                    pool.add(8, page(88));
                    pool.discard(6);
                    results.add(value(pool.read(8)));
                });
                Eventually.ends("a thread that wants other pages waits for the " + busy + " of one page", other);
                assertEquals(1, hold.waiting(), "calls under way");
                hold.close();
                crew.join();
            }
            assertEquals(88L, results.remove(0), "page 8, replaced meanwhile");
            assertEquals(77, value(pool.read(7)), "page 7, changed meanwhile");
            assertEquals(10, value(pool.read(10)), "page 10");
            pool.writeBack(PoolBench.BORN);
        }
    }

    @Test
    @DisplayName("pages that are being read count: no more reads are under way than there are places")
    void loadsCount() throws InterruptedException {
        BufferPool pool = bench.pool(2);
        try (Crew crew = new Crew();
                Hold hold = bench.disk.faults().hold(DiskCall.READ, NAME)) {
            for (int i = 0; i < 5; i++) {
                int number = 5 + i;
                Eventually.waits(crew.start("reader-" + i, () -> results.add(value(pool.read(number)))));
            }
            assertTrue(
                    hold.waiting() <= 2,
                    hold.waiting()
                            + " pages are being read at once into a pool of 2; pages on their way take a place, too");
            assertTrue(pool.residentPages() <= 2, pool.residentPages() + " pages are in a pool of 2");
            hold.close();
            crew.join();
        }
        assertEquals(5, results.size(), "threads that got their page");
        assertTrue(pool.residentPages() <= 2, pool.residentPages() + " pages are in a pool of 2 in the end");
    }

    @Test
    @DisplayName("who needs a place waits for pages that are on their way; it is not told that all are pinned")
    void waitsForTransit() throws InterruptedException {
        // One at a time: a page that is pinned for a moment is a good reason to refuse the other.
        for (boolean pins : new boolean[] {true, false}) {
            BufferPool pool = bench.pool(1);
            try (Crew crew = new Crew();
                    Hold hold = bench.disk.faults().hold(DiskCall.READ, NAME)) {
                Eventually.waits(crew.start("reader", () -> pool.read(5)));
                Eventually.waits(
                        pins
                                ? crew.start("pinner", () -> results.add(value(pool.pin(6))))
                                : crew.start("adder", () -> results.add(value(pool.add(7, page(7))))));
                hold.close();
                crew.join();
            }
        }
        assertEquals(List.of(0L, 7L), results, "page 6, which was pinned, and page 7, which was added");
    }

    @Test
    @DisplayName(
            "a pin that finds no place is refused, and a reader who has waited for the same page gets it all the same")
    void pinWithoutPlace() throws InterruptedException {
        BufferPool pool = bench.pool(1);
        try (Crew crew = new Crew();
                Hold hold = bench.disk.faults().hold(DiskCall.READ, NAME)) {
            Eventually.waits(crew.start("first", () -> pool.pin(5)));
            Eventually.waits(crew.start(
                    "pinner",
                    () -> assertThrows(IllegalStateException.class, () -> pool.pin(8), "pin(8) without a place")));
            Eventually.waits(crew.start("reader", () -> results.add(value(pool.read(8)))));
            hold.close();
            crew.join();
        }
        assertEquals(List.of(0L), results, "page 8, read while somebody failed to pin it");
        assertEquals(1, pool.pinnedPages(), "pinnedPages(), of which 5 is the only one");
        bench.assertReads(pool, 0, 5);
    }

    @Test
    @DisplayName(
            "an added page takes the place of one on its way; what comes late is thrown away, and who waited gets the new one")
    void lateLoad() throws InterruptedException {
        BufferPool pool = bench.pool(4);
        try (Crew crew = new Crew();
                Hold hold = bench.disk.faults().hold(DiskCall.READ, NAME)) {
            Eventually.waits(crew.start("reader", () -> results.add(value(pool.read(5)))));
            Eventually.waits(crew.start("waiter", () -> results.add(value(pool.read(5)))));
            Thread adder = crew.start("adder", () -> pool.add(5, page(1)));
            Eventually.ends("add waits for a read of the page that it replaces", adder);
            assertEquals(1, value(pool.read(5)), "page 5, added while it was being read");
            hold.close();
            crew.join();
        }
        assertEquals(List.of(1L, 1L), results, "what the two readers saw, whose page was replaced meanwhile");
        assertEquals(1, value(pool.read(5)), "page 5 after the late read");
        assertEquals(1, pool.dirtyPages(), "dirtyPages()");
        assertEquals(1, pool.residentPages(), "residentPages()");
        bench.assertReads(pool, 1, 6, 7, 8);
        bench.assertReads(pool, 0, 5, 6, 7, 8);
    }

    @Test
    @DisplayName("a late page may even be damaged, if it was replaced meanwhile; or discarded: then it is read again")
    void lateDamage() throws Exception {
        BufferPool pool = bench.pool(4);
        bench.disk.faults().flipBit(bench.path, 5L * SIZE + 100, 0);
        bench.disk.faults().flipBit(bench.path, 6L * SIZE + 100, 0);
        try (Crew crew = new Crew();
                Hold hold = bench.disk.faults().hold(DiskCall.READ, NAME)) {
            Eventually.waits(crew.start("reader", () -> results.add(value(pool.read(5)))));
            Eventually.waits(crew.start("waiter", () -> results.add(value(pool.read(5)))));
            Eventually.waits(crew.start(
                    "unlucky",
                    () -> results.add(assertThrows(CorruptionException.class, () -> pool.read(6), "read(6)"))));
            Eventually.waits(crew.start(
                    "unlucky, too",
                    () -> results.add(assertThrows(CorruptionException.class, () -> pool.read(6), "read(6)"))));
            pool.add(5, page(1));
            hold.close();
            crew.join();
        }
        assertTrue(results.contains(1L), "the reader of page 5 should have got the added page, and got " + results);
        assertEquals(4, results.size(), "threads that have ended");
        assertEquals(1, pool.residentPages(), "residentPages()");
        bench.disk.faults().flipBit(bench.path, 6L * SIZE + 100, 0);
        results.clear();
        long before = bench.pagesRead();
        try (Crew crew = new Crew();
                Hold hold = bench.disk.faults().hold(DiskCall.READ, NAME)) {
            Eventually.waits(crew.start("reader", () -> results.add(value(pool.read(6)))));
            pool.discard(6);
            bench.disk.faults().clear();
            hold.close();
            crew.join();
        }
        assertEquals(List.of(0L), results, "page 6, discarded while it was being read");
        assertEquals(
                2, bench.pagesRead() - before, "reads of page 6: what was on its way when it was discarded is old");
        assertTrue(pool.residentPages() <= 2, pool.residentPages() + " pages are in the pool, and 5 and 6 should be");
    }

    @Test
    @DisplayName(
            "while a dirty page is written because it has to go: who pins, replaces or discards it comes after, and nothing is lost")
    void leavingPage() throws InterruptedException {
        for (String what : new String[] {"pin", "add", "discard"}) {
            BufferPool pool = bench.pool(2);
            pool.add(10, page(10));
            bench.assertReads(pool, 1, 6);
            try (Crew crew = new Crew();
                    Hold hold = bench.disk.faults().hold(DiskCall.WRITE, NAME)) {
                Eventually.waits(crew.start("reader", () -> pool.read(7)));
                AtomicBoolean done = new AtomicBoolean();
                Thread other = crew.start("other", () -> {
                    switch (what) {
                        case "pin" -> results.add(value(pool.pin(10)));
                        case "add" -> results.add(value(pool.add(10, page(11))));
                        default -> pool.discard(10);
                    }
                    done.set(true);
                });
                Eventually.letHold(() -> done.get() || other.getState() == Thread.State.WAITING);
                hold.close();
                crew.join();
            }
            pool.writeBack(PoolBench.BORN);
            long expected = what.equals("add") ? 11 : 10;
            String input = what + "(10) while page 10 was being written";
            if (!what.equals("discard")) {
                assertEquals(expected, results.remove(0), input + ": what it returned");
                assertEquals(expected, bench.inFile(10), input + ": page 10 in the file");
                assertEquals(expected, value(pool.read(10)), input + ": page 10 in the pool");
            }
            assertTrue(pool.residentPages() <= 2, input + ": " + pool.residentPages() + " pages in a pool of 2");
            assertEquals(what.equals("pin") ? 1 : 0, pool.pinnedPages(), input + ": pinnedPages()");
        }
    }

    @Test
    @DisplayName("writeBack returns when every page is in the file, also the one that another thread is writing")
    void writeBackWaits() throws InterruptedException {
        BufferPool pool = bench.pool(2);
        pool.add(10, page(10));
        bench.assertReads(pool, 1, 6);
        try (Crew crew = new Crew();
                Hold hold = bench.disk.faults().hold(DiskCall.WRITE, NAME)) {
            Eventually.waits(crew.start("reader", () -> pool.read(7)));
            Thread writer = crew.start("writer", () -> {
                pool.writeBack(PoolBench.BORN);
                results.add(bench.inFile(10));
            });
            Eventually.waits(writer);
            hold.close();
            crew.join();
        }
        assertEquals(List.of(10L), results, "page 10 in the file when writeBack returned");
    }

    @Test
    @DisplayName("a page that is being written back can be read, pinned and unpinned meanwhile, and does not go")
    void writeBackBesideReaders() throws InterruptedException {
        BufferPool pool = bench.pool(2);
        pool.add(10, page(10));
        bench.assertReads(pool, 1, 6);
        try (Crew crew = new Crew();
                Hold hold = bench.disk.faults().hold(DiskCall.WRITE, NAME)) {
            Eventually.waits(crew.start("writer", () -> pool.writeBack(PoolBench.BORN)));
            Thread reader = crew.start("reader", () -> {
                bench.assertReads(pool, 0, 10);
                pool.unpin(pool.pin(10));
                bench.assertReads(pool, 0, 6);
                bench.assertReads(pool, 1, 7, 8);
                bench.assertReads(pool, 0, 10);
            });
            Eventually.ends("a reader waits for writeBack, though there are other pages that can go", reader);
            hold.close();
            crew.join();
        }
        assertEquals(0, pool.dirtyPages(), "dirtyPages() after writeBack");
        assertEquals(10, bench.inFile(10), "page 10 in the file");
    }

    @Test
    @DisplayName("an interrupted thread gets its page, is still interrupted, and disturbs nobody")
    void interrupts() throws InterruptedException {
        BufferPool pool = bench.pool(2);
        try (Crew crew = new Crew();
                Hold hold = bench.disk.faults().hold(DiskCall.READ, NAME)) {
            Eventually.waits(crew.start("reader", () -> results.add(value(pool.read(5)))));
            Thread waiter = crew.start("waiter", () -> {
                results.add(value(pool.read(5)));
                results.add(Thread.currentThread().isInterrupted());
            });
            Eventually.waits(waiter);
            waiter.interrupt();
            Eventually.letHold(() -> !waiter.isAlive());
            hold.close();
            crew.join();
        }
        assertEquals(3, results.size(), "answers of the two threads");
        assertTrue(results.contains(true), "the interrupted thread does not know any more that it is");
    }
}
