package storagelab.grader.bench.lab07;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.cost.EngineCosts;
import storagelab.cost.RangeData;
import storagelab.hybrid.BoundaryOptions;
import storagelab.hybrid.Decision;
import storagelab.hybrid.EngineRouter;
import storagelab.hybrid.RoutedStore;
import storagelab.hybrid.RouterOptions;
import storagelab.recovery.EngineKind;
import storagelab.workload.AccessTracker;
import storagelab.workload.TrackerOptions;

/**
 * A router over 16 ranges of a store that there is not, and a clock that is moved by hand. A get costs five times as much on the LSM tree, and
 * a put ten times as much on the B+tree.
 */
final class RoutedRanges implements RoutedStore {
    static final int RANGES = 16;
    static final int ROUND_SECONDS = 10;
    static final int PERIOD_ROUNDS = 60;

    private static final RangeData DATA = RangeData.uniform(100_000, 10_000_000);
    private static final int VALUE_BYTES = 100;

    private final EngineKind[] engines = new EngineKind[RANGES];
    private final Slice[] keys = new Slice[RANGES];
    private final AccessTracker tracker;
    private final EngineRouter router;
    private final HandClock clock = new HandClock();

    RoutedRanges() {
        Arrays.fill(engines, EngineKind.LSM);
        tracker = new AccessTracker(
                TrackerOptions.defaults().withClock(clock).withHalfLife(Duration.ofSeconds(2 * ROUND_SECONDS)));
        for (int range = 0; range < RANGES; range++) {
            keys[range] = Slice.utf8("range/%02d".formatted(range));
            if (range > 0) {
                tracker.split(keys[range]);
            }
        }
        router = new EngineRouter(
                tracker,
                this,
                (load, seconds, data) -> new EngineCosts(
                        (10 * load.gets() + 100 * load.writes()) / seconds,
                        (50 * load.gets() + 10 * load.writes()) / seconds),
                RouterOptions.defaults()
                        .withClock(clock)
                        .withPeriod(Duration.ofSeconds(PERIOD_ROUNDS * ROUND_SECONDS))
                        .withBoundaries(BoundaryOptions.defaults().withColdRequests(0)));
    }

    /** Counts gets and puts of a range. */
    void ask(int range, int gets, int puts) {
        for (int i = 0; i < gets; i++) {
            tracker.hit(keys[range], VALUE_BYTES);
        }
        for (int i = 0; i < puts; i++) {
            tracker.put(keys[range], VALUE_BYTES);
        }
    }

    /** Ends a round, and moves what the router wants moved. Returns the moves. */
    List<Decision> round() {
        clock.pass(ROUND_SECONDS);
        List<Decision> moves = router.decide();
        for (Decision move : moves) {
            int range = Arrays.asList(keys).indexOf(move.range().from());
            engines[Math.max(0, range)] = move.to(); // the first range begins with the empty key
            router.ended(move.range());
        }
        return moves;
    }

    /** How many ranges the last round has looked at. */
    int looked() {
        return router.lastRound().size();
    }

    EngineKind engineOf(int range) {
        return engines[range];
    }

    @Override
    public EngineKind engineOf(KeyRange range) {
        return engines[Math.max(0, Arrays.asList(keys).indexOf(range.from()))];
    }

    @Override
    public RangeData dataOf(KeyRange range) {
        return DATA;
    }

    @Override
    public Optional<Slice> dividerOf(KeyRange range) {
        return Optional.empty();
    }
}
