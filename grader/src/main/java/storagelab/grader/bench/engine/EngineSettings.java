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
    /** Whether a put has to be on the disk when it returns. */
    public boolean isSynced() {
        return puts == Durability.SYNCED;
    }
}
