package storagelab.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.LatencySummary;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StoreStats;
import storagelab.file.FileMetrics;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.ProcessBytes;

@Tag("5.17")
class AmplificationTest {
    private static final LatencySummary NO_TIMES = LatencySummary.NONE;
    private static final int KEYS = 20_000;

    private static StoreStats stats(long in, long written, long read, long gets, long tables) {
        Map<Metric, Long> metrics = Map.of(
                Metric.BYTES_IN, in,
                FileMetrics.BYTES_WRITTEN, written,
                FileMetrics.BYTES_READ, read,
                Metric.GETS, gets,
                Metric.TABLE_BYTES, tables);
        return new StoreStats(metrics, NO_TIMES, NO_TIMES);
    }

    @Test
    @DisplayName("the worked example: 5 bytes written, 4100 read, 1.5 kept; what was before does not count")
    void workedExample() {
        StoreStats before = stats(7, 8, 9, 10, 11);
        StoreStats after = stats(100_000_007, 500_000_008, 4_100_009, 1010, 90_000_000);
        assertEquals(new Amplification(5, 4100, 1.5), Amplification.between(before, after, 60_000_000));
        assertEquals(new Amplification(0, 0, 0), Amplification.between(before, before, 0));
    }

    /**
     * Compares with what the process handed to the operating system, {@code wchar}, and not with {@code write_bytes}:
     * those are whole pages, counted when a page becomes dirty, none on a file system in memory, and a log that is deleted
     * soon never gets to the disk. Stores into a mapped log are no call, but writing its room full of zeros is; this is
     * what the store counts as well. Reads are compared through channels only, since {@code rchar} knows no mappings.
     */
    @ParameterizedTest
    @EnumSource
    @DisplayName("bytes written and read are what the operating system has counted, within 5 percent")
    void operatingSystem(FileAccess access, @TempDir Path directory) throws IOException {
        assumeTrue(ProcessBytes.areCounted(), "only Linux counts");
        LsmOptions options = LsmOptions.defaults()
                .withMemtableBytes(1 << 20)
                .withCacheBytes(0)
                .withFileAccess(access);
        try (LsmStore store = LsmStore.open(directory, options)) {
            fill(store); // loads classes, which are files, too
            readAll(store);
            StoreStats before = store.stats();
            ProcessBytes countedBefore = ProcessBytes.now();
            fill(store);
            readAll(store);
            ProcessBytes counted = ProcessBytes.now().since(countedBefore);
            StoreStats after = store.stats();
            near("written", counted.written(), FileMetrics.BYTES_WRITTEN, before, after);
            if (access == FileAccess.CHANNEL) {
                near("read", counted.read(), FileMetrics.BYTES_READ, before, after);
            }
            Amplification found = store.amplificationSince(before);
            assertTrue(found.write() > 2 && found.read() > 0 && found.space() > 0.9, found.toString());
        }
    }

    private static void fill(LsmStore store) {
        Random random = new Random(Seeds.base());
        byte[] value = new byte[200];
        for (int i = 0; i < 2 * KEYS; i++) {
            random.nextBytes(value);
            store.put(key(random.nextInt(KEYS)), Slice.copyOf(value));
        }
        store.flush();
    }

    private static void readAll(LsmStore store) {
        for (int i = 0; i < KEYS; i++) {
            store.get(key(i));
        }
    }

    private static Slice key(int number) {
        return Slice.utf8("key%06d".formatted(number));
    }

    private static void near(String what, long expected, Metric metric, StoreStats before, StoreStats after) {
        long actual = after.get(metric) - before.get(metric);
        String message = what + ": " + actual + " bytes by the store, " + expected + " by the operating system";
        assertTrue(Math.abs(actual - expected) <= expected / 20, message);
    }
}
