package storagelab.grader.hidden.lab04;

import static storagelab.grader.hidden.kit.Checks.assertEquals;

import java.nio.file.Path;
import storagelab.disk.CrashDisk;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.page.BufferPool;
import storagelab.page.Frame;
import storagelab.page.PageFile;
import storagelab.page.PageLayout;
import storagelab.testkit.Step;

/** A file whose pages 2 to 49 have value 0, and what tests of pools over it need. */
final class PoolBench {
    static final String NAME = "tree.pages";
    static final int SIZE = 1024;
    static final int PAGES = 50;
    static final long BORN = 7;

    private static final int VALUE = 100;
    private static final int COPY = 1000;

    final CrashDisk disk = CrashDisk.create();
    final Path path = disk.root().resolve(NAME);
    final StatsRecorder stats = new StatsRecorder();
    final PageFile file = PageFile.create(path, SIZE, stats);

    PoolBench() {
        for (int page = 2; page < PAGES; page++) {
            file.write(page, page(0));
        }
    }

    /** A pool whose policy tells the pages by the time of their last use. */
    BufferPool pool(int capacity) {
        return new BufferPool(file, capacity, WatchedPolicy.locked(capacity));
    }

    /** A page with a value, which stands in two places. */
    static byte[] page(long value) {
        return page(value, BORN);
    }

    static byte[] page(long value, long born) {
        byte[] page = PageLayout.newPage(SIZE, PageLayout.LEAF, born);
        setValue(page, value);
        return page;
    }

    static void setValue(byte[] page, long value) {
        PageLayout.putLong(page, VALUE, value);
        PageLayout.putLong(page, COPY, value);
    }

    /** The value of a page that nobody changes now. */
    static long value(Frame frame) {
        return value(frame.bytes());
    }

    static long value(byte[] page) {
        long value = PageLayout.getLong(page, VALUE);
        assertEquals(value, PageLayout.getLong(page, COPY), "the second half of a page");
        return value;
    }

    /** Changes a pinned page in place, as a writer does. */
    static void change(BufferPool pool, Frame frame, long value) {
        pool.markDirty(frame);
        frame.beginChange();
        setValue(frame.bytes(), value);
        frame.endChange();
    }

    /** The value of a page in the file. */
    long inFile(int page) {
        return value(file.read(page));
    }

    long pagesRead() {
        return stats.get(FileMetrics.BLOCKS_READ);
    }

    long pagesWritten() {
        return stats.get(FileMetrics.BLOCKS_WRITTEN);
    }

    /** Reads pages, each of which should be in the pool, or not. */
    void assertReads(BufferPool pool, long expected, int... pages) {
        for (int page : pages) {
            long before = pagesRead();
            Step.at("read(" + page + ") of a pool of " + pool.capacityPages() + " pages, which should read "
                    + (expected == 0 ? "nothing" : "the page") + " from the file");
            assertEquals(page, readWhateverIsPinned(pool, page).page(), "the page that read(" + page + ") returns");
            assertEquals(expected, pagesRead() - before, "pages read from the file for read(" + page + ")");
        }
    }

    private static Frame readWhateverIsPinned(BufferPool pool, int page) {
        try {
            return pool.read(page);
        } catch (IllegalStateException e) {
            throw new AssertionError(
                    "read(" + page + ") threw \"" + e.getMessage()
                            + "\": a reader gets its page also when it cannot be kept",
                    e);
        }
    }
}
