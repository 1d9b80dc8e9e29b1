package storagelab.cost;

import storagelab.btree.BTreeOptions;
import storagelab.compaction.LeveledPicker;
import storagelab.lsm.LsmOptions;

/**
 * How both engines are set up, with the same memory for each.
 *
 * @param memoryBytes for the pool of the tree; for the memtable and the block cache together of the LSM tree
 * @param checkpointBytes keys and values written between two checkpoints of the tree
 * @param memtableBytes of the LSM tree, at most half of the memory
 * @param levels the shape of the LSM tree
 */
public record EngineSettings(long memoryBytes, long checkpointBytes, long memtableBytes, LeveledPicker levels) {
    /** Bits of a filter for each key, of which about one absent key in 120 passes. */
    static final int FILTER_BITS_PER_KEY = 10;

    private static final long MEMORY_BYTES = 64L << 20;
    private static final long CHECKPOINT_BYTES = 256L << 20;
    private static final long MEMTABLE_BYTES = 4L << 20;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is too small, or the memtable takes more than half of the memory
     */
    public EngineSettings {
        long least = (long) BTreeOptions.POOL_PAGES_MIN * Work.PAGE_BYTES;
        if (memoryBytes < least || checkpointBytes < 1 || memtableBytes < 1 || memtableBytes > memoryBytes / 2) {
            throw new IllegalArgumentException(memoryBytes + " bytes of memory, with a memtable of " + memtableBytes
                    + " and checkpoints each " + checkpointBytes + " bytes");
        }
    }

    /** 64 MiB of memory, and the rest as both engines have it by default. */
    public static EngineSettings defaults() {
        return new EngineSettings(MEMORY_BYTES, CHECKPOINT_BYTES, MEMTABLE_BYTES, LeveledPicker.defaults());
    }

    /** With another amount of memory. */
    public EngineSettings withMemoryBytes(long bytes) {
        return new EngineSettings(bytes, checkpointBytes, memtableBytes, levels);
    }

    /** With another distance of checkpoints. */
    public EngineSettings withCheckpointBytes(long bytes) {
        return new EngineSettings(memoryBytes, bytes, memtableBytes, levels);
    }

    /** With another memtable. */
    public EngineSettings withMemtableBytes(long bytes) {
        return new EngineSettings(memoryBytes, checkpointBytes, bytes, levels);
    }

    /** With another shape of the LSM tree. */
    public EngineSettings withLevels(LeveledPicker other) {
        return new EngineSettings(memoryBytes, checkpointBytes, memtableBytes, other);
    }

    /** The memory that is left for blocks of tables. */
    public long cacheBytes() {
        return memoryBytes - memtableBytes;
    }

    /** The size of the tables that flushes and merges write. */
    public long tableBytes() {
        return Math.max(memtableBytes / 2, Work.PAGE_BYTES);
    }

    /** Options of a B+tree that is set up like this. */
    public BTreeOptions btree() {
        return BTreeOptions.defaults()
                .withPageSizeBytes(Work.PAGE_BYTES)
                .withPoolBytes(memoryBytes)
                .withCheckpointBytes(checkpointBytes);
    }

    /** Options of an LSM tree that is set up like this. */
    public LsmOptions lsm() {
        return LsmOptions.defaults()
                .withMemtableBytes(memtableBytes)
                .withTableBytes(tableBytes())
                .withCacheBytes(cacheBytes())
                .withPicker(levels);
    }
}
