package storagelab.lsm;

import storagelab.bloom.BloomFilter;
import storagelab.compaction.CompactionPicker;
import storagelab.compaction.LeveledPicker;
import storagelab.sortedlog.MaintenanceKind;
import storagelab.table.TableOptions;

/**
 * How a store is built.
 *
 * @param memtableBytes when a memtable is written out as a table
 * @param tableBytes how large the tables become that a merge writes
 * @param cacheBytes budget of the block cache
 * @param table how tables are written
 * @param picker which tables are merged
 * @param maintenance whether flushes and merges have threads of their own, or are done by the writer who makes them due
 * @param recoveryMode what to do with damaged logs
 */
public record LsmOptions(
        long memtableBytes,
        long tableBytes,
        long cacheBytes,
        TableOptions table,
        CompactionPicker picker,
        MaintenanceKind maintenance,
        RecoveryMode recoveryMode) {
    private static final int FILTER_BITS_PER_KEY = 10;

    /** From how many tables on level 0 each write is held up a little. */
    static final int SLOWDOWN_TABLES = 8;

    /** From how many tables on level 0 writes wait. */
    static final int STOP_TABLES = 12;

    public LsmOptions {
        if (memtableBytes < 1 || tableBytes < 1 || cacheBytes < 0) {
            throw new IllegalArgumentException("a memtable of " + memtableBytes + " bytes, tables of " + tableBytes
                    + " bytes, a cache of " + cacheBytes + " bytes");
        }
    }

    /**
     * Memtables of 4 MiB, tables of 2 MiB, a cache of 8 MiB; blocks of 4 KiB, not compressed, with a bloom filter of
     * ten bits a key; leveled compaction in the background; the newest state that is whole after a crash.
     */
    public static LsmOptions defaults() {
        return new LsmOptions(
                4 << 20,
                2 << 20,
                8 << 20,
                TableOptions.defaults().withFilter(new BloomFilter(FILTER_BITS_PER_KEY)),
                LeveledPicker.defaults(),
                MaintenanceKind.BACKGROUND,
                RecoveryMode.POINT_IN_TIME);
    }

    /** These, with memtables of another size. */
    public LsmOptions withMemtableBytes(long bytes) {
        return new LsmOptions(bytes, tableBytes, cacheBytes, table, picker, maintenance, recoveryMode);
    }

    /** These, with tables of another size. */
    public LsmOptions withTableBytes(long bytes) {
        return new LsmOptions(memtableBytes, bytes, cacheBytes, table, picker, maintenance, recoveryMode);
    }

    /** These, with another budget of the cache. */
    public LsmOptions withCacheBytes(long bytes) {
        return new LsmOptions(memtableBytes, tableBytes, bytes, table, picker, maintenance, recoveryMode);
    }

    /** These, with tables written in another way. */
    public LsmOptions withTable(TableOptions options) {
        return new LsmOptions(memtableBytes, tableBytes, cacheBytes, options, picker, maintenance, recoveryMode);
    }

    /** These, with another picker. */
    public LsmOptions withPicker(CompactionPicker other) {
        return new LsmOptions(memtableBytes, tableBytes, cacheBytes, table, other, maintenance, recoveryMode);
    }

    /** These, with maintenance done by others or by the writer. */
    public LsmOptions withMaintenance(MaintenanceKind kind) {
        return new LsmOptions(memtableBytes, tableBytes, cacheBytes, table, picker, kind, recoveryMode);
    }

    /** These, with another way to recover. */
    public LsmOptions withRecoveryMode(RecoveryMode mode) {
        return new LsmOptions(memtableBytes, tableBytes, cacheBytes, table, picker, maintenance, mode);
    }
}
