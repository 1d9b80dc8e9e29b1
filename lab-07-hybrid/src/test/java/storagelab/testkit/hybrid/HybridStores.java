package storagelab.testkit.hybrid;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import storagelab.adaptive.AdaptiveCompaction;
import storagelab.adaptive.AdaptiveOptions;
import storagelab.adaptive.TreeShape;
import storagelab.cost.EngineCosts;
import storagelab.hybrid.BoundaryOptions;
import storagelab.hybrid.HybridEngine;
import storagelab.hybrid.HybridOptions;
import storagelab.hybrid.RouterOptions;
import storagelab.lsm.LsmOptions;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.testkit.tier.MovingStore;
import storagelab.testkit.writeback.SmallCaches;
import storagelab.workload.TrackerOptions;

/** Hybrid stores that are small, and move their keys as much as they can. */
public final class HybridStores {
    private HybridStores() {}

    /** Small files and a small cache; rounds are made by the test. The shape of the LSM tree follows its load. */
    public static HybridOptions small() {
        DurableOptions small = SmallCaches.options(EngineKind.BTREE);
        return HybridOptions.defaults()
                .withStore(DurableOptions.defaults(new HybridEngine(SmallCaches.OPTIONS))
                        .withLog(small.log())
                        .withCheckpointLogBytes(small.checkpointLogBytes())
                        .withBtree(small.btree())
                        .withLsm(LsmOptions.defaults()
                                .withMemtableBytes(small.lsm().memtableBytes())
                                .withTableBytes(small.lsm().tableBytes())
                                .withTable(small.lsm().table())
                                .withMaintenance(small.lsm().maintenance())))
                .withMigrator(MovingStore.SMALL_STEPS)
                .withRoundEvery(Duration.ZERO);
    }

    /** The same, with a round each millisecond, in which every range may be divided, merged, and moved to the engine where it is not; two runs are enough for a merge. */
    public static HybridOptions restless() {
        AtomicLong asked = new AtomicLong();
        DurableOptions store = small().store();
        LsmOptions tables = store.lsm();
        AdaptiveOptions shapes = AdaptiveOptions.defaults()
                .withFactor(2)
                .withBytes(tables.memtableBytes(), tables.table().blockBytes());
        return small().withStore(
                        store.withLsm(tables.withPicker(new AdaptiveCompaction(shapes, TreeShape.LAZY_LEVELED))))
                .withTracker(TrackerOptions.defaults().withHalfLife(Duration.ofMillis(20)))
                .withRouter(RouterOptions.defaults()
                        .withPeriod(Duration.ofMillis(1))
                        .withRatioMin(1)
                        .withMoveMicros(0)
                        .withBudgetBytes(1L << 50)
                        .withBoundaries(new BoundaryOptions(16, 20, 200, 1.5, 1)))
                .withCosts((load, seconds, data) ->
                        asked.incrementAndGet() / 20 % 2 == 0 ? new EngineCosts(1, 100) : new EngineCosts(100, 1))
                .withRoundEvery(Duration.ofMillis(1));
    }
}
