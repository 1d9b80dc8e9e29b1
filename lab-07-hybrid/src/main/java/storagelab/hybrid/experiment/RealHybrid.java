package storagelab.hybrid.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import storagelab.api.KeyValueStore;
import storagelab.api.Metric;
import storagelab.btree.BTreeOptions;
import storagelab.cost.CostModel;
import storagelab.cost.EngineSettings;
import storagelab.cost.HardwareProfile;
import storagelab.course.ExerciseNotDone;
import storagelab.hybrid.BoundaryOptions;
import storagelab.hybrid.HybridEngine;
import storagelab.hybrid.HybridMetrics;
import storagelab.hybrid.HybridOptions;
import storagelab.hybrid.HybridStore;
import storagelab.hybrid.RouterOptions;
import storagelab.recovery.DurableOptions;
import storagelab.tier.MigratorOptions;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalOptions;
import storagelab.workload.TrackerOptions;
import storagelab.writeback.WriteBackOptions;

/**
 * The lab's {@link HybridStore} as an experiment that is to give the same figures again: its time is the number of requests, and what it does in the background
 * elsewhere, rounds, flushes, checkpoints and merges, is done between two requests. Its engines are as large as those of the toy.
 */
final class RealHybrid implements Hybrid {
    /** What an experiment says that shows the toy alone. */
    static final String NOT_DONE =
            " The hybrid store is not shown: it needs the exercises up to 7.11, and not all of them are done.";

    private static final int ROUNDS_A_PERIOD = 8;
    private static final int HORIZON_PERIODS = 4; // as by default
    private static final int LOOK_REQUESTS = 1_000; // from one look at the size of the cache to the next one
    private static final long NEVER_BYTES = 1L << 40; // nothing begins by itself
    private static final long MEMORY_BYTES = 4 << 20;
    private static final BoundaryOptions BOUNDARIES = new BoundaryOptions(256, 16 << 10, 64 << 10, 4, 1);

    private final HybridStore store;
    private final StepClock clock;
    private final int roundRequests;
    private long moved; // entries
    private long written; // bytes of keys and values until the last checkpoint

    private RealHybrid(HybridStore store, StepClock clock, int roundRequests) {
        this.store = store;
        this.clock = clock;
        this.roundRequests = roundRequests;
    }

    /**
     * Opens a new store. Its router believes in a change of the load when it has lasted for so many requests.
     *
     * @param seed of the samples
     */
    static RealHybrid open(Path directory, int periodRequests, long seed) {
        StepClock clock = new StepClock();
        Duration period = StepClock.duration(periodRequests);
        CostModel model = new CostModel(
                HardwareProfile.defaults(),
                EngineSettings.defaults()
                        .withMemtableBytes(FlushedLsm.FLUSH_BYTES)
                        .withMemoryBytes(MEMORY_BYTES));
        WriteBackOptions cache =
                WriteBackOptions.defaults().withDirtyBytesMax(NEVER_BYTES).withFlushBytes(NEVER_BYTES);
        DurableOptions engines = DurableOptions.defaults(new HybridEngine(cache))
                .withCheckpointLogBytes(NEVER_BYTES)
                .withLog(new WalOptions(FlushedLsm.FLUSH_BYTES, SegmentAccess.CHANNEL))
                .withBtree(BTreeOptions.defaults().withPoolBytes(MEMORY_BYTES))
                .withLsm(FlushedLsm.options());
        HybridStore store = HybridStore.open(
                directory,
                HybridOptions.defaults()
                        .withStore(engines)
                        .withCosts(model::costs)
                        .withTracker(TrackerOptions.defaults()
                                .withClock(clock)
                                .withHalfLife(period.dividedBy(ROUNDS_A_PERIOD))
                                .withSeed(seed))
                        .withRouter(RouterOptions.defaults()
                                .withClock(clock)
                                .withPeriod(period)
                                .withHorizon(period.multipliedBy(HORIZON_PERIODS))
                                .withBoundaries(BOUNDARIES))
                        .withMigrator(MigratorOptions.defaults().withBytesPerSecond(Long.MAX_VALUE))
                        .withRoundEvery(Duration.ZERO));
        return new RealHybrid(store, clock, periodRequests / ROUNDS_A_PERIOD);
    }

    /** What {@code measured} returns; nothing if it needs an exercise that is not done. An experiment on the toy shows the toy alone then. */
    static <T> Optional<T> ifDone(Supplier<T> measured) {
        try {
            return Optional.of(measured.get());
        } catch (ExerciseNotDone missing) {
            return Optional.empty();
        }
    }

    @Override
    public String name() {
        return "the hybrid store";
    }

    @Override
    public KeyValueStore store() {
        return store;
    }

    /** The same store, as what it is. */
    HybridStore hybrid() {
        return store;
    }

    @Override
    public void filled() {
        store.checkpoint();
        written = store.stats().get(Metric.BYTES_IN);
    }

    /** Makes a checkpoint if there is enough to write, and a round if it is time for one. */
    @Override
    public void answered() {
        clock.step();
        if (clock.operations() % LOOK_REQUESTS == 0
                && store.stats().get(Metric.BYTES_IN) - written >= FlushedLsm.FLUSH_BYTES) {
            filled();
        }
        if (clock.operations() % roundRequests == 0) {
            store.runRound();
            moved = store.stats().get(HybridMetrics.MOVED_ENTRIES);
        }
    }

    @Override
    public long moves() {
        return moved;
    }
}
