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
import storagelab.recovery.EngineKind;
import storagelab.tier.MigratorOptions;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalOptions;
import storagelab.workload.TrackerOptions;
import storagelab.writeback.WriteBackOptions;

/**
 * The lab's {@link HybridStore} as an experiment that is to give the same figures again: its time is the number of requests, and what it does in the background
 * elsewhere, rounds, flushes, checkpoints and merges, is done between two requests.
 */
final class RealHybrid implements Hybrid {
    /** What an experiment says that shows the toy alone. */
    static final String NOT_DONE =
            " The hybrid store is not shown: it needs the exercises up to 7.11, and not all of them are done.";

    private static final int ROUNDS_A_PERIOD = 8;
    private static final int HORIZON_PERIODS = 4; // as by default
    private static final int LOOK_REQUESTS = 1_000; // from one look at the size of the cache to the next one
    private static final long NEVER_BYTES = 1L << 40; // nothing begins by itself
    private static final BoundaryOptions BOUNDARIES = BoundaryOptions.defaults().withRangesMax(256);
    private static final long RANGE_PARTS =
            4; // the smallest range that is divided has so many parts of the largest one

    private final Path tiers;
    private final TrackerOptions tracker;
    private final HybridStore store;
    private final StepClock clock;
    private final int roundRequests;
    private long moved; // entries
    private long written; // bytes of keys and values until the last checkpoint

    private RealHybrid(Path directory, HybridOptions options, StepClock clock, int roundRequests) {
        this.tiers = directory.resolve(HybridEngine.ID);
        this.tracker = options.tracker();
        this.store = HybridStore.open(directory, options);
        this.clock = clock;
        this.roundRequests = roundRequests;
    }

    /**
     * How large it is, and how long its router waits.
     *
     * @param periodRequests a change of the load is believed when it has lasted for so many requests
     * @param memoryBytes for pages of the B+tree; the cost model knows of it
     * @param rangeBytesMax a larger range is divided
     * @param seed of the samples
     */
    record Settings(int periodRequests, long memoryBytes, long rangeBytesMax, long seed) {
        /** As much memory as the toy has, which the keys of a small shop fit into, and small ranges of them. */
        static Settings small(int periodRequests, long seed) {
            return new Settings(periodRequests, 4 << 20, 64 << 10, seed);
        }
    }

    /** Opens a new store. */
    static RealHybrid open(Path directory, Settings settings) {
        StepClock clock = new StepClock();
        Duration period = StepClock.duration(settings.periodRequests);
        CostModel model = new CostModel(
                HardwareProfile.defaults(),
                EngineSettings.defaults()
                        .withMemtableBytes(FlushedLsm.FLUSH_BYTES)
                        .withMemoryBytes(settings.memoryBytes));
        WriteBackOptions cache =
                WriteBackOptions.defaults().withDirtyBytesMax(NEVER_BYTES).withFlushBytes(NEVER_BYTES);
        DurableOptions engines = DurableOptions.defaults(new HybridEngine(cache))
                .withCheckpointLogBytes(NEVER_BYTES)
                .withLog(new WalOptions(FlushedLsm.FLUSH_BYTES, SegmentAccess.CHANNEL))
                .withBtree(BTreeOptions.defaults().withPoolBytes(settings.memoryBytes))
                .withLsm(FlushedLsm.options());
        HybridOptions options = HybridOptions.defaults()
                .withStore(engines)
                .withCosts(model::costs)
                .withTracker(TrackerOptions.defaults()
                        .withClock(clock)
                        .withHalfLife(period.dividedBy(ROUNDS_A_PERIOD))
                        .withSeed(settings.seed))
                .withRouter(RouterOptions.defaults()
                        .withClock(clock)
                        .withPeriod(period)
                        .withHorizon(period.multipliedBy(HORIZON_PERIODS))
                        .withBoundaries(
                                BOUNDARIES.withBytes(settings.rangeBytesMax / RANGE_PARTS, settings.rangeBytesMax)))
                .withMigrator(MigratorOptions.defaults().withBytesPerSecond(Long.MAX_VALUE))
                .withRoundEvery(Duration.ZERO);
        return new RealHybrid(directory, options, clock, settings.periodRequests / ROUNDS_A_PERIOD);
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

    @Override
    public long bookkeepingBytes() {
        return Bookkeeping.ofHybrid(tracker, store.stats().get(HybridMetrics.RANGES));
    }

    @Override
    public long btreeBytes() {
        return Hybrid.bytesIn(tiers.resolve(EngineKind.BTREE.id()));
    }

    @Override
    public long lsmBytes() {
        return Hybrid.bytesIn(tiers.resolve(EngineKind.LSM.id()));
    }
}
