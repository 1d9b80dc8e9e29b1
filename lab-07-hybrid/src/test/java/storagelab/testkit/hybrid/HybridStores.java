package storagelab.testkit.hybrid;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import storagelab.cost.EngineCosts;
import storagelab.hybrid.BoundaryOptions;
import storagelab.hybrid.HybridEngine;
import storagelab.hybrid.HybridOptions;
import storagelab.hybrid.RouterOptions;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.testkit.tier.MovingStore;
import storagelab.testkit.writeback.SmallCaches;
import storagelab.workload.TrackerOptions;

/** Hybrid stores that are small, and move their keys as much as they can. */
public final class HybridStores {
    private HybridStores() {}

    /** Small files and a small cache; rounds are made by the test. */
    public static HybridOptions small() {
        DurableOptions small = SmallCaches.options(EngineKind.BTREE);
        return HybridOptions.defaults()
                .withStore(DurableOptions.defaults(new HybridEngine(SmallCaches.OPTIONS))
                        .withLog(small.log())
                        .withCheckpointLogBytes(small.checkpointLogBytes())
                        .withBtree(small.btree())
                        .withLsm(small.lsm()))
                .withMigrator(MovingStore.SMALL_STEPS)
                .withRoundEvery(Duration.ZERO);
    }

    /** The same, with a round each millisecond, in which every range may be divided, merged, and moved to the engine where it is not. */
    public static HybridOptions restless() {
        AtomicLong asked = new AtomicLong();
        return small().withTracker(TrackerOptions.defaults().withHalfLife(Duration.ofMillis(20)))
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
