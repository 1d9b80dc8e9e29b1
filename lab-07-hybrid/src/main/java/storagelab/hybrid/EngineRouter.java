package storagelab.hybrid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.cost.EngineCosts;
import storagelab.cost.RangeData;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.recovery.EngineKind;
import storagelab.workload.AccessTracker;
import storagelab.workload.RangeStatistics;

/**
 * Decides which ranges of keys move to the other engine. It moves nothing itself: the caller moves what {@link #decide} returns, and
 * calls {@link #ended} or {@link #failed} for each.
 *
 * <p>A move costs something now, and saves something as long as the load stays as it is. Nobody knows how long that is. The router's
 * guess: what has lasted for a period will last for some time. What is over before, such as a crowd that comes for a few minutes, moves
 * nothing, however large it is.
 *
 * <p>The <em>verdict</em> about a range is the first of these lines that is true:
 *
 * <ol>
 *   <li>MOVING: its move was decided, and has neither ended nor failed.
 *   <li>STAYS: its engine does not cost more than {@link RouterOptions#ratioMin()} times as much as the other one.
 *   <li>TOO_NEW: that has been otherwise for less than a period. The time begins with the first round that finds it so. It begins again after
 *       each round whose verdict is STAYS, and after each move that ends. So a range stays for at least a period after a move.
 *   <li>TOO_LITTLE: the move saves at most what it costs. It saves s · {@link RouterOptions#horizon()}, and costs
 *       {@link RouterOptions#moveMicros()} for each byte. Here s is what a second on the other engine saves: on average since the time began, or now,
 *       whichever is less. For the average, a round counts for the time since the round before it.
 *   <li>PUT_OFF: its last move failed, and the delay is not over. The delay is {@link RouterOptions#retryMin()} after the first failure, and
 *       twice as long after each further one, up to {@link RouterOptions#retryMax()}. A move that ends makes the next failure a first one.
 *   <li>NO_BUDGET: a {@link MoveBudget} of {@link RouterOptions#budgetBytes()} a period does not have the bytes. Ranges ask for them in the order of what
 *       they save less what they cost, the greatest first; ties in the order of the keys. Once one of them does not get its bytes, nor do those
 *       after it in this round: otherwise small ranges could keep a large one waiting for ever.
 *   <li>MOVE.
 * </ol>
 *
 * <p>Example: a period of 10 minutes, a horizon of 30 minutes, 0.02 µs to move a byte. A range of 900 MB on the LSM tree is read more and
 * more. The move costs 18 s of work.
 *
 * <pre>
 *  minute   LSM tree    B+tree   ratio   cheaper for   saves in 30 minutes     verdict
 *       0   11,000 µs   10,000     1.1             —                     —     STAYS
 *       5   14,000 µs   10,000     1.4         0 min     4,000 µs · 1,800 s =  7.2 s  TOO_NEW
 *      10   22,000 µs   10,000     2.2         5 min    12,000 µs · 1,800 s = 21.6 s  TOO_NEW
 *      15   18,000 µs   10,000     1.8        10 min     8,000 µs · 1,800 s = 14.4 s  TOO_LITTLE: 8,000 µs now, 10,000 on average
 *      20   30,000 µs   10,000     3.0        15 min    13,333 µs · 1,800 s = 24.0 s  MOVE: 20,000 µs now, 13,333 on average
 * </pre>
 *
 * <p>A round also changes the boundaries of the ranges. Those with the verdict MOVING, NO_BUDGET or MOVE stay as they are.
 *
 * <ol>
 *   <li>Two neighbours on the same engine become one range if both are cold ({@link BoundaryOptions#coldRequests()}) and have at most
 *       half of {@link BoundaryOptions#bytesMax()} together. This is done from the first range to the last, and a range that was merged in
 *       this round is not merged again.
 *   <li>A range is divided at {@link RoutedStore#dividerOf}, if it has one and there are fewer than {@link BoundaryOptions#rangesMax()} ranges, for
 *       one of two reasons. It has more than {@code bytesMax} bytes; or its load is uneven: it has at least 4 ·
 *       {@code coldRequests} a second, the {@link storagelab.cost.Locality} has a share of requests of more than {@link BoundaryOptions#unevenMin()} times the share of keys, and
 *       there are at least 2 · {@link BoundaryOptions#bytesMin()} bytes. Ranges with more requests a second come first, ties in the order of
 *       the keys.
 * </ol>
 *
 * <p>Both parts of a divided range have its history: since when the other engine has been cheaper, how often its moves failed, and the delay. They
 * have half of what it would have saved. A merged range has been cheaper on the other engine for no time, and has the failures and the delay of
 * the one whose delay ends later.
 *
 * <p>What the requests were is taken from the tracker, with {@link AccessTracker#countedSeconds()}. Its counts fade: for some half-lives after a
 * crowd has gone, it looks as if it were still there. So a half-life has to be much shorter than a period. Nothing else may divide or merge ranges of the
 * tracker.
 *
 * <p>Concurrency: any number of threads; a call waits for one that is running.
 *
 * <p>Cost: a round takes O(ranges · log ranges), a question to the store and one to the costs for each range, and up to {@code rangesMax}
 * changes of the tracker's ranges.
 */
@Exercise(id = "7.6", title = "Move only what pays", points = 8, difficulty = Difficulty.HARD, hours = 6, needs = "7.2")
public final class EngineRouter {
    private static final double DIVIDED_REQUESTS =
            4; // times those of a cold range: the parts do not become cold at once
    private static final double MILLIS_PER_SECOND = 1_000;

    private final AccessTracker tracker;
    private final RoutedStore store;
    private final LoadCosts costs;
    private final RouterOptions options;
    private final MoveBudget budget;
    private final Map<Slice, State> states = new TreeMap<>(); // by the first key; guarded by this
    private long roundMillis; // of the last round; guarded by this
    private List<Decision> lastRound = List.of(); // guarded by this

    /** A router of the ranges that the tracker has now, which are on the engines that the store names. */
    public EngineRouter(AccessTracker tracker, RoutedStore store, LoadCosts costs, RouterOptions options) {
        this.tracker = tracker;
        this.store = store;
        this.costs = costs;
        this.options = options;
        this.roundMillis = options.clock().millis();
        this.budget = new MoveBudget(options.budgetBytes(), options.period(), roundMillis);
        for (RangeStatistics range : tracker.ranges()) {
            states.put(range.range().from(), new State(store.engineOf(range.range())));
        }
    }

    /**
     * A round: finds a verdict about each range, and changes the boundaries. To be called many times in a period, at regular intervals. While the
     * tracker stands for no time, {@link AccessTracker#countedSeconds()} is 0, and a round does nothing.
     *
     * <p>What the store or the costs throw propagates; then nothing moves in this round.
     *
     * @throws IllegalArgumentException if the store names a middle that is not in the range, or is its first key; then nothing moves in this
     *     round
     * @return the decisions with the verdict MOVE, in the order in which they got their bytes
     */
    public synchronized List<Decision> decide() {
        long now = options.clock().millis();
        double seconds = tracker.countedSeconds();
        if (seconds <= 0) {
            return List.of();
        }
        List<Asked> asked = new ArrayList<>();
        for (RangeStatistics load : tracker.ranges()) {
            RangeData data = store.dataOf(load.range());
            asked.add(new Asked(load.range(), load.requests() / seconds, data, costs.costs(load, seconds, data)));
        }
        List<Seen> ranges = asked.stream().map(range -> see(range, now)).toList(); // from here on, states change
        roundMillis = now;
        changeBoundaries(ranges);
        List<Decision> moves = spend(ranges, now);
        lastRound = ranges.stream().map(Seen::decision).toList();
        return moves;
    }

    /**
     * The verdicts of the last round, also about ranges that do not move, in the order of the keys. The ranges are those from before the round
     * changed the boundaries. Empty before the first round.
     */
    public synchronized List<Decision> lastRound() {
        return lastRound;
    }

    /** The engine that has {@code key}, as far as the router knows; while the range moves, the one that it leaves. */
    public synchronized EngineKind engineOf(Slice key) {
        return stateOf(tracker.rangeOf(key).range()).engine;
    }

    /**
     * The move of {@code range} has ended: its keys are on the other engine.
     *
     * @throws IllegalArgumentException if no move of exactly this range is under way
     */
    public synchronized void ended(KeyRange range) {
        State state = moving(range);
        state.engine = other(state.engine);
        state.isMoving = false;
        state.cheaperSince = null;
        state.failures = 0;
        state.retryMillis = Long.MIN_VALUE;
    }

    /**
     * The move of {@code range} has failed: its keys are where they were. The bytes are not given back to the budget, since they may have been moved
     * in part.
     *
     * @throws IllegalArgumentException if no move of exactly this range is under way
     */
    public synchronized void failed(KeyRange range) {
        State state = moving(range);
        state.isMoving = false;
        double delay = options.retryMin().toMillis() * Math.pow(2, state.failures);
        state.failures++;
        state.retryMillis = options.clock().millis()
                + (long) Math.min(delay, (double) options.retryMax().toMillis());
    }

    private State moving(KeyRange range) {
        State state = states.get(range.from());
        if (state == null
                || !state.isMoving
                || !tracker.rangeOf(range.from()).range().equals(range)) {
            throw new IllegalArgumentException("no move of " + range + " is under way");
        }
        return state;
    }

    private Seen see(Asked asked, long now) {
        State state = stateOf(asked.range);
        double saved = state.observe(asked.costs, options.ratioMin(), (now - roundMillis) / MILLIS_PER_SECOND, now);
        Evidence evidence = new Evidence(
                now,
                asked.costs,
                asked.requestsPerSecond,
                state.cheaperSince == null ? Duration.ZERO : Duration.ofMillis(now - state.cheaperSince),
                saved * options.horizon().toMillis() / MILLIS_PER_SECOND,
                asked.data.bytes() * options.moveMicros(),
                asked.data.bytes());
        return new Seen(state, asked.data, new Decision(asked.range, state.engine, verdict(state, evidence), evidence));
    }

    /** The verdict, if there is enough budget. */
    private Verdict verdict(State state, Evidence evidence) {
        long now = evidence.atMillis();
        if (state.isMoving) {
            return Verdict.MOVING;
        }
        if (state.cheaperSince == null) {
            return Verdict.STAYS;
        }
        if (evidence.cheaperFor().compareTo(options.period()) < 0) {
            return Verdict.TOO_NEW;
        }
        if (evidence.savedMicros() <= evidence.moveMicros()) {
            return Verdict.TOO_LITTLE;
        }
        return now < state.retryMillis ? Verdict.PUT_OFF : Verdict.MOVE;
    }

    /** Gives the budget to the ranges that save most, and takes the verdict MOVE from those that get nothing. */
    private List<Decision> spend(List<Seen> ranges, long now) {
        List<Seen> candidates = new ArrayList<>(ranges.stream()
                .filter(seen -> seen.decision.verdict() == Verdict.MOVE)
                .toList());
        candidates.sort(Comparator.comparingDouble(Seen::net).reversed());
        List<Decision> moves = new ArrayList<>();
        boolean isSpent = false;
        for (Seen seen : candidates) {
            isSpent = isSpent || !budget.take(seen.data.bytes(), now);
            if (isSpent) {
                Decision move = seen.decision;
                seen.decision = new Decision(move.range(), move.from(), Verdict.NO_BUDGET, move.evidence());
            } else {
                seen.state.isMoving = true;
                moves.add(seen.decision);
            }
        }
        return moves;
    }

    private void changeBoundaries(List<Seen> ranges) {
        Set<State> merged = new HashSet<>();
        int count = ranges.size();
        for (int i = 1; i < ranges.size(); i++) {
            Seen lower = ranges.get(i - 1);
            Seen upper = ranges.get(i);
            if (!merged.contains(lower.state) && isMergedWith(lower, upper)) {
                Slice at = upper.range().from();
                tracker.merge(at);
                states.remove(at);
                lower.state.absorb(upper.state);
                merged.add(lower.state);
                merged.add(upper.state);
                count--;
            }
        }
        List<Seen> uneven = new ArrayList<>(ranges);
        uneven.removeIf(seen -> !isDivided(seen)); // what was merged is cold and small
        uneven.sort(Comparator.comparingDouble(Seen::requests).reversed());
        for (Seen seen : uneven) {
            if (count < options.boundaries().rangesMax() && divide(seen)) {
                count++;
            }
        }
    }

    private boolean isMergedWith(Seen lower, Seen upper) {
        return isCold(lower)
                && isCold(upper)
                && lower.state.engine == upper.state.engine
                && lower.data.bytes() + upper.data.bytes()
                        <= options.boundaries().bytesMax() / 2;
    }

    private boolean isCold(Seen seen) {
        return !seen.isFixed() && seen.requests() < options.boundaries().coldRequests();
    }

    private boolean isDivided(Seen seen) {
        BoundaryOptions limits = options.boundaries();
        boolean isUneven = seen.data.locality().requestShare()
                > limits.unevenMin() * seen.data.locality().keyShare();
        return !seen.isFixed()
                && (seen.data.bytes() > limits.bytesMax()
                        || (isUneven
                                && seen.requests() >= DIVIDED_REQUESTS * limits.coldRequests()
                                && seen.data.bytes() >= 2 * limits.bytesMin()));
    }

    /** Divides a range, and returns whether it could be. */
    private boolean divide(Seen seen) {
        Slice middle = store.dividerOf(seen.range()).orElse(null);
        if (middle == null) {
            return false;
        }
        if (!seen.range().contains(middle) || middle.equals(seen.range().from())) {
            throw new IllegalArgumentException(middle + " does not divide " + seen.range());
        }
        Slice at = Slice.wrap(middle.toByteArray());
        tracker.split(at);
        states.put(at, seen.state.halved());
        return true;
    }

    private State stateOf(KeyRange range) {
        State state = states.get(range.from());
        if (state == null) {
            throw new IllegalStateException("the tracker has a range " + range + " that the router did not make");
        }
        return state;
    }

    private static EngineKind other(EngineKind engine) {
        return engine == EngineKind.BTREE ? EngineKind.LSM : EngineKind.BTREE;
    }

    /** What the tracker, the store and the costs say about a range. */
    private record Asked(KeyRange range, double requestsPerSecond, RangeData data, EngineCosts costs) {}

    /** A range in this round. */
    private static final class Seen {
        private final State state;
        private final RangeData data;
        private Decision decision;

        Seen(State state, RangeData data, Decision decision) {
            this.state = state;
            this.data = data;
            this.decision = decision;
        }

        Decision decision() {
            return decision;
        }

        KeyRange range() {
            return decision.range();
        }

        /** Whether its boundaries stay, since it is moving or will be as soon as the budget allows. */
        boolean isFixed() {
            return decision.verdict() == Verdict.MOVING || decision.verdict() == Verdict.MOVE;
        }

        double requests() {
            return decision.evidence().requestsPerSecond();
        }

        double net() {
            return decision.evidence().savedMicros() - decision.evidence().moveMicros();
        }
    }

    /** What is remembered of a range between rounds. */
    private static final class State {
        private EngineKind engine;
        private boolean isMoving;
        private @Nullable Long cheaperSince; // since when the other engine has been cheaper by the ratio
        private double savedMicros; // what the other engine would have saved since then
        private int failures; // since a move ended
        private long retryMillis = Long.MIN_VALUE; // until then, moves are put off

        State(EngineKind engine) {
            this.engine = engine;
        }

        /** Adds a round, and returns what a second on the other engine saves: now or on average, whichever is less. */
        double observe(EngineCosts costs, double ratioMin, double seconds, long now) {
            if (!(costs.of(engine) > ratioMin * costs.of(other(engine)))) {
                cheaperSince = null;
                return 0;
            }
            double saved = costs.savedByLeaving(engine);
            if (cheaperSince == null) {
                cheaperSince = now;
                savedMicros = 0;
                return saved;
            }
            savedMicros += saved * seconds;
            double cheaperSeconds = (now - cheaperSince) / MILLIS_PER_SECOND;
            return cheaperSeconds > 0 ? Math.min(saved, savedMicros / cheaperSeconds) : saved;
        }

        /** Takes over the history of the range above, with which this one becomes one range. */
        void absorb(State upper) {
            cheaperSince = null;
            if (upper.retryMillis > retryMillis) {
                retryMillis = upper.retryMillis;
                failures = upper.failures;
            }
        }

        /** Halves what would have been saved, and returns the state of the upper part. */
        State halved() {
            savedMicros /= 2;
            State upper = new State(engine);
            upper.cheaperSince = cheaperSince;
            upper.savedMicros = savedMicros;
            upper.failures = failures;
            upper.retryMillis = retryMillis;
            return upper;
        }
    }
}
