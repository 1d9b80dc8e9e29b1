package storagelab.sstable;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.disk.CrashDisk;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;

@Tag("5.14")
class BlockCacheTest {
    private static final Path FILE = CrashDisk.create().root().resolve("000007.ldb");

    /** A block that takes {@code bytes} in a cache. */
    private static Block taking(int bytes) {
        return new Block(new byte[bytes - BlockCache.ENTRY_BYTES], FILE, 0);
    }

    private static void come(BlockCache.Slots table, int... blocks) {
        for (int block : blocks) {
            assertThat("block " + block + " before it comes", table.get(block), is(nullValue()));
            table.put(block, taking(100));
        }
    }

    /** The first so many blocks that are there, by their numbers. Asking marks them, so this is for the end. */
    private static List<Integer> there(BlockCache.Slots table, int blocks) {
        return IntStream.range(0, blocks)
                .filter(block -> table.get(block) != null)
                .boxed()
                .toList();
    }

    @Test
    @DisplayName("the worked example: what was wanted again is kept, and a scan drives out what scans have left")
    void workedExample() {
        int a = 0;
        int b = 1;
        int c = 2;
        int k = 10;
        BlockCache cache = new BlockCache(1000, 1);
        BlockCache.Slots table = cache.slots(2000);
        come(table, IntStream.range(0, 10).toArray());
        assertThat("bytes when ten blocks have come", cache.usedBytes(), is(1000L));
        table.get(a);
        table.get(b);
        come(table, k);
        come(table, k + 1, c);
        come(table, IntStream.range(1000, 2000).toArray());
        assertThat(
                "what is there after the scan",
                there(table, 2000),
                is(List.of(a, b, c, 1993, 1994, 1995, 1996, 1997, 1998, 1999)));
        assertThat("bytes after the scan", cache.usedBytes(), is(1000L));
    }

    @Test
    @DisplayName("never over its budget, and what it gives is what was put there")
    void budget() {
        Seeds.check(20, random -> {
            long budget = random.nextInt(20_000);
            BlockCache cache = new BlockCache(budget, 1 + random.nextInt(4));
            List<BlockCache.Slots> tables = List.of(cache.slots(60), cache.slots(60));
            for (int i = 0; i < 2000; i++) {
                int index = random.nextInt(60);
                BlockCache.Slots table = tables.get(random.nextInt(2));
                Block cached = table.get(index);
                if (cached == null) {
                    table.put(index, taking(70 + index * 20));
                    table.put(index, taking(70 + index * 20)); // another thread may have read it, too
                } else {
                    assertThat("bytes of block " + index, cached.sizeBytes(), is(6 + index * 20));
                }
                assertThat("bytes in a cache of " + budget, cache.usedBytes(), lessThanOrEqualTo(budget));
            }
            assertThat("hits and misses of 2,000 gets", cache.hits() + cache.misses(), is(2000L));
        });
    }

    @Test
    @DisplayName("a block that is as large as a part of the budget is kept, and a larger one drives nobody out")
    void large() {
        BlockCache cache = new BlockCache(2000, 2);
        BlockCache.Slots table = cache.slots(10);
        come(table, 0, 2, 4);
        table.put(6, taking(1001));
        assertThat("what is there after one of 1,001 bytes came", there(table, 10), is(List.of(0, 2, 4)));
        table.put(1, taking(1000));
        assertThat("bytes with one of 1,000 in the other part", cache.usedBytes(), is(1300L));
    }

    @Test
    @DisplayName("the blocks of a table go round over the shards, and the next table begins one further on")
    void shards() {
        BlockCache cache = new BlockCache(400, 4);
        BlockCache.Slots first = cache.slots(8);
        BlockCache.Slots second = cache.slots(8);
        come(first, 0, 1, 2, 3);
        come(second, 0);
        assertThat("blocks of the first table", there(first, 8), is(List.of(0, 2, 3)));
        come(first, 7);
        assertThat("blocks of the first table", there(first, 8), is(List.of(0, 2, 7)));
    }

    @Test
    @DisplayName("beside a scan of any length, what everybody uses is found nearly always")
    void scan() {
        BlockCache cache = new BlockCache(100_000, 1);
        BlockCache.Slots hot = cache.slots(600);
        BlockCache.Slots scanned = cache.slots(5000);
        Random random = new Random(1);
        int hits = 0;
        for (int i = 0; i < 100_000; i++) {
            int wanted = random.nextInt(600);
            if (hot.get(wanted) != null) {
                hits++;
            } else {
                hot.put(wanted, taking(100));
            }
            if (scanned.get(i % 5000) == null) {
                scanned.put(i % 5000, taking(100));
            }
        }
        assertThat("hits of 100,000 gets beside a scan; least recently used has 64,000", hits, greaterThan(95_000));
    }

    @Test
    @DisplayName("the blocks of a table that is closed are gone, and none comes any more")
    void closed() {
        BlockCache cache = new BlockCache(1000, 2);
        BlockCache.Slots table = cache.slots(5);
        BlockCache.Slots other = cache.slots(5);
        come(table, 0, 1, 2, 3);
        come(other, 0, 1);
        table.close();
        table.close();
        assertThat("bytes after the table with four of six blocks was closed", cache.usedBytes(), is(200L));
        table.put(4, taking(100));
        assertThat("a block that came late", table.get(4), is(nullValue()));
        assertThat("a block of the other table", other.get(1), is(notNullValue()));
    }

    @Test
    @DisplayName("of two blocks for one place, the first stays")
    void twice() {
        BlockCache cache = new BlockCache(1000, 1);
        BlockCache.Slots table = cache.slots(1);
        Block first = taking(100);
        table.put(0, first);
        table.put(0, taking(300));
        assertThat("the block", table.get(0), is(sameInstance(first)));
        assertThat("bytes", cache.usedBytes(), is(100L));
    }

    @Test
    @DisplayName("a cache without a budget keeps nothing; one with less than nothing, or without a shard, is refused")
    void nothing() {
        BlockCache cache = new BlockCache(0);
        BlockCache.Slots table = cache.slots(1);
        table.put(0, taking(68));
        assertThat("the block", table.get(0), is(nullValue()));
        assertThat("bytes", cache.usedBytes(), is(0L));
        assertThrows(IllegalArgumentException.class, () -> new BlockCache(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> new BlockCache(1000, 0));
    }

    @Test
    @DisplayName("beside four threads the budget holds, and every get has its own block")
    void threads() throws InterruptedException {
        BlockCache cache = new BlockCache(10_000, 2);
        List<BlockCache.Slots> tables = List.of(cache.slots(100), cache.slots(100));
        try (Crew crew = new Crew()) {
            for (int thread = 0; thread < 4; thread++) {
                Random random = new Random(thread);
                crew.start("reader-" + thread, () -> readAll(cache, tables, random));
            }
            crew.join();
        }
        assertThat("hits and misses of 80,000 gets", cache.hits() + cache.misses(), is(80_000L));
        tables.forEach(BlockCache.Slots::close);
        assertThat("bytes when both tables are closed", cache.usedBytes(), is(0L));
    }

    private static void readAll(BlockCache cache, List<BlockCache.Slots> tables, Random random) {
        for (int i = 0; i < 20_000; i++) {
            int table = random.nextInt(2);
            int index = random.nextInt(100);
            Block block = tables.get(table).get(index);
            if (block == null) {
                tables.get(table).put(index, taking(100 + 2 * index + table));
            } else {
                assertThat("bytes", block.sizeBytes(), is(100 - BlockCache.ENTRY_BYTES + 2 * index + table));
            }
            assertThat("bytes in the cache", cache.usedBytes(), lessThanOrEqualTo(10_000L));
        }
    }
}
