package storagelab.hybrid;

import storagelab.cost.CostModel;
import storagelab.cost.EngineCosts;
import storagelab.cost.EngineSettings;
import storagelab.cost.HardwareProfile;
import storagelab.cost.RangeData;
import storagelab.cost.Spread;
import storagelab.recovery.EngineKind;
import storagelab.workload.RangeStatistics;
import storagelab.writeback.WriteBackOptions;

/**
 * What a load costs on an LSM tree, and on a B+tree that has a write-back cache in front of it, as those of a {@link HybridStore}: the {@link CostModel}, with fewer
 * writes for the tree. Of the writes to a key between two flushes of the cache, the tree gets one.
 *
 * <p>The writes from one flush to the next touch some of the keys ({@link Spread#touched}). A flush is due when as many keys are dirty as the cache has room for, or when the
 * engines make a checkpoint:
 *
 * <pre>
 *   room     flushBytes of the cache / (bytes of an entry + {@value #DIRTY_ENTRY_BYTES})
 *   n        writes to a flush: those that touch as many keys as there is room for; at most checkpointBytes / bytes of an entry, and at most the writes
 *            of the load, since nobody knows that earlier ones went to the same keys; at least 1
 *   share    touched(n) / n of the writes reach the tree
 * </pre>
 *
 * <p>A write that does not reach the tree is a look into a hash table, and costs what the look into one page of the tree costs.
 *
 * <p>Example: 1,000 prices of 116 bytes, each as likely as the others; room for 5,000 entries, and a checkpoint each 4,640,000 bytes. All 1,000 are dirty long before the
 * checkpoint, which comes after 40,000 writes: the tree gets 1,000 of them, 2.5 %. If the load has only 500 writes, they touch 393 keys, and the tree gets 79 %.
 *
 * <p>What it does not see: that the ranges on the tree share one cache, and all ranges one checkpoint; and that the LSM tree may have another shape than a leveled one ({@link ShapeWatch}).
 *
 * @param profile of the machine
 * @param tree settings of the tree, whose pool has all of this memory
 * @param tables settings of the LSM tree
 * @param cache in front of the tree
 */
public record WriteBackCosts(
        HardwareProfile profile, EngineSettings tree, EngineSettings tables, WriteBackOptions cache)
        implements LoadCosts {
    private static final int DIRTY_ENTRY_BYTES = 210;

    @Override
    public EngineCosts costs(RangeStatistics load, double seconds, RangeData data) {
        double share = shareOfWrites(load, data);
        EngineCosts behindCache = new CostModel(profile, tree).costs(withWrites(load, share), seconds, data);
        double absorbed = (1 - share) * load.writes() * profile.processor().levelMicros() / seconds;
        return new EngineCosts(
                behindCache.of(EngineKind.BTREE) + absorbed,
                new CostModel(profile, tables).costs(load, seconds, data).of(EngineKind.LSM));
    }

    /** Which share of the writes to these keys reaches the tree. */
    double shareOfWrites(RangeStatistics load, RangeData data) {
        double entryBytes = Math.max(1, data.meanEntryBytes());
        Spread keys = new Spread(data.entries(), data.locality());
        double untilFull = keys.requestsToTouch(cache.flushBytes() / (entryBytes + DIRTY_ENTRY_BYTES));
        double untilCheckpoint = tree.checkpointBytes() / entryBytes;
        double writes = Math.max(1, Math.min(load.writes(), Math.min(untilFull, untilCheckpoint)));
        return Math.min(1, keys.touched(writes) / writes);
    }

    private static RangeStatistics withWrites(RangeStatistics load, double share) {
        return new RangeStatistics(
                load.range(),
                load.hits(),
                load.misses(),
                load.shortScans(),
                load.longScans(),
                load.scannedEntries(),
                share * load.puts(),
                share * load.deletes(),
                load.bytesRead(),
                share * load.bytesWritten());
    }
}
