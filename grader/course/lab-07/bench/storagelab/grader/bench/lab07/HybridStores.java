package storagelab.grader.bench.lab07;

import java.nio.file.Path;
import java.time.Duration;
import storagelab.api.MaintenanceKind;
import storagelab.btree.BTreeOptions;
import storagelab.hybrid.HybridEngine;
import storagelab.hybrid.HybridOptions;
import storagelab.hybrid.HybridStore;
import storagelab.lsm.FileAccess;
import storagelab.lsm.LsmOptions;
import storagelab.recovery.DurableOptions;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalOptions;
import storagelab.workload.TrackerOptions;
import storagelab.writeback.WriteBackOptions;

/** Hybrid stores without rounds of their own. */
final class HybridStores {
    private static final int MEMORY_BYTES = 8 << 20;
    private static final long ALL = 1L << 30;

    private HybridStores() {}

    /** Opens a store that is measured in time: a cache of 8 MiB, flushed in the background, in front of engines with as much memory. */
    static HybridStore timed(Path directory) {
        return HybridStore.open(directory, options(DurableOptions.defaults(engine(MEMORY_BYTES))));
    }

    /** Opens a store that does nothing in the background, and whose clock stands still, so that what it does can be counted. */
    static HybridStore counted(Path directory) {
        DurableOptions store = DurableOptions.defaults(engine(ALL))
                .withLog(new WalOptions(16 << 20, SegmentAccess.CHANNEL))
                .withCheckpointLogBytes(ALL);
        return HybridStore.open(
                directory, options(store).withTracker(TrackerOptions.defaults().withClock(new HandClock())));
    }

    private static HybridEngine engine(long dirtyBytes) {
        return new HybridEngine(WriteBackOptions.defaults().withDirtyBytesMax(dirtyBytes));
    }

    private static HybridOptions options(DurableOptions store) {
        LsmOptions lsm = LsmOptions.defaults()
                .withMemtableBytes(MEMORY_BYTES / 4)
                .withCacheBytes(MEMORY_BYTES)
                .withFileAccess(FileAccess.CHANNEL)
                .withMaintenance(MaintenanceKind.FOREGROUND)
                .withoutStalls();
        return HybridOptions.defaults()
                .withStore(store.withBtree(BTreeOptions.defaults().withPoolBytes(MEMORY_BYTES))
                        .withLsm(lsm))
                .withRoundEvery(Duration.ZERO);
    }
}
