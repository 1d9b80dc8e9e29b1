package storagelab.adaptive.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import storagelab.adaptive.AdaptiveCompaction;
import storagelab.adaptive.AdaptiveOptions;
import storagelab.adaptive.LoadCounters;
import storagelab.adaptive.LoadWindow;
import storagelab.adaptive.TreeShape;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StoreStats;
import storagelab.bloom.BloomFilter;
import storagelab.codec.ByteWriter;
import storagelab.compaction.CompactionFilter;
import storagelab.compaction.CompactionPicker;
import storagelab.compaction.TtlFilter;
import storagelab.file.FileMetrics;
import storagelab.lsm.FileAccess;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;

/**
 * A store of lab 5 under a load, and what that costs: bytes written to files and bytes read from them, by flushes, merges, gets
 * and scans. The thread that writes does the merges, the clock is a counter, and there is no cache and no log: the figures do not
 * depend on the machine.
 */
public final class ShapeLoad implements AutoCloseable {
    /** Puts from one flush to the next. */
    public static final int FLUSH_PUTS = 32;

    private static final int VALUE_BYTES = 100;
    private static final int ENTRY_BYTES = 8 + VALUE_BYTES;
    private static final int BLOCK_BYTES = 1_000;
    private static final int FILTER_BITS = 4;
    private static final double FALSE_POSITIVES = 0.15;
    private static final int FLUSH_MILLIS = 1_000;
    private static final int LIVE_FLUSHES = 40;
    private static final int SERIES_FLUSHES = 128;
    private static final int WINDOW_FLUSHES = 8;
    private static final int SCAN_SHARE = 8;

    /** What the store is asked for. */
    public enum Kind {
        /** Puts over values. */
        UPDATES("updates"),
        /** Gets, of which every second finds nothing, and a few puts. */
        GETS("gets"),
        /** Scans of an eighth of all keys, and puts. */
        SCANS("scans"),
        /** New keys of devices, which expire. */
        SERIES("series that expires");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** What a table calls it. */
        public String words() {
            return words;
        }

        /**
         * Whether the tree of a shape stays bounded with this load. Windows of time never merge old versions with new ones: if values
         * do not expire, each flush that ends a window is one run more for ever.
         */
        public boolean isBounded(TreeShape shape) {
            return shape != TreeShape.TIME_WINDOW || this == SERIES;
        }
    }

    private final LsmStore store;
    private final SplittableRandom random;
    private final LoadCounters counters;
    private final int keys = LIVE_FLUSHES * FLUSH_PUTS;
    private long millis = 1;
    private long writes;
    private long series;

    /**
     * A store in {@code directory} that is merged by {@code picker}. Values expire if they are a series, see {@link
     * Kind#SERIES}.
     */
    public ShapeLoad(Path directory, CompactionPicker picker, Kind kind, long seed) {
        this.random = new SplittableRandom(seed);
        InstantSource clock = () -> Instant.ofEpochMilli(millis);
        this.counters = new LoadCounters(clock);
        CompactionFilter expiry = new TtlFilter(
                        Duration.ofMillis((long) SERIES_FLUSHES * FLUSH_MILLIS), clock, value -> value.wordAt(0))
                .forWholeRuns();
        LsmOptions options = LsmOptions.defaults()
                .withoutLog()
                .withMaintenance(MaintenanceKind.FOREGROUND)
                .withFileAccess(FileAccess.CHANNEL)
                .withCacheBytes(0)
                .withTableBytes((long) FLUSH_PUTS * ENTRY_BYTES)
                .withTable(LsmOptions.defaults()
                        .table()
                        .withBlockBytes(BLOCK_BYTES)
                        .withFilter(new BloomFilter(FILTER_BITS)))
                .withCompactionFilter(kind == Kind.SERIES ? expiry : CompactionFilter.NONE)
                .withClock(clock)
                .withPicker(picker);
        this.store = LsmStore.open(directory, options);
    }

    /** What an {@link AdaptiveCompaction} of such a store knows. */
    public static AdaptiveOptions options() {
        return AdaptiveOptions.defaults()
                .withBytes((long) FLUSH_PUTS * (ENTRY_BYTES + 12), BLOCK_BYTES)
                .withFalsePositives(FALSE_POSITIVES)
                .withWindowMillis((long) WINDOW_FLUSHES * FLUSH_MILLIS);
    }

    /** The store. */
    public LsmStore store() {
        return store;
    }

    /** Puts as many entries as there are at any time. */
    public void fill(Kind kind) {
        if (kind == Kind.SERIES) {
            run(kind, SERIES_FLUSHES);
            return;
        }
        for (int i = 0; i < keys; i++) {
            put(key(i), Long.MAX_VALUE);
        }
        counters.take();
    }

    /** A load of so many flushes; returns what it was asked for. */
    public LoadWindow run(Kind kind, int flushes) {
        for (int i = 0; i < flushes * FLUSH_PUTS; i++) {
            switch (kind) {
                case UPDATES -> update();
                case GETS -> {
                    update();
                    for (int get = 0; get < 16; get++) {
                        get();
                    }
                }
                case SCANS -> {
                    update();
                    if (i % 32 == 0) {
                        scan();
                    }
                }
                case SERIES -> {
                    put(key(series++), millis);
                    if (i % 64 == 0) {
                        get();
                    }
                }
            }
        }
        return counters.take();
    }

    /** Bytes written to files and read from them, since the store was opened. */
    public long costBytes() {
        StoreStats stats = store.stats();
        return stats.get(FileMetrics.BYTES_WRITTEN) + stats.get(FileMetrics.BYTES_READ);
    }

    /** Merges since the store was opened. */
    public long merges() {
        return store.stats().get(Metric.COMPACTIONS);
    }

    private void update() {
        counters.overwrites(1);
        put(key(random.nextInt(keys)), Long.MAX_VALUE);
    }

    private void get() {
        boolean isMiss = random.nextBoolean();
        Slice key = key(isMiss ? -1 - random.nextInt(keys) : random.nextInt(keys));
        if (store.get(key).isPresent()) {
            counters.hit();
        } else {
            counters.miss();
        }
    }

    private void scan() {
        long bytes = 0;
        Slice from = key(random.nextInt(keys));
        try (Cursor cursor = store.cursor(new KeyRange(from, null))) {
            int left = keys / SCAN_SHARE;
            for (cursor.seekToFirst(); cursor.isValid() && left > 0; cursor.next()) {
                bytes += ENTRY_BYTES;
                left--;
            }
        }
        counters.scan(bytes);
    }

    private void put(Slice key, long time) {
        byte[] rest = new byte[VALUE_BYTES - Long.BYTES];
        random.nextBytes(rest);
        Slice value = new ByteWriter(VALUE_BYTES)
                .putFixed64(Long.reverseBytes(time))
                .putBytes(Slice.wrap(rest))
                .toSlice();
        store.put(key, value);
        counters.write(ENTRY_BYTES);
        if (++writes % FLUSH_PUTS == 0) {
            millis += FLUSH_MILLIS;
            store.flush();
        }
    }

    /** Keys in no order: an odd factor permutes the numbers of 64 bits. */
    private static Slice key(long number) {
        return new ByteWriter(Long.BYTES)
                .putFixed64(number * 0x9E3779B97F4A7C15L)
                .toSlice();
    }

    @Override
    public void close() {
        store.close();
    }
}
