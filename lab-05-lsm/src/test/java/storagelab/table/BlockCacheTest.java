package storagelab.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.disk.CrashDisk;
import storagelab.testkit.Seeds;

class BlockCacheTest {
    private static final Path FILE = CrashDisk.create().root().resolve("000007.ldb");

    private static Block block(int bytes) {
        return new Block(new byte[bytes], FILE, 0);
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
                    table.put(index, block(4 + index * 20));
                    table.put(index, block(4 + index * 20)); // another thread may have read it, too
                } else {
                    assertEquals(4 + index * 20, cached.sizeBytes(), "size of block " + index);
                }
                assertTrue(cache.usedBytes() <= budget, cache.usedBytes() + " bytes in a cache of " + budget);
            }
            assertEquals(2000, cache.hits() + cache.misses());
            tables.forEach(BlockCache.Slots::close);
            assertEquals(0, cache.usedBytes(), "bytes of tables that were closed");
        });
    }

    @Test
    @DisplayName("a scan of a thousand blocks leaves those that are wanted all the time where they are")
    void scan() {
        BlockCache cache = new BlockCache(10 * (1000 + BlockCache.ENTRY_BYTES), 1);
        BlockCache.Slots table = cache.slots(5);
        BlockCache.Slots scanned = cache.slots(1000);
        Block[] hot = new Block[5];
        for (int i = 0; i < hot.length; i++) {
            hot[i] = block(1000);
            table.put(i, hot[i]);
        }
        for (int i = 0; i < 1000; i++) {
            assertNull(scanned.get(i));
            scanned.put(i, block(1000));
            assertSame(hot[i % 5], table.get(i % 5), "block " + i % 5 + " beside a scan that has come to " + i);
        }
    }

    @Test
    @DisplayName("a cache without a budget keeps nothing")
    void nothing() {
        BlockCache cache = new BlockCache(0);
        BlockCache.Slots table = cache.slots(1);
        table.put(0, block(4));
        assertNull(table.get(0));
        assertEquals(0, cache.usedBytes());
    }
}
