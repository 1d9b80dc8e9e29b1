package storagelab.grader.hidden.lab04;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.grader.hidden.lab04.PoolBench.PAGES;
import static storagelab.grader.hidden.lab04.PoolBench.page;

import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.page.BufferPool;
import storagelab.page.Frame;
import storagelab.page.PageLayout;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;

/** Exercise 4.5: many threads on a pool that is too small for them. */
@Tag("4.5")
class BufferPoolStressHiddenTest {
    private static final int CAPACITY = 7;
    private static final int STEPS = 4000;

    private final PoolBench bench = new PoolBench();
    private final AtomicLongArray written = new AtomicLongArray(PAGES); // a value that the page certainly had
    private final AtomicLongArray begun = new AtomicLongArray(PAGES); // the value that is being put there
    private final AtomicBoolean done = new AtomicBoolean();

    @Test
    @DisplayName(
            "readers beside a writer: every page is what it was at a moment of the read, and the policy has one caller at a time")
    void readersBesideAWriter() throws InterruptedException {
        WatchedPolicy policy = WatchedPolicy.locked(CAPACITY);
        stress(new BufferPool(bench.file, CAPACITY, policy), policy);
    }

    @Test
    @DisplayName("the same with a policy that is touched without a lock")
    void withConcurrentTouches() throws InterruptedException {
        WatchedPolicy policy = WatchedPolicy.concurrent(CAPACITY);
        stress(new BufferPool(bench.file, CAPACITY, policy), policy);
    }

    private void stress(BufferPool pool, WatchedPolicy policy) throws InterruptedException {
        try (Crew crew = new Crew()) {
            crew.start("writer", () -> {
                try {
                    write(pool, new Random(Seeds.base()));
                } finally {
                    done.set(true);
                }
            });
            crew.start("background", () -> {
                while (!done.get()) {
                    pool.writeBack(PoolBench.BORN - 1); // nothing is as old as that, and it takes the lock
                    assertTrue(
                            pool.residentPages() <= CAPACITY, pool.residentPages() + " pages in a pool of " + CAPACITY);
                    assertTrue(policy.pageCount() <= CAPACITY, policy.pageCount() + " pages in a pool of " + CAPACITY);
                }
            });
            crew.start(2, "reader", () -> {
                Random random = new Random(
                        Seeds.base() + Thread.currentThread().getName().hashCode());
                while (!done.get()) {
                    read(pool, 2 + random.nextInt(PAGES - 2), random.nextInt(8) == 0);
                }
            });
            crew.join();
        }
        policy.check();
        assertEquals(0, pool.pinnedPages(), "pinnedPages() in the end");
        pool.writeBack(PoolBench.BORN);
        for (int number = 2; number < PAGES; number++) {
            assertEquals(written.get(number), bench.inFile(number), "page " + number + " in the file in the end");
        }
    }

    private void write(BufferPool pool, Random random) {
        for (long step = 1; step <= STEPS; step++) {
            int number = 2 + random.nextInt(PAGES - 2);
            begun.set(number, step);
            if (random.nextInt(3) == 0) {
                addUnlessPinned(pool, number, step);
            } else {
                Frame frame = pool.pin(number);
                PoolBench.change(pool, frame, step);
                pool.unpin(frame);
            }
            written.set(number, step);
            if (step % 50 == 0) {
                pool.writeBack(PoolBench.BORN);
            }
        }
    }

    /** A reader may have the page pinned for a moment. */
    private static void addUnlessPinned(BufferPool pool, int number, long value) {
        while (true) {
            try {
                pool.add(number, page(value));
                return;
            } catch (IllegalStateException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("pinned"), "what add says: " + e.getMessage());
                Thread.onSpinWait();
            }
        }
    }

    private void read(BufferPool pool, int number, boolean toPin) {
        long least = written.get(number);
        Frame frame = toPin ? pool.pin(number) : pool.read(number);
        try {
            long stamp = frame.stamp();
            long value = PageLayout.getLong(frame.bytes(), 100);
            long copy = PageLayout.getLong(frame.bytes(), 1000);
            if (frame.isUnchangedSince(stamp)) {
                long most = begun.get(number);
                assertEquals(value, copy, "the second half of page " + number + ", changed together with the first");
                assertTrue(
                        value >= least && value <= most,
                        "page " + number + " has value " + value + ", and should have one from " + least + " to "
                                + most);
            }
        } finally {
            if (toPin) {
                pool.unpin(frame);
            }
        }
    }
}
