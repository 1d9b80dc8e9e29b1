package storagelab.hybrid;

import java.time.Duration;
import storagelab.cost.EngineSettings;
import storagelab.cost.HardwareProfile;
import storagelab.recovery.DurableOptions;
import storagelab.tier.MigratorOptions;
import storagelab.workload.TrackerOptions;
import storagelab.writeback.WriteBackOptions;

/**
 * How a {@link HybridStore} is built.
 *
 * @param store the log, the B+tree and the LSM tree; its engine is a {@link HybridEngine}
 * @param tracker what is counted
 * @param router when ranges move
 * @param costs what a load costs on each engine
 * @param migrator how they move
 * @param roundEvery the time between two rounds of the router; {@link Duration#ZERO} if rounds are only made by {@link HybridStore#runRound}
 */
public record HybridOptions(
        DurableOptions store,
        TrackerOptions tracker,
        RouterOptions router,
        LoadCosts costs,
        MigratorOptions migrator,
        Duration roundEvery) {
    private static final int COUNTED_ONE_IN = 8; // requests: to count one takes a quarter of the time of a get
    private static final Duration ROUND_EVERY = Duration.ofSeconds(5);

    /** Checks that the parts fit each other. */
    public HybridOptions {
        if (!(store.engine() instanceof HybridEngine)) {
            throw new IllegalArgumentException(
                    "a hybrid store with the engine \"" + store.engine().id() + "\"");
        }
        if (tracker.rangesMax() < router.boundaries().rangesMax()) {
            throw new IllegalArgumentException("a router of "
                    + router.boundaries().rangesMax() + " ranges, and a tracker of " + tracker.rangesMax());
        }
        if (roundEvery.isNegative()) {
            throw new IllegalArgumentException("a round each " + roundEvery);
        }
    }

    /** Defaults of all parts, but one request of {@value #COUNTED_ONE_IN} is counted; the hardware that most machines are like; and a round every five seconds. */
    public static HybridOptions defaults() {
        WriteBackOptions cache = WriteBackOptions.defaults();
        return new HybridOptions(
                DurableOptions.defaults(new HybridEngine(cache)),
                TrackerOptions.defaults().withOneIn(COUNTED_ONE_IN),
                RouterOptions.defaults(),
                new WriteBackCosts(
                        HardwareProfile.defaults(), EngineSettings.defaults(), EngineSettings.defaults(), cache),
                MigratorOptions.defaults(),
                ROUND_EVERY);
    }

    /** With other options of the store. */
    public HybridOptions withStore(DurableOptions other) {
        return new HybridOptions(other, tracker, router, costs, migrator, roundEvery);
    }

    /** With another tracker. */
    public HybridOptions withTracker(TrackerOptions other) {
        return new HybridOptions(store, other, router, costs, migrator, roundEvery);
    }

    /** With another router. */
    public HybridOptions withRouter(RouterOptions other) {
        return new HybridOptions(store, tracker, other, costs, migrator, roundEvery);
    }

    /** With other costs. */
    public HybridOptions withCosts(LoadCosts other) {
        return new HybridOptions(store, tracker, router, other, migrator, roundEvery);
    }

    /** With another migrator. */
    public HybridOptions withMigrator(MigratorOptions other) {
        return new HybridOptions(store, tracker, router, costs, other, roundEvery);
    }

    /** With another time between rounds. */
    public HybridOptions withRoundEvery(Duration other) {
        return new HybridOptions(store, tracker, router, costs, migrator, other);
    }
}
