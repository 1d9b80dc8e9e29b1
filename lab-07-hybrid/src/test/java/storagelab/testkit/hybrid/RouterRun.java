package storagelab.testkit.hybrid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.hybrid.BoundaryOptions;
import storagelab.hybrid.Decision;
import storagelab.hybrid.EngineRouter;
import storagelab.hybrid.RouterOptions;
import storagelab.hybrid.Verdict;
import storagelab.testkit.workload.HandClock;
import storagelab.workload.AccessTracker;
import storagelab.workload.TrackerOptions;

/** A router over a {@link ScriptedStore} whose clock a test moves: a round every ten seconds, moves that end at once unless the test says otherwise. */
public final class RouterRun {
    /** The time between two rounds. */
    public static final Duration ROUND = Duration.ofSeconds(10);

    /** Boundaries that never change. */
    public static final BoundaryOptions FIXED = new BoundaryOptions(1_000, 1, 1L << 50, 1e9, 0);

    /** What a load asks for in one round. */
    @FunctionalInterface
    public interface Load {
        /** Reports the requests of a round to the tracker. */
        void requests(AccessTracker tracker);
    }

    private final HandClock clock;
    private final AccessTracker tracker;
    private final EngineRouter router;
    private final List<Decision> moves = new ArrayList<>();
    private boolean endsAtOnce = true;

    /** Ranges that begin with {@code starts}, and the empty key; the clock of the options is replaced. */
    public RouterRun(ScriptedStore store, RouterOptions options, List<Slice> starts) {
        this.clock = new HandClock();
        this.tracker =
                new AccessTracker(TrackerOptions.defaults().withClock(clock).withHalfLife(ROUND.multipliedBy(2)));
        starts.forEach(tracker::split);
        this.router = new EngineRouter(tracker, store, store, options.withClock(clock));
    }

    /** The options of most tests: a period of ten minutes, a horizon of thirty, 0.02 µs a byte, a budget that is never empty. */
    public static RouterOptions options() {
        return RouterOptions.defaults()
                .withPeriod(Duration.ofMinutes(10))
                .withHorizon(Duration.ofMinutes(30))
                .withMoveMicros(0.02)
                .withBudgetBytes(1L << 50)
                .withRetry(Duration.ofMinutes(1), Duration.ofMinutes(5))
                .withBoundaries(FIXED);
    }

    /** From now on, a test ends the moves itself. */
    public RouterRun withOpenMoves() {
        endsAtOnce = false;
        return this;
    }

    /** Lets time pass. */
    public void pass(Duration time) {
        clock.pass(time);
    }

    /** One round, now. */
    public List<Decision> round() {
        List<Decision> decided = router.decide();
        moves.addAll(decided);
        if (endsAtOnce) {
            decided.forEach(move -> router.ended(move.range()));
        }
        return decided;
    }

    /** Runs rounds for {@code time}, each after ten seconds of {@code load}, and returns the moves. */
    public List<Decision> run(Duration time, Load load) {
        int before = moves.size();
        for (long left = time.dividedBy(ROUND); left > 0; left--) {
            load.requests(tracker);
            clock.pass(ROUND);
            round();
        }
        return List.copyOf(moves.subList(before, moves.size()));
    }

    /** The verdict of the last round about the range that has {@code key}. */
    public Verdict verdict(Slice key) {
        return decision(key).verdict();
    }

    /** The decision of the last round about the range that has {@code key}. */
    public Decision decision(Slice key) {
        return router.lastRound().stream()
                .filter(decision -> decision.range().contains(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the last round has no decision about " + key));
    }

    /** The ranges, in order. */
    public List<KeyRange> ranges() {
        return tracker.ranges().stream().map(range -> range.range()).toList();
    }

    /** The router. */
    public EngineRouter router() {
        return router;
    }

    /** The tracker. */
    public AccessTracker tracker() {
        return tracker;
    }

    /** The clock. */
    public HandClock clock() {
        return clock;
    }
}
