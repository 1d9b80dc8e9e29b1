package storagelab.testkit.writeback;

import java.time.Duration;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.testkit.recovery.SmallStores;
import storagelab.writeback.CachedEngine;
import storagelab.writeback.WriteBackOptions;

/** Stores with a cache so small that a short run has many flushes. */
public final class SmallCaches {
    /** A cache of some twenty entries, which flushes ten of them in several batches. */
    public static final WriteBackOptions OPTIONS =
            new WriteBackOptions(6_000, 3_000, 200, Duration.ofMinutes(10), Duration.ofMillis(1));

    private SmallCaches() {}

    /** Options of a store behind lab 6's log that has such a cache. */
    public static DurableOptions options(EngineKind engine) {
        DurableOptions small = SmallStores.options(engine);
        return DurableOptions.defaults(new CachedEngine(engine, OPTIONS))
                .withLog(small.log())
                .withCheckpointLogBytes(small.checkpointLogBytes())
                .withBtree(small.btree())
                .withLsm(small.lsm());
    }
}
