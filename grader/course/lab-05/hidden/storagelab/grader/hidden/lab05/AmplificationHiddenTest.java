package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.LatencySummary;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StoreStats;
import storagelab.disk.CrashDisk;
import storagelab.file.FileMetrics;
import storagelab.lsm.Amplification;
import storagelab.lsm.FileAccess;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.ProcessBytes;

/** Exercise 5.17: what the figures of amplification say, and whether they are true. */
@Tag("5.17")
class AmplificationHiddenTest {
    private static final LatencySummary NO_TIMES = LatencySummary.NONE;

    private static LsmOptions options() {
        return LsmOptions.defaults().withoutStalls();
    }

    private static StoreStats stats(long in, long written, long read, long gets, long tables) {
        return new StoreStats(
                Map.of(
                        Metric.BYTES_IN, in,
                        FileMetrics.BYTES_WRITTEN, written,
                        FileMetrics.BYTES_READ, read,
                        Metric.GETS, gets,
                        Metric.TABLE_BYTES, tables),
                NO_TIMES,
                NO_TIMES);
    }

    @Test
    @DisplayName("counters count from the first moment on, the size of tables is that of the second, and nothing is 0")
    void ratios() {
        Amplification found = Amplification.between(stats(100, 700, 40, 9, 5000), stats(300, 1400, 90, 29, 600), 400);
        assertEquals(new Amplification(3.5, 2.5, 1.5), found, "700 written for 200, 50 read for 20 gets, 600 for 400");
        found = Amplification.between(stats(1, 2, 3, 4, 5), stats(1, 9, 9, 4, 6), 0);
        assertEquals(new Amplification(0, 0, 0), found, "bytes without puts, gets and live entries");
        found = Amplification.between(stats(0, 0, 0, 0, 0), stats(4_000_000_000L, 6_000_000_000L, 1, 4, 1), 8);
        assertEquals(new Amplification(1.5, 0.25, 0.125), found, "6 GB written for 4");
    }

    @Test
    @DisplayName("space is what the tables take for each byte of the keys and values that are found")
    void space() {
        try (LsmStore store = LsmStore.open(CrashDisk.create().root(), options())) {
            StoreStats before = store.stats();
            for (int i = 0; i < 500; i++) {
                store.put(Slice.utf8("key%05d".formatted(i)), Slice.wrap(new byte[100]));
            }
            for (int i = 0; i < 500; i += 2) {
                store.delete(Slice.utf8("key%05d".formatted(i)));
            }
            store.flush();
            long tables = store.stats().get(Metric.TABLE_BYTES);
            Amplification found = store.amplificationSince(before);
            assertNear(tables / (250 * 108.0), found.space(), "bytes of tables for each of 250 entries of 8 + 100");
            long in = 500 * 108 + 250 * 8;
            double written = store.stats().get(FileMetrics.BYTES_WRITTEN) - before.get(FileMetrics.BYTES_WRITTEN);
            assertNear(written / in, found.write(), "bytes written for each put in");
        }
    }

    @Test
    @DisplayName("looking at the whole store does not count as read, and keeps no table from being deleted")
    void lookingIsFree() throws IOException {
        CrashDisk disk = CrashDisk.create();
        try (LsmStore store = LsmStore.open(disk.root(), options().withCacheBytes(0))) {
            for (int i = 0; i < 500; i++) {
                store.put(Slice.utf8("key%05d".formatted(i)), Slice.wrap(new byte[100]));
            }
            store.flush();
            for (int asked = 0; asked < 3; asked++) {
                StoreStats before = store.stats();
                for (int i = 0; i < 10; i++) {
                    store.get(Slice.utf8("key00007"));
                }
                double read = store.stats().get(FileMetrics.BYTES_READ) - before.get(FileMetrics.BYTES_READ);
                assertNear(
                        read / 10,
                        store.amplificationSince(before).read(),
                        "bytes read for each of ten gets, when the figures were asked for " + asked + " times before");
            }
            store.put(Slice.utf8("key00007"), Slice.EMPTY);
            store.compactAll();
            try (Stream<Path> files = Files.list(disk.root())) {
                assertEquals(
                        (long) store.version().files().size(),
                        files.filter(file -> file.toString().endsWith(".ldb")).count(),
                        "files of tables when all were merged, after the figures were asked for: is a cursor open");
            }
        }
    }

    private static void assertNear(double expected, double actual, String what) {
        assertTrue(
                Math.abs(expected - actual) <= expected / 1000, what + ": expected " + expected + ", found " + actual);
    }

    @Test
    @DisplayName("what was written and read is what the operating system has counted, within 5 percent")
    void operatingSystem(@TempDir Path directory) throws IOException {
        assumeTrue(ProcessBytes.areCounted(), "only Linux counts");
        LsmOptions options =
                options().withMemtableBytes(256 << 10).withCacheBytes(0).withFileAccess(FileAccess.CHANNEL);
        try (LsmStore store = LsmStore.open(directory, options)) {
            work(store); // loads classes, which are files, too
            StoreStats before = store.stats();
            ProcessBytes countedBefore = ProcessBytes.now();
            work(store);
            ProcessBytes counted = ProcessBytes.now().since(countedBefore);
            StoreStats after = store.stats();
            Amplification found = Amplification.between(before, after, 1);
            long in = after.get(Metric.BYTES_IN) - before.get(Metric.BYTES_IN);
            long gets = after.get(Metric.GETS) - before.get(Metric.GETS);
            assertWithin(counted.written() / (double) in, found.write(), "bytes written for each put in");
            assertWithin(counted.read() / (double) gets, found.read(), "bytes read for each get");
        }
    }

    private static void assertWithin(double expected, double actual, String what) {
        assertTrue(
                Math.abs(actual - expected) <= expected / 20,
                what + ": " + actual + ", and " + expected + " by the operating system");
    }

    private static void work(LsmStore store) {
        Random random = new Random(Seeds.base());
        byte[] value = new byte[200];
        for (int i = 0; i < 10_000; i++) {
            random.nextBytes(value);
            store.put(Slice.utf8("key%06d".formatted(random.nextInt(5000))), Slice.copyOf(value));
        }
        store.flush();
        for (int i = 0; i < 5000; i++) {
            store.get(Slice.utf8("key%06d".formatted(i)));
        }
    }
}
