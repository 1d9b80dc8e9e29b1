package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.disk.CrashDisk;
import storagelab.grader.hidden.kit.Growth;
import storagelab.sstable.Block;
import storagelab.sstable.BlockCache;
import storagelab.testkit.Seeds;

/** Exercise 5.14: which blocks a cache has, and how many bytes. */
@Tag("5.14")
class BlockCacheHiddenTest {
    private static final Path FILE = CrashDisk.create().root().resolve("000007.ldb");

    /** A block that takes {@code bytes} in a cache. */
    static Block taking(long bytes) {
        return new Block(new byte[(int) (bytes - BlockCache.ENTRY_BYTES)], FILE, 0);
    }

    private static void come(BlockCache.Slots table, int from, int to) {
        for (int i = from; i < to; i++) {
            table.put(i, taking(100));
        }
    }

    /** The blocks that are there, as {@code 1 2 5}; asking marks them. */
    private static String there(BlockCache.Slots table, int blocks) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            if (table.get(i) != null) {
                found.add(Integer.toString(i));
            }
        }
        return String.join(" ", found);
    }

    @Test
    @DisplayName("of blocks that were wanted once the oldest goes; one that was wanted again is spared, and then kept")
    void freshAndKept() {
        BlockCache cache = new BlockCache(500, 1);
        BlockCache.Slots table = cache.slots(100);
        come(table, 0, 5);
        table.get(1);
        come(table, 5, 7);
        assertEquals(
                "1 3 4 5 6", there(table, 100), "blocks after 0 to 6 came into room for five, and 1 was wanted again");
        cache = new BlockCache(500, 1);
        table = cache.slots(100);
        come(table, 0, 5);
        table.get(1);
        come(table, 5, 100);
        assertEquals("1 96 97 98 99", there(table, 100), "the same after all up to 99 came");
    }

    @Test
    @DisplayName("a block that comes back soon after it went is kept; one that comes back later is as new")
    void comesBack() {
        BlockCache cache = new BlockCache(500, 1);
        BlockCache.Slots table = cache.slots(100);
        come(table, 0, 10); // 0 to 4 went; since 0 did, four others
        come(table, 0, 1);
        come(table, 50, 70);
        assertEquals(
                "0 66 67 68 69", there(table, 100), "blocks when 0 came back after four others went, and then a scan");
        cache = new BlockCache(500, 1);
        table = cache.slots(100);
        come(table, 0, 11); // since 0 went, five others: as many as there is room for
        come(table, 0, 1);
        come(table, 50, 70);
        assertEquals(
                "65 66 67 68 69", there(table, 100), "blocks when 0 came back after five others went, and then a scan");
    }

    @Test
    @DisplayName("kept blocks that nobody wants any more make room for others that are wanted again")
    void newFavourites() {
        BlockCache cache = new BlockCache(1000, 1);
        BlockCache.Slots table = cache.slots(40);
        come(table, 0, 10);
        for (int i = 0; i < 10; i++) {
            table.get(i);
        }
        for (int round = 0; round < 10; round++) {
            for (int i = 20; i < 28; i++) {
                if (table.get(i) == null) {
                    table.put(i, taking(100));
                }
            }
        }
        for (int i = 20; i < 28; i++) {
            assertTrue(
                    table.get(i) != null, "block " + i + " was wanted ten times since 0 to 9 were, and is not there");
        }
    }

    @Test
    @DisplayName("any sequence of calls leaves the blocks, the bytes, the hits and the misses that the rules say")
    void model() {
        Seeds.check(20, random -> {
            long budget = 300 + random.nextInt(3000);
            BlockCache cache = new BlockCache(budget, 1);
            CacheOfBlocksModel model = new CacheOfBlocksModel(budget);
            List<BlockCache.Slots> tables = List.of(cache.slots(40), cache.slots(40), cache.slots(40));
            boolean[] closed = new boolean[3];
            long[] counts = new long[2];
            for (int i = 0; i < 1500; i++) {
                int table = random.nextInt(3);
                int index = random.nextInt(random.nextBoolean() ? 5 : 40);
                CacheOfBlocksModel.Name name = new CacheOfBlocksModel.Name(table, index, 68 + 11L * index);
                if (random.nextInt(1000) == 0 && !closed[table]) {
                    tables.get(table).close();
                    model.close(table);
                    closed[table] = true;
                }
                boolean expected = !closed[table] && model.get(name);
                Block found = tables.get(table).get(index);
                counts[expected ? 0 : 1]++;
                assertEquals(
                        expected, found != null, "is " + name + " there at step " + i + ", in " + budget + " bytes");
                if (found == null) {
                    tables.get(table).put(index, taking(name.bytes()));
                    if (!closed[table]) {
                        model.put(name);
                    }
                } else {
                    assertEquals(name.bytes() - BlockCache.ENTRY_BYTES, found.sizeBytes(), "bytes of " + name);
                }
                assertEquals(model.usedBytes(), cache.usedBytes(), "usedBytes() after step " + i);
                assertTrue(cache.usedBytes() <= budget, cache.usedBytes() + " bytes in a cache of " + budget);
            }
            assertEquals(counts[0], cache.hits(), "hits()");
            assertEquals(counts[1], cache.misses(), "misses()");
        });
    }

    @Test
    @DisplayName("each shard has its part of the budget; block i of table t is in shard (t + i) mod their number")
    void shards() {
        BlockCache cache = new BlockCache(4 * 300 + 3, 4);
        List<BlockCache.Slots> tables = List.of(cache.slots(40), cache.slots(40), cache.slots(40));
        for (int t = 0; t < 3; t++) {
            for (int i = 0; i < 4; i++) {
                tables.get(t).put(i, taking(100));
            }
        }
        assertEquals(1200, cache.usedBytes(), "bytes of three tables' first four blocks, three in each of four shards");
        for (int t = 0; t < 3; t++) {
            assertEquals("0 1 2 3", there(tables.get(t), 4), "blocks of table " + t);
        }
        cache = new BlockCache(4 * 100, 4);
        BlockCache.Slots first = cache.slots(40);
        BlockCache.Slots second = cache.slots(40);
        come(first, 0, 4);
        second.put(6, taking(100)); // in shard 7 mod 4
        assertEquals("0 1 2", there(first, 40), "blocks of the first table, after block 6 of the second came");
        assertEquals("6", there(second, 40), "blocks of the second table");
    }

    @Test
    @DisplayName("what went is remembered by shard: blocks that leave one are nothing to those of another")
    void remembersByShard() {
        BlockCache cache = new BlockCache(2 * 500, 2);
        BlockCache.Slots table = cache.slots(200);
        for (int i = 0; i < 12; i += 2) {
            table.put(i, taking(100)); // shard 0: when the sixth came, 0 went
        }
        for (int i = 1; i < 101; i += 2) {
            table.put(i, taking(100)); // shard 1: 45 blocks go
        }
        table.put(0, taking(100));
        for (int i = 100; i < 140; i += 2) {
            table.put(i, taking(100));
        }
        assertTrue(
                table.get(0) != null,
                "block 0 came back when two others had gone from its shard, of five there is room for, and a scan"
                        + " has driven it out: do the 45 count that have gone from the other shard?");
    }

    @Test
    @DisplayName("a block that comes costs as much in a large cache as in a small one")
    void constantTime() {
        Growth.check("1,000 gets and puts", "blocks", blocks -> {
            BlockCache cache = new BlockCache(100L * blocks, 1);
            BlockCache.Slots table = cache.slots(2 * blocks);
            come(table, 0, blocks);
            Block block = taking(100);
            int[] next = {blocks};
            return () -> {
                for (int i = 0; i < 1000; i++) {
                    if (table.get(next[0]) == null) {
                        table.put(next[0], block);
                    }
                    next[0] = (next[0] + 1) % (2 * blocks);
                }
            };
        });
    }

    @Test
    @DisplayName("what is larger than a part of the budget is not kept and drives nobody out; what is as large is kept")
    void large() {
        BlockCache cache = new BlockCache(1000, 1);
        BlockCache.Slots table = cache.slots(40);
        come(table, 0, 10);
        table.put(20, taking(1001));
        assertEquals(1000, cache.usedBytes(), "bytes after a block of 1,001 came");
        assertEquals("0 1 2 3 4 5 6 7 8 9", there(table, 40), "blocks after one of 1,001 bytes came");
        table.put(21, taking(1000));
        assertEquals("21", there(table, 40), "blocks after one of 1,000 bytes came");
        BlockCache none = new BlockCache(0);
        BlockCache.Slots slots = none.slots(3);
        slots.put(0, taking(68));
        assertEquals("", there(slots, 3), "blocks in a cache of no bytes");
        assertEquals(0, none.usedBytes(), "bytes in a cache of no bytes");
    }

    @Test
    @DisplayName("a table that is closed takes its blocks with it, others keep theirs, and latecomers are not kept")
    void closed() {
        BlockCache cache = new BlockCache(10_000, 3);
        BlockCache.Slots table = cache.slots(40);
        BlockCache.Slots other = cache.slots(2);
        BlockCache.Slots empty = cache.slots(0);
        come(table, 0, 20);
        table.get(3);
        come(other, 0, 2);
        table.close();
        empty.close();
        assertEquals(200, cache.usedBytes(), "bytes after a table with twenty blocks was closed");
        come(table, 0, 40);
        assertEquals("", there(table, 40), "blocks of the table that was closed, after forty came late");
        assertEquals(200, cache.usedBytes(), "bytes after forty came late");
        table.close();
        assertEquals("0 1", there(other, 2), "blocks of the other table");
        other.close();
        assertEquals(0, cache.usedBytes(), "bytes after both were closed");
    }

    @Test
    @DisplayName("the room of a table that is closed is free in the shards in which its blocks were")
    void roomOfShards() {
        BlockCache cache = new BlockCache(3 * 200, 3);
        BlockCache.Slots table = cache.slots(9);
        BlockCache.Slots other = cache.slots(9);
        table.put(1, taking(100));
        table.put(4, taking(100));
        table.close();
        for (int round = 0; round < 2; round++) {
            come(other, 0, 6);
            assertEquals(600, cache.usedBytes(), "bytes of six blocks in three shards with room for two each");
            assertEquals("0 1 2 3 4 5", there(other, 9), "blocks that came after another table was closed");
            other.close();
            assertEquals(0, cache.usedBytes(), "bytes when all tables are closed");
            other = cache.slots(9);
        }
    }

    @Test
    @DisplayName("a scan does not empty the cache: the hits of three traces are what two queues can have")
    void traces() {
        assertHits(
                "600 favourites of 1,000, beside a scan of 5,000",
                97,
                (random, i) -> i % 2 == 0 ? random.nextInt(600) : -600 - (i / 2) % 5000);
        assertHits(
                "900 favourites, which change every 40,000 gets",
                93,
                (random, i) -> i / 40_000 * 900 + random.nextInt(900));
        assertHits("a circle of 1,001 blocks in room for 1,000", 80, (random, i) -> i % 1001);
    }

    /** What is wanted at step i; negative for what does not count. */
    private interface Wanted {
        int at(Random random, int step);
    }

    private static void assertHits(String what, int percent, Wanted wanted) {
        BlockCache cache = new BlockCache(100_000, 1);
        BlockCache.Slots table = cache.slots(10_000);
        Random random = new Random(5);
        IntUnaryOperator index = block -> block < 0 ? -block : block;
        int hits = 0;
        int counted = 0;
        for (int i = 0; i < 200_000; i++) {
            int block = wanted.at(random, i);
            boolean hit = table.get(index.applyAsInt(block)) != null;
            if (!hit) {
                table.put(index.applyAsInt(block), taking(100));
            }
            hits += hit && block >= 0 ? 1 : 0;
            counted += block >= 0 ? 1 : 0;
        }
        int found = (int) (100L * hits / counted);
        assertTrue(found >= percent, what + ": " + found + " % of the gets are hits, and " + percent + " should be");
    }

    @Test
    @DisplayName("less than no bytes and no shards are refused with the numbers")
    void refused() {
        assertRefused("-1", () -> new BlockCache(-1, 1));
        assertRefused("0", () -> new BlockCache(1000, 0));
        assertRefused("-3", () -> new BlockCache(1000, -3));
    }

    private static void assertRefused(String number, Runnable call) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, call::run, number).getMessage());
        assertTrue(message.contains(number), "the message does not say " + number + ": " + message);
    }
}
