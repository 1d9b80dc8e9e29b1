package storagelab.lsm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.fusesource.leveldbjni.JniDBFactory;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.Range;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.StoreClosedException;
import storagelab.compaction.LeveledPicker;
import storagelab.disk.CrashDisk;
import storagelab.manifest.FileMetadata;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.NoMerges;

class LsmApproximateBytesTest {
    private static final int KEYS = 4000;
    private static final int VALUE_BYTES = 100;
    private static final int BLOCK_BYTES = 1000;
    private static final LsmOptions OPTIONS = LsmOptions.defaults()
            .withMemtableBytes(40_000)
            .withTableBytes(20_000)
            .withTable(LsmOptions.defaults().table().withBlockBytes(BLOCK_BYTES))
            .withPicker(new LeveledPicker(4, 100_000, 4))
            .withCacheBytes(0)
            .withMaintenance(MaintenanceKind.FOREGROUND);

    private final CrashDisk disk = CrashDisk.create();

    private static Slice key(int number) {
        return Slice.utf8("key%05d".formatted(number));
    }

    private LsmStore filled() {
        LsmStore store = LsmStore.open(disk.root(), OPTIONS);
        fill(store);
        return store;
    }

    private static void fill(LsmStore store) {
        for (int i = 0; i < KEYS; i++) {
            store.put(key((int) (i * 7919L % KEYS)), Slice.wrap(new byte[VALUE_BYTES]));
        }
        store.flush();
    }

    private static long bytes(List<FileMetadata> files) {
        return files.stream().mapToLong(FileMetadata::sizeBytes).sum();
    }

    @Test
    @DisplayName(
            "everything takes the bytes of all tables, what is outside of them none, and parts add up to the whole")
    void parts() {
        try (LsmStore store = filled()) {
            List<FileMetadata> files = store.version().files();
            assertThat("runs", store.version().runs().size(), is(greaterThan(2)));
            assertThat("all", store.approximateBytes(KeyRange.all()), is(bytes(files)));
            assertThat("before all", store.approximateBytes(KeyRange.of(Slice.EMPTY, Slice.utf8("key"))), is(0L));
            assertThat("after all", store.approximateBytes(KeyRange.from(Slice.utf8("l"))), is(0L));
            assertThat("of nothing", store.approximateBytes(KeyRange.of(key(77), key(77))), is(0L));
            Seeds.check(20, random -> {
                Slice middle = key(random.nextInt(KEYS));
                long sum = store.approximateBytes(KeyRange.of(Slice.EMPTY, middle))
                        + store.approximateBytes(KeyRange.from(middle));
                assertThat("sum of the keys before " + middle + " and from it on", sum, is(bytes(files)));
            });
        }
    }

    @Test
    @DisplayName("a range takes what its entries take, but for a block at each end and in each run")
    void aRange() {
        try (LsmStore store = filled()) {
            int runs = store.version().runs().size();
            double bytesPerKey = (double) bytes(store.version().files()) / KEYS; // each key was written once
            Seeds.check(50, random -> {
                int from = random.nextInt(KEYS - 500);
                int count = 100 + random.nextInt(400);
                long found = store.approximateBytes(KeyRange.of(key(from), key(from + count)));
                long error = 2L * runs * (BLOCK_BYTES + VALUE_BYTES + 50) + 8L * runs * OPTIONS.tableBytes() / 100;
                assertThat(
                        count + " keys from " + key(from) + " on",
                        (double) found,
                        is(allOf(
                                greaterThanOrEqualTo(count * bytesPerKey - error),
                                lessThanOrEqualTo(count * bytesPerKey + error))));
            });
        }
    }

    @Test
    @DisplayName("no data block is read: tables in which a range begins or ends are opened, and then nothing is read")
    void readsNoDataBlock() {
        filled().close();
        try (LsmStore store = LsmStore.open(disk.root(), OPTIONS)) {
            KeyRange range = KeyRange.of(key(1000), key(3000));
            int runs = store.version().runs().size();
            long before = disk.counters().reads();
            long first = store.approximateBytes(range);
            long opening = disk.counters().reads() - before;
            assertThat("tables", store.version().files().size(), is(greaterThan(4 * runs)));
            assertThat(
                    "reads that open two tables of each of " + runs + " runs",
                    opening,
                    is(lessThanOrEqualTo(2L * runs * 4)));
            before = disk.counters().reads();
            assertThat("the second time", store.approximateBytes(range), is(first));
            assertThat("reads the second time", disk.counters().reads() - before, is(0L));
            store.approximateBytes(KeyRange.all());
            assertThat("reads for all keys", disk.counters().reads() - before, is(0L));
        }
    }

    @Test
    @DisplayName("LevelDB says the same sizes, to the byte, and the same leveldb.stats of a store that was just opened")
    void asLevelDbSays(@TempDir Path real) throws IOException {
        LevelDbDatabases.assumeNativeLevelDb();
        List<KeyRange> ranges = new ArrayList<>();
        List<Long> sizes = new ArrayList<>();
        Path home = real.resolve("store");
        try (LsmStore store = LsmStore.open(home, OPTIONS)) {
            fill(store);
            store.compactAll(); // so that LevelDB has nothing to merge
        }
        String stats;
        try (LsmStore store = LsmStore.open(home, OPTIONS)) {
            assertThat("tables", store.version().files().size(), is(greaterThan(10)));
            Random random = new Random(1);
            for (int i = 0; i < 500; i++) {
                int from = random.nextInt(2 * KEYS) - KEYS / 2;
                KeyRange range = KeyRange.of(key(Math.max(0, from)), key(Math.max(0, from) + random.nextInt(KEYS)));
                ranges.add(range);
                sizes.add(store.approximateBytes(range));
            }
            stats = store.property("leveldb.stats").orElseThrow();
        }
        LevelDbDatabases.useLegacyNames(home);
        Options options = new Options().createIfMissing(false).compressionType(CompressionType.NONE);
        try (DB db = JniDBFactory.factory.open(home.toFile(), options)) {
            for (int i = 0; i < ranges.size(); i++) {
                Slice to = Objects.requireNonNull(ranges.get(i).to());
                Range range = new Range(ranges.get(i).from().toByteArray(), to.toByteArray());
                assertThat("bytes of " + ranges.get(i), sizes.get(i), is(db.getApproximateSizes(range)[0]));
            }
            assertThat(stats, is(db.getProperty("leveldb.stats")));
        }
    }

    @Test
    @DisplayName("what is only in memory does not count, and a closed store does not answer")
    void memory() {
        LsmStore store = LsmStore.open(disk.root(), OPTIONS);
        store.put(key(1), Slice.wrap(new byte[VALUE_BYTES]));
        assertThat("of an entry in memory", store.approximateBytes(KeyRange.all()), is(0L));
        store.flush();
        assertThat("of an entry in a table", store.approximateBytes(KeyRange.all()), is(greaterThan(0L)));
        store.close();
        assertThrows(StoreClosedException.class, () -> store.approximateBytes(KeyRange.all()));
    }

    @Test
    @DisplayName(
            "keys that were written again are counted once among the live ones, and keys of all runs by the largest")
    void live() {
        try (LsmStore store = LsmStore.open(CrashDisk.create().root().resolve("live"), NoMerges.options(1 << 20))) {
            assertThat("of nothing", store.approximateLiveBytes(KeyRange.all()), is(0L));
            for (int run = 1; run <= 3; run++) {
                for (int i = 0; i < 1_000 * run; i++) {
                    store.put(key(i), Slice.utf8("value of a hundred bytes or less"));
                }
                store.flush();
            }
            List<FileMetadata> files = store.version().files();
            long largest =
                    files.stream().mapToLong(FileMetadata::sizeBytes).max().orElseThrow();
            long live = store.approximateLiveBytes(KeyRange.all());
            assertThat(live, is(store.approximateBytes(KeyRange.all()) - bytes(files) + largest));
            assertThat(store.approximateLiveBytes(KeyRange.from(Slice.utf8("l"))), is(0L));
        }
    }
}
