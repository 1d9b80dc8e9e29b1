package storagelab.hybrid.experiment;

import java.util.Random;
import storagelab.cache.CacheSimulator;
import storagelab.cache.PolicyKind;
import storagelab.cache.Traces;
import storagelab.compaction.CompactionSimulator;
import storagelab.compaction.LeveledPicker;
import storagelab.hybrid.Knob;

/**
 * A memory of 10 MiB that an LSM tree divides between its memtable and its block cache, and what a request costs in bytes
 * that are read and written. Nothing is stored: gets go to lab 4's simulator of a cache, puts pay the write amplification
 * that lab 5's simulator of merges has found for memtables of this size.
 *
 * <p>A larger memtable is flushed less often, so that each merge with level 1 takes more new entries along. A larger cache
 * finds more blocks. A change of the split empties the cache.
 */
final class SplitMemory implements Knob {
    /** Bytes of a block of the cache. */
    private static final int BLOCK_BYTES = 4_096;

    private static final int ENTRY_BYTES = 100;
    private static final int MEMORY_MIB = 10;

    /** How many divisions there are: from 1 MiB for the memtable to all but 1 MiB. */
    static final int SETTINGS = MEMORY_MIB - 1;

    private static final int BLOCKS = 20_000;
    private static final int TRACE_LENGTH = 1 << 20;
    private static final long LOADED_BYTES = 512L << 20;

    private static final double[] WRITE_AMPLIFICATION = new double[SETTINGS];

    static {
        for (int setting = 0; setting < WRITE_AMPLIFICATION.length; setting++) {
            long flushBytes = (setting + 1L) << 20;
            WRITE_AMPLIFICATION[setting] = new CompactionSimulator(
                            LeveledPicker.defaults(), new CompactionSimulator.Load(flushBytes, 2 << 20, 1_000))
                    .flush(LOADED_BYTES / flushBytes)
                    .writeAmplification();
        }
    }

    private final int[] trace;
    private final Random random;
    private int position;
    private int setting;
    private CacheSimulator cache;

    /** A memory with this setting, and gets that follow Zipf's law. */
    SplitMemory(int setting, long seed) {
        random = new Random(seed);
        trace = Traces.zipf(BLOCKS, TRACE_LENGTH, random);
        this.setting = setting;
        cache = emptyCache();
    }

    private CacheSimulator emptyCache() {
        int slots = (int) (((long) (MEMORY_MIB - 1 - setting) << 20) / BLOCK_BYTES);
        return new CacheSimulator(PolicyKind.CLOCK.create(slots), slots);
    }

    /** The mean cost of {@code requests} requests in bytes, of which a share of {@code gets} are gets. */
    double window(int requests, double gets) {
        double bytes = 0;
        for (int i = 0; i < requests; i++) {
            if (random.nextDouble() >= gets) {
                bytes += ENTRY_BYTES * WRITE_AMPLIFICATION[setting];
            } else if (!cache.access(trace[position++ % TRACE_LENGTH])) {
                bytes += BLOCK_BYTES;
            }
        }
        return bytes / requests;
    }

    @Override
    public String name() {
        return "memtable, of " + MEMORY_MIB + " MiB with the cache";
    }

    @Override
    public int settingCount() {
        return SETTINGS;
    }

    @Override
    public int setting() {
        return setting;
    }

    @Override
    public void set(int newSetting) {
        setting = newSetting;
        cache = emptyCache();
    }

    @Override
    public String describe(int described) {
        return described + 1 + " MiB";
    }
}
