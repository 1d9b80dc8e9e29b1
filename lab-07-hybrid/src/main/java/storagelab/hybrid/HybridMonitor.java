package storagelab.hybrid;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import storagelab.hybrid.MonitorHistory.Round;
import storagelab.recovery.EngineKind;
import storagelab.tier.Move;
import storagelab.tier.MoveReport;
import storagelab.workload.RangeStatistics;

/**
 * Remembers what the router of a {@link HybridStore} saw, predicted and did lately, for a page in a browser and for Prometheus.
 *
 * <pre>{@code
 * HybridMonitor monitor = new HybridMonitor(MonitorOptions.defaults());
 * store.listen(monitor);
 * monitor.history();  // rounds and moves, for MonitorPage
 * monitor.metrics();  // numbers by tier, for Prometheus
 * }</pre>
 *
 * <p><b>Rounds.</b> The last {@link MonitorOptions#roundsMax} rounds are remembered, each with at most {@link MonitorOptions#rowsMax} rows; see {@link
 * #coalesce}. The time of a round is {@link Evidence#atMillis} of its decisions. A round about no range is not remembered.
 *
 * <p><b>Moves.</b> The last {@link MonitorOptions#movesMax} moves that began are remembered. A move <em>runs</em> from {@link #began} to the {@link #ran} with
 * {@link MoveReport#ended}. It may be told in several pieces, since a move that was stopped or has failed goes on later:
 *
 * <ul>
 *   <li>{@code began} of an equal {@link Move} while it runs changes nothing: the move began earlier.
 *   <li>Each {@code ran} adds the entries and bytes of its report.
 *   <li>{@code ran} of a move that does not run, or is no longer remembered: it began at this moment.
 * </ul>
 *
 * <p><b>Metrics.</b> {@link #metrics} is text as Prometheus reads it (version 0.0.4): for each metric a line {@code # HELP}, a line {@code # TYPE}, and its samples.
 * The metrics come in the order of this table, and have these help texts. {@code T} and {@code E} stand for the {@link EngineKind#id} of an engine, {@code V} for a verdict in
 * lower case; labels come in the order shown. All samples are there from the start, in the order of the enums, with 0 if there is nothing to say: otherwise the first move could
 * not be seen as a change from 0 to 1.
 *
 * <table>
 *   <caption>The metrics; each name begins with {@code storagelab_hybrid_}</caption>
 *   <tr><th>name, type</th><th>labels</th><th>value</th><th>help</th></tr>
 *   <tr><td>{@code last_round_timestamp_seconds}, gauge</td><td></td><td>the time of the last round, in seconds since 1970</td><td>{@code When the last round was.}</td></tr>
 *   <tr><td>{@code tier_ranges}, gauge</td><td>{@code tier="T"}</td><td>ranges on T in the last round, before any is coalesced; so also the three below</td><td>{@code Ranges of keys on the tier.}</td></tr>
 *   <tr><td>{@code tier_size_bytes}, gauge</td><td>{@code tier="T"}</td><td>their bytes</td><td>{@code Keys and values on the tier, estimated.}</td></tr>
 *   <tr><td>{@code tier_requests_per_second}, gauge</td><td>{@code tier="T",kind="K"}</td><td>their requests, with K = {@code read}, {@code write}, {@code scan}</td><td>{@code Requests to the tier
 *     each second, as the router sees them.}</td></tr>
 *   <tr><td>{@code tier_predicted_work_ratio}, gauge</td><td>{@code tier="T",engine="E"}</td><td>what their load costs on E, in seconds a second</td><td>{@code Predicted seconds of work in a second for
 *     the load of the tier, on each engine.}</td></tr>
 *   <tr><td>{@code verdicts_total}, counter</td><td>{@code verdict="V"}</td><td>decisions of all rounds</td><td>{@code Decisions about a range in a round.}</td></tr>
 *   <tr><td>{@code moves_running}, gauge</td><td></td><td>moves that run</td><td>{@code Moves that have begun and not ended.}</td></tr>
 *   <tr><td>{@code tier_moves_total}, counter</td><td>{@code tier="T"}</td><td>moves to T that have ended</td><td>{@code Ranges that have moved to the tier.}</td></tr>
 *   <tr><td>{@code tier_moved_bytes_total}, counter</td><td>{@code tier="T"}</td><td>bytes of all reports of moves to T, ended or not</td><td>{@code Keys and values that have moved to the tier.}</td></tr>
 *   <tr><td>{@code tier_move_seconds_total}, counter</td><td>{@code tier="T"}</td><td>for all moves to T that have ended, the time from their beginning to their end</td><td>{@code Time that moves to the tier
 *     took.}</td></tr>
 * </table>
 *
 * <p>Counters count what was told since the monitor was made, also what is no longer remembered. Whole numbers have no decimal point: ranges, bytes, and what is counted one by one. The others are
 * what {@link Double#toString} makes of them.
 *
 * <p>Example: in the first round, at second 1,700,000,000, [∅, m) is on the LSM tree with 90 reads and 10 writes a second, which cost 300 µs on the B+tree and 900 µs on the LSM tree; it is
 * decided to MOVE. [m, ∞) is on the LSM tree without requests, and STAYS. Then the move to the B+tree runs for 2.5 seconds, with 4,096 bytes.
 *
 * <pre>{@code
 * # HELP storagelab_hybrid_tier_ranges Ranges of keys on the tier.
 * # TYPE storagelab_hybrid_tier_ranges gauge
 * storagelab_hybrid_tier_ranges{tier="btree"} 0
 * storagelab_hybrid_tier_ranges{tier="lsm"} 2
 * ...
 * storagelab_hybrid_tier_requests_per_second{tier="lsm",kind="read"} 90.0
 * storagelab_hybrid_tier_predicted_work_ratio{tier="lsm",engine="btree"} 3.0E-4
 * storagelab_hybrid_verdicts_total{verdict="stays"} 1
 * storagelab_hybrid_verdicts_total{verdict="move"} 1
 * storagelab_hybrid_tier_moves_total{tier="btree"} 1
 * storagelab_hybrid_tier_moved_bytes_total{tier="btree"} 4096
 * storagelab_hybrid_tier_move_seconds_total{tier="btree"} 2.5
 * }</pre>
 *
 * <p>The gauges say 2 ranges on the LSM tree until the next round: a gauge is what the last round saw.
 *
 * <p>Concurrency: any thread may call any method; what {@link #history} returns never changes.
 *
 * <p>Cost: bounded memory, however long the store is open. {@code decided} takes O(n) for n ranges, and what {@link #coalesce} takes; the others take time proportional to what they return, {@code
 * began} and {@code ran} to the moves remembered.
 */
public final class HybridMonitor implements RoundListener {
    private static final String PREFIX = "storagelab_hybrid_";
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double MILLIS_PER_SECOND = 1e3;

    private final MonitorOptions options;
    private final Deque<Round> rounds = new ArrayDeque<>(); // the oldest first; guarded by this, as all below
    private final Deque<MoveView> moves = new ArrayDeque<>();
    private List<Decision> decisions = List.of(); // of the last round
    private List<RangeView> ranges = List.of(); // of the last round, not coalesced
    private final Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    private final Map<EngineKind, Moved> moved = new EnumMap<>(EngineKind.class);

    /** What has moved to a tier. */
    private record Moved(long moves, long bytes, long millis) {
        private static final Moved NOTHING = new Moved(0, 0, 0);
    }

    /** A monitor that remembers nothing yet. */
    public HybridMonitor(MonitorOptions options) {
        this.options = options;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if {@code load} is not of the ranges of {@code decisions}; then nothing changes
     */
    @Override
    public synchronized void decided(List<Decision> decisions, List<RangeStatistics> load, double seconds) {
        List<RangeView> seen = RangeView.of(decisions, load, seconds);
        if (seen.isEmpty()) {
            return;
        }
        this.decisions = List.copyOf(decisions);
        ranges = seen;
        decisions.forEach(decision -> verdicts.merge(decision.verdict(), 1L, Long::sum));
        rounds.addLast(new Round(decisions.get(0).evidence().atMillis(), coalesce(seen, options.rowsMax())));
        if (rounds.size() > options.roundsMax()) {
            rounds.removeFirst();
        }
    }

    @Override
    public synchronized void began(Move move) {
        if (running(move) == null) {
            add(new MoveView(move, options.clock().millis(), null, 0, 0));
        }
    }

    @Override
    public synchronized void ran(MoveReport report) {
        long now = options.clock().millis();
        MoveView before = running(report.move());
        if (before == null) {
            before = new MoveView(report.move(), now, null, 0, 0);
        }
        MoveView after = new MoveView(
                before.move(),
                before.beganMillis(),
                report.ended() ? now : null,
                before.entries() + report.entries(),
                before.bytes() + report.bytes());
        replace(before, after);
        Moved sum = movedTo(EngineKind.named(report.move().to()));
        moved.put(
                EngineKind.named(report.move().to()),
                new Moved(
                        sum.moves + (report.ended() ? 1 : 0),
                        sum.bytes + report.bytes(),
                        sum.millis + after.tookMillis().orElse(0L)));
    }

    private @Nullable MoveView running(Move move) {
        return moves.stream()
                .filter(view -> view.endedMillis() == null && view.move().equals(move))
                .findFirst()
                .orElse(null);
    }

    private void add(MoveView view) {
        moves.addLast(view);
        if (moves.size() > options.movesMax()) {
            moves.removeFirst();
        }
    }

    /** Puts {@code after} in the place of {@code before}, or at the end if that is not remembered. */
    private void replace(MoveView before, MoveView after) {
        List<MoveView> all = new ArrayList<>(moves);
        int index = all.indexOf(before);
        if (index < 0) {
            add(after);
        } else {
            all.set(index, after);
            moves.clear();
            moves.addAll(all);
        }
    }

    private Moved movedTo(EngineKind tier) {
        return moved.getOrDefault(tier, Moved.NOTHING);
    }

    /** What is remembered now, all of one moment. */
    public synchronized MonitorHistory history() {
        return new MonitorHistory(List.copyOf(rounds), List.copyOf(moves), decisions);
    }

    /**
     * At most {@code rowsMax} rows that stand for {@code ranges}. While there are more, two neighbours become one row ({@link RangeView#plus}):
     *
     * <ol>
     *   <li>two rows that are on the same, single engine, if there are such neighbours; otherwise any two;
     *   <li>among these, the two that have the fewest requests a second together;
     *   <li>among these, the first two in the order of the keys.
     * </ol>
     *
     * <p>So a row shows both engines only where the engines change more often than there are rows, and what is asked for most keeps rows of its own.
     *
     * <p>Example, with three rows: A (lsm, 5 a second), B (lsm, 1), C (btree, 0), D (lsm, 2), E (lsm, 90). A and B have 6 together, D and E 92: AB, C, D, E. Of these,
     * D and E are the only ones on the same engine: AB, C, DE.
     *
     * <p>Cost: O(n · (n − rowsMax)) for n ranges.
     *
     * @param ranges in the order of the keys, each beginning where the one before ends
     * @throws IllegalArgumentException if {@code rowsMax} is less than 1
     */
    public static List<RangeView> coalesce(List<RangeView> ranges, int rowsMax) {
        if (rowsMax < 1) {
            throw new IllegalArgumentException("at most " + rowsMax + " rows");
        }
        List<RangeView> rows = new ArrayList<>(ranges);
        while (rows.size() > rowsMax) {
            int best = 1;
            for (int i = 2; i < rows.size(); i++) {
                if (isBefore(rows, i, best)) {
                    best = i;
                }
            }
            rows.set(best - 1, rows.get(best - 1).plus(rows.remove(best)));
        }
        return rows;
    }

    /** Whether the rows up to {@code upper} become one rather than those up to {@code best}. */
    private static boolean isBefore(List<RangeView> rows, int upper, int best) {
        boolean isAlike = isAlike(rows, upper);
        if (isAlike != isAlike(rows, best)) {
            return isAlike;
        }
        return requests(rows, upper) < requests(rows, best);
    }

    private static boolean isAlike(List<RangeView> rows, int upper) {
        RangeView lower = rows.get(upper - 1);
        return lower.engines().size() == 1
                && lower.engines().equals(rows.get(upper).engines());
    }

    private static double requests(List<RangeView> rows, int upper) {
        return rows.get(upper - 1).requestsPerSecond() + rows.get(upper).requestsPerSecond();
    }

    /** The metrics of the table above, as Prometheus reads them; each line ends with a newline. */
    public synchronized String metrics() {
        Text text = new Text();
        Round last = rounds.peekLast();
        text.head("last_round_timestamp_seconds", "gauge", "When the last round was.");
        text.sample("", last == null ? 0.0 : last.atMillis() / MILLIS_PER_SECOND);
        text.head("tier_ranges", "gauge", "Ranges of keys on the tier.");
        each(tier -> text.sample(label(tier), on(tier).count()));
        text.head("tier_size_bytes", "gauge", "Keys and values on the tier, estimated.");
        each(tier ->
                text.sample(label(tier), on(tier).mapToLong(RangeView::bytes).sum()));
        text.head("tier_requests_per_second", "gauge", "Requests to the tier each second, as the router sees them.");
        each(tier -> {
            text.sample(label(tier) + ",kind=\"read\"", sum(tier, RangeView::readsPerSecond));
            text.sample(label(tier) + ",kind=\"write\"", sum(tier, RangeView::writesPerSecond));
            text.sample(label(tier) + ",kind=\"scan\"", sum(tier, RangeView::scansPerSecond));
        });
        text.head(
                "tier_predicted_work_ratio",
                "gauge",
                "Predicted seconds of work in a second for the load of the tier, on each engine.");
        each(tier -> each(engine -> text.sample(
                label(tier) + ",engine=\"" + engine.id() + "\"",
                sum(tier, view -> view.costs().of(engine)) / MICROS_PER_SECOND)));
        did(text);
        return text.toString();
    }

    /** The metrics of decisions and moves. */
    private void did(Text text) {
        text.head("verdicts_total", "counter", "Decisions about a range in a round.");
        for (Verdict verdict : Verdict.values()) {
            text.sample(
                    "verdict=\"" + verdict.name().toLowerCase(Locale.ROOT) + "\"", verdicts.getOrDefault(verdict, 0L));
        }
        text.head("moves_running", "gauge", "Moves that have begun and not ended.");
        text.sample(
                "", moves.stream().filter(view -> view.endedMillis() == null).count());
        text.head("tier_moves_total", "counter", "Ranges that have moved to the tier.");
        each(tier -> text.sample(label(tier), movedTo(tier).moves));
        text.head("tier_moved_bytes_total", "counter", "Keys and values that have moved to the tier.");
        each(tier -> text.sample(label(tier), movedTo(tier).bytes));
        text.head("tier_move_seconds_total", "counter", "Time that moves to the tier took.");
        each(tier -> text.sample(label(tier), movedTo(tier).millis / MILLIS_PER_SECOND));
    }

    private static void each(Consumer<EngineKind> engine) {
        Arrays.stream(EngineKind.values()).forEach(engine);
    }

    private static String label(EngineKind tier) {
        return "tier=\"" + tier.id() + "\"";
    }

    private Stream<RangeView> on(EngineKind tier) {
        return ranges.stream().filter(view -> view.engines().contains(tier));
    }

    private double sum(EngineKind tier, ToDoubleFunction<RangeView> number) {
        return on(tier).mapToDouble(number).sum();
    }

    /** The text of metrics. */
    private static final class Text {
        private final StringBuilder text = new StringBuilder();
        private String name = "";

        void head(String shortName, String type, String help) {
            name = PREFIX + shortName;
            text.append("# HELP ").append(name).append(' ').append(help).append('\n');
            text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        }

        void sample(String labels, long value) {
            line(labels, Long.toString(value));
        }

        void sample(String labels, double value) {
            line(labels, Double.toString(value));
        }

        private void line(String labels, String value) {
            text.append(name);
            if (!labels.isEmpty()) {
                text.append('{').append(labels).append('}');
            }
            text.append(' ').append(value).append('\n');
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
