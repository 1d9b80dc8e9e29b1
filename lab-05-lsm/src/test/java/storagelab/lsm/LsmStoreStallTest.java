package storagelab.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StoreStats;
import storagelab.disk.CrashDisk;

class LsmStoreStallTest {
    @Test
    @DisplayName("writers that are faster than flushes wait, and every wait is counted for its cause")
    void causes() {
        LsmOptions tiny = LsmOptions.defaults().withMemtableBytes(4 << 10);
        try (LsmStore store = LsmStore.open(CrashDisk.create().root().resolve("store"), tiny)) {
            Slice value = Slice.wrap(new byte[500]);
            for (int i = 0; i < 1_500; i++) {
                store.put(Slice.utf8("key" + i * 7_919 % 1_500), value);
            }
            StoreStats stats = store.stats();
            long count = Arrays.stream(WriteStallController.Cause.values())
                    .mapToLong(cause -> store.stalls(cause).count())
                    .sum();
            long nanos = Arrays.stream(WriteStallController.Cause.values())
                    .mapToLong(cause -> store.stalls(cause).nanos())
                    .sum();
            assertEquals(stats.get(Metric.STALLS), count, "stalls of all causes");
            assertEquals(stats.get(Metric.STALL_NANOS), nanos, "their time");
            assertTrue(
                    count > 0, "hundreds of memtables were filled, and nobody had to wait for one to be written out");
        }
    }
}
