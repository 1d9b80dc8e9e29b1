package storagelab.grader.bench.lab04;

import java.util.List;
import java.util.Random;
import storagelab.cache.PolicyKind;
import storagelab.cache.Traces;
import storagelab.disk.CrashDisk;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.page.BufferPool;
import storagelab.page.PageFile;

/** What a pool of 100 pages reads and writes: of pages that fit, of more than fit, and of dirty neighbours. */
public final class PoolCosts implements CostProbe {
    private static final int PAGES = 1_000;
    private static final int CAPACITY = 100;
    private static final int READS = 20_000;

    @Override
    public List<Cost> count(long seed) {
        Random random = new Random(seed);
        CrashDisk disk = CrashDisk.create();
        StatsRecorder stats = new StatsRecorder();
        try (PageFile file = PoolPages.create(disk.root().resolve("pages"), PAGES, stats)) {
            long fitting = reads(file, stats, random.ints(READS, 0, CAPACITY).toArray());
            long popular = reads(file, stats, Traces.zipf(PAGES, READS, random));
            BufferPool pool = new BufferPool(file, CAPACITY, PolicyKind.CLOCK.create(CAPACITY));
            for (int i = CAPACITY - 1; i >= 0; i--) {
                pool.add(PoolPages.FIRST_PAGE + i, PoolPages.page(PoolPages.FIRST_PAGE + i));
            }
            long before = disk.counters().writes();
            pool.writeBack(Long.MAX_VALUE);
            long writes = disk.counters().writes() - before;
            return List.of(
                    Cost.atMost("pages read from the file, 20,000 reads of 100 pages", fitting, CAPACITY),
                    Cost.timesReference("pages read from the file, 20,000 reads of 1,000 pages", popular, 1.1),
                    Cost.atMost("calls to write back 100 dirty neighbours", writes, 1));
        }
    }

    private static long reads(PageFile file, StatsRecorder stats, int[] trace) {
        BufferPool pool = new BufferPool(file, CAPACITY, PolicyKind.CLOCK.create(CAPACITY));
        long before = stats.get(FileMetrics.BLOCKS_READ);
        for (int page : trace) {
            int number = PoolPages.FIRST_PAGE + page;
            if (PoolPages.number(pool.read(number).bytes()) != number) {
                throw new WrongAnswerException("read(" + number + ") gives another page");
            }
            if (pool.residentPages() > CAPACITY) {
                throw new WrongAnswerException("a pool of " + CAPACITY + " pages has " + pool.residentPages());
            }
        }
        return stats.get(FileMetrics.BLOCKS_READ) - before;
    }
}
