package storagelab.hybrid;

import java.time.InstantSource;
import storagelab.adaptive.AdaptiveCompaction;
import storagelab.adaptive.LoadWindow;
import storagelab.api.StoreStats;
import storagelab.lsm.LsmMetrics;
import storagelab.lsm.LsmStore;
import storagelab.recovery.EngineKind;
import storagelab.tier.TieredEngine;
import storagelab.workload.AccessTracker;
import storagelab.workload.RangeStatistics;

/**
 * Tells the picker of the LSM tree what the tree was asked for, so that the shape of the tree follows its load. It does nothing if the tree has a picker of one shape.
 *
 * <p>The requests are those that the tracker has counted for the ranges on the tree. A put does not look whether its key has a value, so the share of writes over a value is not counted.
 * It is measured by what merges drop: the bytes that flushes write and merges do not write again are old versions. It is 0 at first, and measured whenever the flushes since the
 * last time have written {@value #FLUSHES} memtables.
 *
 * <p>Concurrency: safe for many threads.
 */
final class ShapeWatch {
    private static final int FLUSHES = 16;
    private static final double MILLIS_PER_SECOND = 1_000;

    private final AccessTracker tracker;
    private final TieredEngine engine;
    private final RangeSizes sizes;
    private final long measuredBytes; // that are flushed from one measurement to the next
    private final InstantSource clock;
    private long observedMillis; // guarded by this
    private StoreStats measured; // guarded by this
    private double overwriteShare; // guarded by this

    /**
     * A watch of the LSM tree of {@code engine}.
     *
     * @param memtableBytes of the tree
     */
    ShapeWatch(AccessTracker tracker, TieredEngine engine, RangeSizes sizes, long memtableBytes, InstantSource clock) {
        this.tracker = tracker;
        this.engine = engine;
        this.sizes = sizes;
        this.measuredBytes = FLUSHES * memtableBytes;
        this.clock = clock;
        this.observedMillis = clock.millis();
        this.measured = tree().stats();
    }

    private LsmStore tree() {
        return (LsmStore) engine.tier(EngineKind.LSM.id());
    }

    /** Tells the picker the load since the last call, and lets the tree be merged if that has changed its shape. */
    synchronized void observe() {
        long now = clock.millis();
        double counted = tracker.countedSeconds();
        if (now > observedMillis && counted > 0 && tree().picker() instanceof AdaptiveCompaction picker) {
            if (picker.observe(window(now - observedMillis, counted))) {
                tree().pickAgain();
            }
            observedMillis = now;
        }
    }

    private LoadWindow window(long millis, double countedSeconds) {
        double part = millis / MILLIS_PER_SECOND / countedSeconds;
        double hits = 0;
        double misses = 0;
        double scans = 0;
        double scannedBytes = 0;
        double writes = 0;
        double writtenBytes = 0;
        for (RangeStatistics load : tracker.ranges()) {
            if (sizes.engineOf(load.range()) == EngineKind.LSM && load.requests() > 0) {
                double entryBytes = sizes.meanEntryBytes(load.range());
                hits += load.hits();
                misses += load.misses();
                scans += load.scans();
                scannedBytes += load.scannedEntries() * entryBytes;
                writes += load.writes();
                writtenBytes += load.writes() * entryBytes;
            }
        }
        long written = Math.round(part * writes);
        return new LoadWindow(
                millis,
                Math.round(part * hits),
                Math.round(part * misses),
                Math.round(part * scans),
                Math.round(part * scannedBytes),
                written,
                Math.round(part * writtenBytes),
                Math.round(written * overwriteShare()));
    }

    private double overwriteShare() {
        StoreStats now = tree().stats();
        double flushed = now.get(LsmMetrics.FLUSHED_BYTES) - measured.get(LsmMetrics.FLUSHED_BYTES);
        if (flushed >= measuredBytes) {
            double left = now.get(LsmMetrics.MERGED_AWAY_BYTES) - measured.get(LsmMetrics.MERGED_AWAY_BYTES);
            overwriteShare = Math.min(1, left / flushed);
            measured = now;
        }
        return overwriteShare;
    }
}
