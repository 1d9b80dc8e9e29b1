package storagelab.sortedlog;

import storagelab.api.MaintenanceKind;

/**
 * How a {@link SortedLogStore} is set up.
 *
 * @param memtableBytes a write that finds this many {@linkplain Memtable#sizeBytes() bytes} in the memtable first starts
 *     a new one and has the full one written out
 * @param tableList where the list of tables is kept
 * @param maintenance who writes memtables out and merges tables
 * @param maxFrozenMemtables full memtables that may wait to be written out before writers are stopped
 * @param compactionTrigger number of neighbouring tables of about one size that are merged, {@link #NO_COMPACTION} for
 *     never
 */
public record SortedLogOptions(
        long memtableBytes,
        TableListKind tableList,
        MaintenanceKind maintenance,
        int maxFrozenMemtables,
        int compactionTrigger) {
    /** A {@link #compactionTrigger} that is never reached: only {@link SortedLogStore#compact()} merges tables. */
    public static final int NO_COMPACTION = Integer.MAX_VALUE;

    private static final long DEFAULT_MEMTABLE_BYTES = 4L << 20;

    /** Checks the numbers. */
    public SortedLogOptions {
        if (memtableBytes < 1) {
            throw new IllegalArgumentException("memtableBytes " + memtableBytes + " is not positive");
        }
        if (maxFrozenMemtables < 1) {
            throw new IllegalArgumentException("maxFrozenMemtables " + maxFrozenMemtables + " is not positive");
        }
        if (compactionTrigger < 2) {
            throw new IllegalArgumentException("compactionTrigger " + compactionTrigger + " is below 2");
        }
    }

    /** Memtables of 4 MiB, a durable list, work in the background, four frozen memtables, four tables to a merge. */
    public static SortedLogOptions defaults() {
        return new SortedLogOptions(DEFAULT_MEMTABLE_BYTES, TableListKind.DURABLE, MaintenanceKind.BACKGROUND, 4, 4);
    }

    /** These options with another memtable size. */
    public SortedLogOptions withMemtableBytes(long bytes) {
        return new SortedLogOptions(bytes, tableList, maintenance, maxFrozenMemtables, compactionTrigger);
    }

    /** These options with the list of tables kept elsewhere. */
    public SortedLogOptions withTableList(TableListKind kind) {
        return new SortedLogOptions(memtableBytes, kind, maintenance, maxFrozenMemtables, compactionTrigger);
    }

    /** These options with the maintenance done by somebody else. */
    public SortedLogOptions withMaintenance(MaintenanceKind kind) {
        return new SortedLogOptions(memtableBytes, tableList, kind, maxFrozenMemtables, compactionTrigger);
    }

    /** These options with another bound on frozen memtables. */
    public SortedLogOptions withMaxFrozenMemtables(int count) {
        return new SortedLogOptions(memtableBytes, tableList, maintenance, count, compactionTrigger);
    }

    /** These options with another number of tables to a merge. */
    public SortedLogOptions withCompactionTrigger(int tables) {
        return new SortedLogOptions(memtableBytes, tableList, maintenance, maxFrozenMemtables, tables);
    }
}
