package storagelab.grader.bench.engine;

import storagelab.api.Durability;

/**
 * How an engine is set up.
 *
 * @param cacheBytes memory that it may use to keep what is on the disk
 * @param dataBytes bytes of keys and values that will be stored; for engines that have to know
 * @param puts {@link Durability#SYNCED} if a put has to be on the disk when it returns
 */
public record EngineSettings(long cacheBytes, long dataBytes, Durability puts) {
    private static final long MEMTABLE_BYTES_MAX = 64L << 20;
    private static final int MEMTABLES_A_CACHE = 4;

    /** Whether a put has to be on the disk when it returns. */
    public boolean isSynced() {
        return puts == Durability.SYNCED;
    }

    /** What an engine that collects writes in memory collects before it writes them out. */
    public long memtableBytes() {
        return Math.min(MEMTABLE_BYTES_MAX, cacheBytes / MEMTABLES_A_CACHE);
    }
}
