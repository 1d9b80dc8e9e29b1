package storagelab.hybrid.experiment;

import java.nio.file.Path;
import java.time.Duration;
import storagelab.api.OrderedStore;
import storagelab.btree.BTreeOptions;
import storagelab.cost.EngineSettings;
import storagelab.cost.HardwareProfile;
import storagelab.hybrid.BoundaryOptions;
import storagelab.hybrid.HybridEngine;
import storagelab.hybrid.HybridOptions;
import storagelab.hybrid.HybridStore;
import storagelab.hybrid.LoadCosts;
import storagelab.hybrid.RouterOptions;
import storagelab.hybrid.WriteBackCosts;
import storagelab.kv.CrashSafeStore;
import storagelab.lsm.LsmOptions;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.tier.MigratorOptions;
import storagelab.writeback.WriteBackOptions;

/** The stores of the decision matrix: behind the same log, with the same memory. */
enum MatrixStore {
    /** Lab 6's store over a B+tree. */
    BTREE("B+tree"),

    /** The same over an LSM tree. */
    LSM("LSM tree"),

    /** Lab 7's store over both. */
    HYBRID("hybrid");

    private static final int ROUND_OPERATIONS = 20_000;

    private final String title;

    MatrixStore(String title) {
        this.title = title;
    }

    /** What it is called in tables. */
    String title() {
        return title;
    }

    /** Opens a store with so many bytes of memory for pages, blocks, memtables and the cache, on a machine that was measured. A hybrid one makes a round each twenty thousand operations of the clock. */
    Opened open(Path directory, long memoryBytes, StepClock clock, HardwareProfile machine) {
        if (this == HYBRID) {
            HybridStore store = HybridStore.open(directory, hybrid(memoryBytes, clock, machine));
            return new Opened(store, () -> {
                if (clock.operations() % ROUND_OPERATIONS == 0) {
                    store.runRound();
                }
            });
        }
        DurableOptions options = this == BTREE
                ? DurableOptions.defaults(EngineKind.BTREE).withBtree(btree(memoryBytes))
                : DurableOptions.defaults(EngineKind.LSM).withLsm(lsm(memoryBytes));
        return new Opened(CrashSafeStore.open(directory, options), () -> {});
    }

    /**
     * A store, and what is to be done after each operation.
     *
     * @param entries the store
     * @param afterOperation makes a round if it is time for one
     */
    record Opened(OrderedStore entries, Runnable afterOperation) {}

    private static BTreeOptions btree(long memoryBytes) {
        return BTreeOptions.defaults().withPoolBytes(memoryBytes);
    }

    private static LsmOptions lsm(long memoryBytes) {
        long memtable = memoryBytes / 4;
        return LsmOptions.defaults()
                .withMemtableBytes(memtable)
                .withTableBytes(memtable / 2)
                .withCacheBytes(memoryBytes - memtable);
    }

    private static HybridOptions hybrid(long memoryBytes, StepClock clock, HardwareProfile machine) {
        long cache = memoryBytes * 3 / 8;
        long tables = memoryBytes * 3 / 8;
        long pool = memoryBytes / 4;
        long memtable = memoryBytes / 4;
        WriteBackOptions writeBack = WriteBackOptions.defaults().withDirtyBytesMax(cache);
        EngineSettings none = EngineSettings.defaults().withMemtableBytes(1);
        LoadCosts costs = new WriteBackCosts(
                machine,
                none.withMemoryBytes(pool),
                none.withMemoryBytes(2 * memtable).withMemtableBytes(memtable), // the model wants as much for blocks
                writeBack);
        HybridOptions options = HybridOptions.defaults();
        return options.withStore(DurableOptions.defaults(new HybridEngine(writeBack))
                        .withBtree(btree(pool))
                        .withLsm(lsm(tables).withMemtableBytes(memtable)))
                .withCosts(costs)
                .withTracker(options.tracker().withClock(clock).withHalfLife(Duration.ofSeconds(1)))
                .withRouter(RouterOptions.defaults()
                        .withClock(clock)
                        .withPeriod(Duration.ofSeconds(2))
                        .withHorizon(Duration.ofMinutes(5))
                        .withBoundaries(new BoundaryOptions(64, 256 << 10, 32 << 20, 4, 1)))
                .withMigrator(MigratorOptions.defaults().withBytesPerSecond(Long.MAX_VALUE))
                .withRoundEvery(Duration.ZERO);
    }
}
