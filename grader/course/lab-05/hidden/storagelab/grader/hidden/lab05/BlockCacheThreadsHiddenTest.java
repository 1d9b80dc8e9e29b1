package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.sstable.Block;
import storagelab.sstable.BlockCache;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;

/** Exercise 5.14: a cache that many threads use. */
@Tag("5.14")
class BlockCacheThreadsHiddenTest {
    private static final int BLOCKS = 64;

    @Test
    @DisplayName("four threads never see more bytes than the budget, nor another block than theirs, nor a lost count")
    void budget() {
        Seeds.check(4, random -> {
            long budget = 3_000 + random.nextInt(6000);
            BlockCache cache = new BlockCache(budget, 1 + random.nextInt(2));
            List<BlockCache.Slots> tables = List.of(cache.slots(BLOCKS), cache.slots(BLOCKS));
            try (Crew crew = new Crew()) {
                for (int thread = 0; thread < 4; thread++) {
                    long seed = random.nextLong();
                    crew.start("reader-" + thread, () -> read(cache, budget, tables, new Random(seed)));
                }
                crew.join();
            }
            assertEquals(60_000, cache.hits() + cache.misses(), "hits and misses of 60,000 gets of four threads");
            long bytes = 0;
            for (BlockCache.Slots table : tables) {
                for (int i = 0; i < BLOCKS; i++) {
                    Block block = table.get(i);
                    bytes += block == null ? 0 : block.sizeBytes() + BlockCache.ENTRY_BYTES;
                }
            }
            assertEquals(bytes, cache.usedBytes(), "usedBytes(), and what the blocks that are there take");
            tables.forEach(BlockCache.Slots::close);
            assertEquals(0, cache.usedBytes(), "bytes when all tables are closed");
        });
    }

    private static void read(BlockCache cache, long budget, List<BlockCache.Slots> tables, Random random) {
        for (int i = 0; i < 15_000; i++) {
            int table = random.nextInt(2);
            int index = random.nextInt(BLOCKS);
            long bytes = 100 + 2 * index + table;
            Block block = tables.get(table).get(index);
            if (block == null) {
                tables.get(table).put(index, BlockCacheHiddenTest.taking(bytes));
            } else {
                assertEquals(bytes - BlockCache.ENTRY_BYTES, block.sizeBytes(), "bytes of block " + index);
            }
            long used = cache.usedBytes();
            assertTrue(used <= budget, used + " bytes in a cache of " + budget);
        }
    }

    @Test
    @DisplayName("whatever comes while a table is closed, nothing of it is left")
    void closedBesidePut() throws Exception {
        for (int round = 0; round < 300; round++) {
            BlockCache cache = new BlockCache(100_000, 2);
            BlockCache.Slots table = cache.slots(BLOCKS);
            CyclicBarrier start = new CyclicBarrier(2);
            try (Crew crew = new Crew()) {
                crew.start("reader", () -> {
                    List<Block> blocks = new ArrayList<>();
                    for (int i = 0; i < BLOCKS; i++) {
                        blocks.add(BlockCacheHiddenTest.taking(100));
                    }
                    start.await();
                    for (int i = BLOCKS - 1; i >= 0; i--) {
                        table.put(i, blocks.get(i));
                    }
                });
                start.await();
                table.close();
                crew.join();
            }
            assertEquals(0, cache.usedBytes(), "bytes after a table was closed beside a thread that put 64 blocks");
        }
    }

    @Test
    @DisplayName("room is made though others mark every block again and again")
    void marksOfOthers() throws Exception {
        BlockCache cache = new BlockCache(2_000, 1);
        BlockCache.Slots table = cache.slots(3_000);
        AtomicBoolean done = new AtomicBoolean();
        try (Crew crew = new Crew()) {
            crew.start(2, "marker", () -> {
                while (!done.get()) {
                    for (int i = 0; i < 3_000; i++) {
                        table.get(i);
                    }
                }
            });
            for (int i = 0; i < 3_000; i++) {
                table.put(i, BlockCacheHiddenTest.taking(100));
                long used = cache.usedBytes();
                assertTrue(used <= 2_000, used + " bytes in a cache of 2,000");
                assertTrue(used >= Math.min(2_000, 100 * (i + 1)), used + " bytes after " + (i + 1) + " blocks of 100");
            }
            done.set(true);
            crew.join();
        } finally {
            done.set(true);
        }
    }

    @Test
    @DisplayName("a get takes no lock: threads that want blocks that are there never wait for one another")
    void noLock() throws Exception {
        BlockCache cache = new BlockCache(100_000, 1);
        BlockCache.Slots table = cache.slots(BLOCKS);
        for (int i = 0; i < BLOCKS; i++) {
            table.put(i, BlockCacheHiddenTest.taking(100));
        }
        AtomicLong waits = new AtomicLong();
        CyclicBarrier start = new CyclicBarrier(4);
        try (Crew crew = new Crew()) {
            crew.start(4, "reader", () -> {
                long found = get(table, 1000);
                start.await();
                long before = waitsOfThisThread();
                found += get(table, 1_000_000);
                waits.addAndGet(waitsOfThisThread() - before);
                assertEquals(1_001_000, found, "hits of gets of blocks that are there");
            });
            crew.join();
        }
        assertTrue(
                waits.get() <= 2,
                "four threads that got blocks which are there have waited " + waits + " times: for a lock?");
    }

    private static long get(BlockCache.Slots table, int times) {
        long found = 0;
        for (int i = 0; i < times; i++) {
            found += table.get(i % BLOCKS) == null ? 0 : 1;
        }
        return found;
    }

    /** How often this thread has waited, for a monitor or parked. */
    private static long waitsOfThisThread() {
        ThreadInfo info = ManagementFactory.getThreadMXBean()
                .getThreadInfo(Thread.currentThread().getId());
        return info.getBlockedCount() + info.getWaitedCount();
    }

    @Test
    @DisplayName("a get does not wait for a thread that holds the lock of the cache or of the table")
    void besideALock() throws Exception {
        BlockCache cache = new BlockCache(100_000, 1);
        BlockCache.Slots table = cache.slots(BLOCKS);
        table.put(0, BlockCacheHiddenTest.taking(100));
        synchronized (cache) {
            synchronized (table) {
                Crew.mustEnd(
                        "a get waits for a lock of the cache or of its table",
                        () -> assertTrue(table.get(0) != null, "the block is not there"));
            }
        }
    }
}
