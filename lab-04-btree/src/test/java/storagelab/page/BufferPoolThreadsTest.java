package storagelab.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.cache.PolicyKind;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;

/** A small pool, several readers, and a writer that adds, changes, discards and writes back. */
class BufferPoolThreadsTest {
    private static final int PAGES = 40;
    private static final int CAPACITY = 8;
    private static final int STEPS = 3000;
    private static final int VALUE = 100;

    private final CrashDisk disk = CrashDisk.create();
    private final PageFile file = PageFile.create(disk.root().resolve("tree.pages"), 1024, new StatsRecorder());

    /** The newest value of each page: set before a change becomes visible, and after. */
    private final AtomicLongArray atLeast = new AtomicLongArray(PAGES);

    private final AtomicLongArray atMost = new AtomicLongArray(PAGES);

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "readers beside a writer see every page as it was at some moment during the read, and never more pages than there may be")
    void readersBesideAWriter(PolicyKind kind) throws InterruptedException {
        BufferPool pool = new BufferPool(file, CAPACITY, kind.create(CAPACITY));
        for (int page = 2; page < PAGES; page++) {
            pool.add(page, page(0));
        }
        AtomicBoolean done = new AtomicBoolean();
        try (Crew crew = new Crew()) {
            crew.start("writer", () -> {
                try {
                    write(pool, new Random(Seeds.base()));
                } finally {
                    done.set(true);
                }
            });
            crew.start(3, "reader", () -> {
                Random random = new Random(
                        Seeds.base() + Thread.currentThread().getName().hashCode());
                while (!done.get()) {
                    read(pool, 2 + random.nextInt(PAGES - 2));
                    assertThat("resident pages", pool.residentPages(), lessThanOrEqualTo(CAPACITY));
                }
            });
            crew.join();
        }
        for (int page = 2; page < PAGES; page++) {
            assertThat(
                    "page " + page + " in the end",
                    PageLayout.getLong(pool.read(page).bytes(), VALUE),
                    is(atMost.get(page)));
        }
    }

    private void write(BufferPool pool, Random random) {
        for (long step = 1; step <= STEPS; step++) {
            int page = 2 + random.nextInt(PAGES - 2);
            atMost.set(page, step);
            if (random.nextBoolean()) {
                pool.add(page, page(step));
            } else {
                Frame frame = pool.pin(page);
                pool.markDirty(frame);
                frame.beginChange();
                PageLayout.putLong(frame.bytes(), VALUE, step);
                PageLayout.putLong(frame.bytes(), 1000, step);
                frame.endChange();
                pool.unpin(frame);
            }
            atLeast.set(page, step);
            if (step % 100 == 0) {
                pool.writeBack(0);
            }
        }
    }

    private void read(BufferPool pool, int page) {
        long least = atLeast.get(page);
        Frame frame = pool.read(page);
        long stamp = frame.stamp();
        long value = PageLayout.getLong(frame.bytes(), VALUE);
        long copy = PageLayout.getLong(frame.bytes(), 1000);
        if (frame.isUnchangedSince(stamp)) {
            assertThat("two parts of page " + page + " that were changed together", copy, is(value));
            long most = atMost.get(page);
            if (value < least || value > most) {
                throw new AssertionError(
                        "page " + page + " has value " + value + ", and should have one from " + least + " to " + most);
            }
        }
    }

    private static byte[] page(long value) {
        byte[] page = PageLayout.newPage(1024, PageLayout.LEAF, 0);
        PageLayout.putLong(page, VALUE, value);
        PageLayout.putLong(page, 1000, value);
        return page;
    }
}
