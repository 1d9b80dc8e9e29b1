package storagelab.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
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
            for (int i = 0; i < 2000; i++) {
                long offset = random.nextInt(60);
                Block cached = cache.get(1, offset);
                if (cached == null) {
                    cache.put(1, offset, block(4 + (int) offset * 20));
                } else {
                    assertEquals(4 + offset * 20, cached.sizeBytes(), "size of the block at " + offset);
                }
                assertTrue(cache.usedBytes() <= budget, cache.usedBytes() + " bytes in a cache of " + budget);
            }
            assertEquals(2000, cache.hits() + cache.misses());
        });
    }

    @Test
    @DisplayName("a scan of a thousand blocks leaves those that were wanted twice where they are")
    void scan() {
        BlockCache cache = new BlockCache(10 * (1000 + BlockCache.ENTRY_BYTES), 1);
        Block[] hot = new Block[5];
        for (int i = 0; i < hot.length; i++) {
            hot[i] = block(1000);
            cache.put(1, i, hot[i]);
            assertNotNull(cache.get(1, i));
        }
        for (int i = 0; i < 1000; i++) {
            assertNull(cache.get(2, i));
            cache.put(2, i, block(1000));
        }
        for (int i = 0; i < hot.length; i++) {
            assertSame(hot[i], cache.get(1, i), "block " + i + " after the scan");
        }
    }

    @Test
    @DisplayName("a cache without a budget keeps nothing")
    void nothing() {
        BlockCache cache = new BlockCache(0);
        cache.put(1, 0, block(4));
        assertNull(cache.get(1, 0));
        assertEquals(0, cache.usedBytes());
    }
}
