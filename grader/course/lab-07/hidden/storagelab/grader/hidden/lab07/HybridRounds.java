package storagelab.grader.hidden.lab07;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.adaptive.AdaptiveCompaction;
import storagelab.adaptive.TreeShape;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.cost.EngineCosts;
import storagelab.disk.CrashDisk;
import storagelab.hybrid.BoundaryOptions;
import storagelab.hybrid.Decision;
import storagelab.hybrid.HybridOptions;
import storagelab.hybrid.HybridStore;
import storagelab.hybrid.LoadCosts;
import storagelab.hybrid.RoundListener;
import storagelab.hybrid.RouterOptions;
import storagelab.lsm.LsmStore;
import storagelab.testkit.hybrid.HybridStores;
import storagelab.testkit.workload.HandClock;
import storagelab.tier.MigratorOptions;
import storagelab.tier.Move;
import storagelab.tier.MoveReport;
import storagelab.tier.TierMigrator;
import storagelab.workload.RangeStatistics;
import storagelab.workload.TrackerOptions;

/**
 * A hybrid store whose clock stands still until a test moves it, with ranges up to c (LSM tree), [c, m) (B+tree), [m, p) (LSM tree), and from p on (B+tree). There are ten
 * entries of 20 bytes below c, and seven in [m, p). A period is one round long; the B+tree is cheaper for everything, so the second round moves the first range and then the
 * third one, in steps of three entries.
 */
final class HybridRounds implements RoundListener {
    /** The time between two rounds. */
    static final Duration ROUND = Duration.ofSeconds(10);

    /** Boundaries that never change. */
    static final BoundaryOptions FIXED = new BoundaryOptions(64, 1, 1L << 50, 1e9, 0);

    /** The B+tree is cheaper, whatever the load is. */
    static final LoadCosts TREE = (load, seconds, data) -> new EngineCosts(1, 100);

    private static final long ENTRY_BYTES = 20;

    private final HandClock clock = new HandClock();
    private final CrashDisk disk = CrashDisk.create();
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());

    /** What happened, as "began m" or "ran m: 7" (with "…" if it did not end) or "decided". */
    List<String> events() {
        return List.copyOf(events);
    }

    /** Forgets what happened. */
    void clear() {
        events.clear();
    }

    /** The disk of the store. */
    CrashDisk disk() {
        return disk;
    }

    /** The shape that the LSM tree of {@code store} has, or is about to have. */
    static TreeShape shapeOf(HybridStore store) {
        LsmStore tree = (LsmStore) store.engine().tier("lsm");
        return ((AdaptiveCompaction) tree.picker()).shape();
    }

    /** Lets the time of a round pass. */
    void pass() {
        clock.pass(ROUND);
    }

    /** The options of the store. */
    HybridOptions options() {
        return HybridStores.small()
                .withTracker(TrackerOptions.defaults().withClock(clock).withHalfLife(ROUND.multipliedBy(2)))
                .withRouter(RouterOptions.defaults()
                        .withClock(clock)
                        .withPeriod(ROUND)
                        .withMoveMicros(0)
                        .withBudgetBytes(1L << 50)
                        .withBoundaries(FIXED))
                .withMigrator(MigratorOptions.defaults()
                        .withStepBytes(3 * ENTRY_BYTES)
                        .withBytesPerSecond(Long.MAX_VALUE))
                .withCosts(TREE);
    }

    /** Opens the store as it is on the disk, and listens to its rounds. */
    HybridStore open(HybridOptions options) {
        HybridStore store = HybridStore.open(disk.root(), options);
        store.listen(this);
        return store;
    }

    /** Opens the store, whose ranges and entries are on the disk when it is opened for the first time. */
    HybridStore openFour(HybridOptions options) {
        try (HybridStore store = HybridStore.open(disk.root(), options())) {
            put(store, "b", 10);
            put(store, "n", 7);
            moveNow(store, range("c", "m"));
            moveNow(store, range("p", null));
        }
        return open(options);
    }

    /** Puts {@code count} entries of 20 bytes whose keys begin with {@code prefix}. */
    static void put(HybridStore store, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            store.write(new WriteBatch().put(key(prefix, i), Slice.utf8("%017d".formatted(i))), Durability.BUFFERED);
        }
    }

    /** The key of such an entry. */
    static Slice key(String prefix, int number) {
        return Slice.utf8(prefix + "%02d".formatted(number));
    }

    /** The keys from one text up to another one, or all from the first. */
    static KeyRange range(String from, @Nullable String to) {
        return new KeyRange(Slice.utf8(from), to == null ? null : Slice.utf8(to));
    }

    /** Moves a range to the B+tree, past the rounds. */
    static void moveNow(HybridStore store, KeyRange range) {
        store.checkpoint();
        MoveReport unused = migrator(store).move(range, "btree");
    }

    /** Notes a move of a range to the B+tree, and does nothing for it. */
    static void noteOnly(HybridStore store, KeyRange range) {
        store.checkpoint();
        TierMigrator migrator = migrator(store);
        migrator.stop();
        MoveReport unused = migrator.move(range, "btree");
    }

    private static TierMigrator migrator(HybridStore store) {
        return new TierMigrator(store.engine(), MigratorOptions.defaults().withBytesPerSecond(Long.MAX_VALUE));
    }

    @Override
    public void decided(List<Decision> decisions, List<RangeStatistics> load, double seconds) {
        events.add("decided");
    }

    @Override
    public void began(Move move) {
        events.add("began " + move.range().from().toUtf8());
    }

    @Override
    public void ran(MoveReport report) {
        events.add("ran " + report.move().range().from().toUtf8() + ": " + report.entries()
                + (report.ended() ? "" : " …"));
    }
}
