package storagelab.grader.hidden.lab04;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.grader.hidden.lab04.PoolBench.PAGES;
import static storagelab.grader.hidden.lab04.PoolBench.page;
import static storagelab.grader.hidden.lab04.PoolBench.value;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.StorageException;
import storagelab.api.StorageIoException;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashDiskOptions;
import storagelab.disk.DiskCall;
import storagelab.file.StatsRecorder;
import storagelab.page.BufferPool;
import storagelab.page.Frame;
import storagelab.page.PageFile;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

/** Exercise 4.5: random histories against a model, and disks that fail. */
@Tag("4.5")
class BufferPoolModelHiddenTest {
    private static final int CAPACITY = 6;

    private final PoolBench bench = new PoolBench();

    /** The value that each page has to have, in the pool or in the file. */
    private final Map<Integer, Long> values = new HashMap<>();

    private final Deque<Frame> pinned = new ArrayDeque<>();

    @Test
    @DisplayName(
            "whatever is read, pinned, changed, added, discarded and written back: every page has what was put there last")
    void randomHistory() {
        Seeds.check(10, random -> {
            WatchedPolicy policy = WatchedPolicy.locked(CAPACITY);
            BufferPool pool = new BufferPool(bench.file, CAPACITY, policy);
            for (long step = 1; step <= 800; step++) {
                step(pool, policy, random, step);
                policy.check();
                assertEquals(policy.pageCount(), pool.residentPages(), "residentPages(), and what the policy knows of");
                assertTrue(
                        pool.residentPages() <= CAPACITY, pool.residentPages() + " pages are in a pool of " + CAPACITY);
                assertEquals(
                        pinned.stream().mapToInt(Frame::page).distinct().count(), pool.pinnedPages(), "pinnedPages()");
            }
            pinned.forEach(pool::unpin);
            pinned.clear();
            pool.writeBack(PoolBench.BORN);
            for (int number = 2; number < PAGES; number++) {
                assertEquals(valueOf(number), bench.inFile(number), "page " + number + " in the end");
            }
        });
    }

    private void step(BufferPool pool, WatchedPolicy policy, Random random, long step) {
        int number = 2 + random.nextInt(15);
        boolean isPinned = pinned.stream().anyMatch(frame -> frame.page() == number);
        switch (random.nextInt(8)) {
            case 0 -> {
                if (!isPinned) {
                    pool.add(number, page(step));
                    values.put(number, step);
                }
            }
            case 1, 2 -> {
                Frame frame = pool.pin(number);
                PoolBench.change(pool, frame, step);
                pool.unpin(frame);
                values.put(number, step);
            }
            case 3 -> {
                if (pinned.size() < CAPACITY - 2) {
                    pinned.add(pool.pin(number));
                } else {
                    pool.unpin(pinned.remove());
                }
            }
            case 4 -> {
                if (random.nextInt(5) == 0) {
                    pool.writeBack(PoolBench.BORN);
                    assertEquals(0, pool.dirtyPages(), "dirtyPages() after writeBack");
                } else if (random.nextInt(3) == 0 && !isPinned) {
                    pool.discard(number);
                    values.put(number, bench.inFile(number));
                }
            }
            default -> {
                boolean here = policy.has(number);
                long before = bench.pagesRead();
                Frame frame = pool.read(number);
                assertEquals(here ? 0 : 1, bench.pagesRead() - before, "pages read for page " + number);
                assertEquals(valueOf(number), value(frame), "page " + number);
            }
        }
    }

    private long valueOf(int page) {
        return values.getOrDefault(page, 0L);
    }

    @Test
    @DisplayName(
            "on a full disk clean pages go and dirty ones stay; add and pin say why, reads go on, and nothing is lost")
    void fullDisk() {
        StatsRecorder stats = new StatsRecorder();
        CrashDisk small = CrashDisk.create(CrashDiskOptions.defaults().withCapacityBytes(12 * PoolBench.SIZE));
        PageFile file = PageFile.create(small.root().resolve(PoolBench.NAME), PoolBench.SIZE, stats);
        for (int number = 2; number < 12; number++) {
            file.write(number, page(0));
        }
        WatchedPolicy policy = WatchedPolicy.locked(4);
        BufferPool pool = new BufferPool(file, 4, policy);
        pool.add(20, page(20)); // behind the end of the file: there is no room for it
        pool.add(21, page(21));
        for (int number = 2; number < 12; number++) {
            Step.at("read(" + number + ") on a full disk, with two dirty pages and two clean ones that can go");
            assertEquals(0, value(pool.read(number)), "page " + number + ", read on a full disk");
        }
        Step.at("add(22) and add(23) on a full disk, with two dirty pages and two clean ones that can go");
        pool.add(22, page(22));
        pool.add(23, page(23));
        Step.at("read(5) on a full disk, when all four pages of the pool are dirty: it answers and keeps nothing");
        assertEquals(0, value(pool.read(5)), "page 5, read when all pages are dirty");
        assertThrows(StorageIoException.class, () -> pool.add(24, page(24)), "add when no page can go");
        assertThrows(StorageIoException.class, () -> pool.pin(5), "pin when no page can go");
        assertThrows(StorageIoException.class, () -> pool.writeBack(PoolBench.BORN), "writeBack on a full disk");
        assertEquals(4, pool.dirtyPages(), "dirtyPages()");
        for (int number = 20; number < 24; number++) {
            assertEquals(number, value(pool.read(number)), "page " + number + ", which cannot be written");
        }
        pool.discard(23);
        assertEquals(0, value(pool.read(6)), "page 6, for which there is room");
        assertEquals(4, pool.residentPages(), "residentPages()");
        assertEquals(3, pool.dirtyPages(), "dirtyPages() in the end");
        policy.check();
    }

    @Test
    @DisplayName("a write that fails once loses nothing: the page stays, goes later, and writeBack begins again")
    void failedWrites() {
        Seeds.check(20, random -> {
            BufferPool pool = bench.pool(8);
            Map<Integer, Long> model = new HashMap<>();
            Set<String> failed = new HashSet<>();
            for (long step = 1; step <= 150; step++) {
                int number = 2 + random.nextInt(30);
                if (random.nextInt(3) == 0) {
                    bench.disk.faults().failOnce(DiskCall.WRITE, 1 + random.nextInt(3));
                }
                try {
                    if (random.nextInt(10) == 0) {
                        pool.writeBack(PoolBench.BORN);
                    } else if (random.nextInt(3) > 0) {
                        pool.add(number, page(step));
                        model.put(number, step);
                    } else {
                        long expected = model.getOrDefault(number, bench.inFile(number));
                        assertEquals(expected, value(pool.read(number)), "page " + number);
                    }
                } catch (StorageIoException e) {
                    failed.add(String.valueOf(e.getMessage()));
                }
                assertTrue(pool.residentPages() <= 8, pool.residentPages() + " pages in a pool of 8");
            }
            bench.disk.faults().clear();
            pool.writeBack(PoolBench.BORN);
            assertEquals(0, pool.dirtyPages(), "dirtyPages() when the disk works again");
            model.forEach((number, value) -> assertEquals(
                    (long) value, bench.inFile(number), "page " + number + " in the file, after failures: " + failed));
        });
    }

    @Test
    @DisplayName(
            "writeBack ends at the page that cannot be written: those before it are clean, it and those after are dirty")
    void writeBackEndsAtAFailure() {
        for (int failing = 1; failing <= 3; failing++) {
            PoolBench own = new PoolBench();
            BufferPool pool = own.pool(8);
            for (int number : new int[] {30, 10, 20}) {
                pool.add(number, page(number));
            }
            own.disk.faults().failOnce(DiskCall.WRITE, failing);
            assertThrows(
                    StorageIoException.class,
                    () -> pool.writeBack(PoolBench.BORN),
                    "writeBack of pages 10, 20 and 30, write " + failing + " failing");
            for (int number = 10; number <= 30; number += 10) {
                boolean isWritten = number / 10 < failing;
                String what = "page " + number + ", of 10, 20 and 30 of which write " + failing + " has failed";
                assertEquals(isWritten ? number : 0, own.inFile(number), what + ": in the file");
                assertEquals(!isWritten, pool.read(number).isDirty(), what + ": is it dirty?");
            }
            pool.writeBack(PoolBench.BORN);
            assertEquals(0, pool.dirtyPages(), "dirtyPages() when the disk works again");
            assertEquals(30, own.inFile(30), "page 30 in the file when the disk works again");
        }
    }

    @Test
    @DisplayName("an add that fails leaves what it would have replaced")
    void failedAdd() {
        BufferPool pool = bench.pool(1);
        pool.add(5, page(1));
        bench.disk.faults().failFrom(DiskCall.WRITE, 1);
        assertThrows(StorageException.class, () -> pool.add(6, page(2)), "add when the only page cannot be written");
        assertEquals(1, value(pool.read(5)), "page 5");
        Step.at("read(6) when the only page of the pool is dirty and cannot be written: it answers and keeps nothing");
        assertEquals(0, value(pool.read(6)), "page 6, which was not added");
        Step.at("add(5), in the place of the old page 5: nothing has to be written");
        pool.add(5, page(3)); // in the place of the old one: nothing has to be written
        assertEquals(3, value(pool.read(5)), "page 5 after it was replaced");
    }

    @Test
    @DisplayName("a read that the disk fails is an error of that call only, and leaves no trace")
    void failedReads() {
        BufferPool pool = bench.pool(2);
        bench.assertReads(pool, 1, 5, 6);
        for (int round = 0; round < 3; round++) {
            bench.disk.faults().failOnce(DiskCall.READ, 1);
            assertThrows(StorageIoException.class, () -> pool.read(7), "read(7) when the disk fails");
            bench.disk.faults().failOnce(DiskCall.READ, 1);
            assertThrows(StorageIoException.class, () -> pool.pin(8), "pin(8) when the disk fails");
        }
        assertEquals(0, pool.pinnedPages(), "pinnedPages() after pins that failed");
        bench.assertReads(pool, 1, 7, 8);
        bench.assertReads(pool, 0, 7, 8);
    }
}
