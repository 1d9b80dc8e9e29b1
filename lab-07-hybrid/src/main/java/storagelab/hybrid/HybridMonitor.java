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
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;
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
 * monitor.history(); // rounds and moves, for MonitorPage
 * monitor.metrics(); // numbers of each tier, for Prometheus
 * }</pre>
 *
 * <p><b>Rounds.</b> The last {@link MonitorOptions#roundsMax} rounds are remembered, each with at most {@link MonitorOptions#rowsMax} rows; {@link #coalesce}
 * says which. The time of a round is that of {@link MonitorOptions#clock} when it is told; the router's clock may begin anywhere.
 *
 * <p><b>Moves.</b> The last {@link MonitorOptions#movesMax} moves that began are remembered. A move <em>runs</em> from its {@link #began} to the {@link #ran}
 * that says {@link MoveReport#ended}. In between, it may be stopped or fail, and go on later.
 *
 * <p><b>Metrics.</b> {@link #metrics} is text as Prometheus reads it, version 0.0.4: for each metric a line {@code # HELP}, a line {@code # TYPE}, and its
 * samples. The metrics come in the order of the table. Labels come in the order shown; T and E stand for the {@link EngineKind#id} of an engine, V for the name
 * of a {@link Verdict} in lower case, K for {@code read}, {@code write} and {@code scan}. All samples are there from the start, in the order of the enums, a
 * number of nothing as 0: otherwise the first move would not be seen as a change from 0 to 1.
 *
 * <table>
 *   <caption>The metrics; each name begins with {@code storagelab_hybrid_}</caption>
 *   <tr><th>name</th><th>labels</th><th>value</th><th>help</th></tr>
 *   <tr><td>{@code last_round_timestamp_seconds}, gauge</td><td></td><td>the time of the last round, in seconds since 1970</td>
 *     <td>{@code When the last round was.}</td></tr>
 *   <tr><td>{@code tier_ranges}, gauge</td><td>{@code tier="T"}</td><td>ranges on T in the last round</td>
 *     <td>{@code Ranges of keys on the tier.}</td></tr>
 *   <tr><td>{@code tier_size_bytes}, gauge</td><td>{@code tier="T"}</td><td>their bytes</td>
 *     <td>{@code Keys and values on the tier, estimated.}</td></tr>
 *   <tr><td>{@code tier_requests_per_second}, gauge</td><td>{@code tier="T",kind="K"}</td><td>their requests of each kind</td>
 *     <td>{@code Requests to the tier each second, as the router sees them.}</td></tr>
 *   <tr><td>{@code tier_predicted_work_ratio}, gauge</td><td>{@code tier="T",engine="E"}</td><td>what their load costs on E, in seconds a second</td>
 *     <td>{@code Predicted seconds of work in a second for the load of the tier, on each engine.}</td></tr>
 *   <tr><td>{@code verdicts_total}, counter</td><td>{@code verdict="V"}</td><td>decisions of all rounds with the verdict V</td>
 *     <td>{@code Decisions about a range in a round.}</td></tr>
 *   <tr><td>{@code moves_running}, gauge</td><td></td><td>remembered moves that run</td>
 *     <td>{@code Moves that have begun and not ended.}</td></tr>
 *   <tr><td>{@code tier_moves_total}, counter</td><td>{@code tier="T"}</td><td>moves to T that have ended</td>
 *     <td>{@code Ranges that have moved to the tier.}</td></tr>
 *   <tr><td>{@code tier_moved_bytes_total}, counter</td><td>{@code tier="T"}</td><td>bytes of all reports of moves to T</td>
 *     <td>{@code Keys and values that have moved to the tier.}</td></tr>
 *   <tr><td>{@code tier_move_seconds_total}, counter</td><td>{@code tier="T"}</td><td>how long the moves to T took that have ended, all together</td>
 *     <td>{@code Time that moves to the tier took.}</td></tr>
 * </table>
 *
 * <p>A gauge is about all ranges of the last round, before any became one row. A counter counts since the monitor was made, also what is no longer remembered.
 * Ranges, bytes, decisions and moves are written as whole numbers, the others as {@link Double#toString} writes them.
 *
 * <p>Example: at second 1,700,000,000 there is the first round. [∅, m) is on the LSM tree with 90 reads and 10 writes a second, which cost 300 µs on the B+tree
 * and 900 µs on the LSM tree, and the verdict is MOVE. [m, ∞) is on the LSM tree, without requests, and STAYS. The move then runs for 2.5 seconds, with 4,096
 * bytes. Some lines of the metrics:
 *
 * <pre>{@code
 * # HELP storagelab_hybrid_tier_ranges Ranges of keys on the tier.
 * # TYPE storagelab_hybrid_tier_ranges gauge
 * storagelab_hybrid_tier_ranges{tier="btree"} 0
 * storagelab_hybrid_tier_ranges{tier="lsm"} 2
 *
 * storagelab_hybrid_last_round_timestamp_seconds 1.7E9
 * storagelab_hybrid_tier_requests_per_second{tier="lsm",kind="read"} 90.0
 * storagelab_hybrid_tier_predicted_work_ratio{tier="lsm",engine="btree"} 3.0E-4
 * storagelab_hybrid_verdicts_total{verdict="stays"} 1
 * storagelab_hybrid_verdicts_total{verdict="move"} 1
 * storagelab_hybrid_tier_moves_total{tier="btree"} 1
 * storagelab_hybrid_tier_moved_bytes_total{tier="btree"} 4096
 * storagelab_hybrid_tier_move_seconds_total{tier="btree"} 2.5
 * }</pre>
 *
 * <p>Concurrency: any thread may call any method. What {@link #history} returns never changes.
 *
 * <p>Cost: memory for the rounds and moves remembered, however long the store is open. {@code decided} takes what {@code coalesce} takes, and the others time
 * proportional to what is remembered.
 */
@Exercise(id = "7.13", title = "See what it sees", points = 4, difficulty = Difficulty.EASY, hours = 2.5)
public final class HybridMonitor implements RoundListener {
    private static final String PREFIX = "storagelab_hybrid_";
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double MILLIS_PER_SECOND = 1e3;

    @Given
    private final MonitorOptions options;

    private final Deque<Round> rounds = new ArrayDeque<>(); // the oldest first; guarded by this, as all below
    private final List<MoveView> moves = new ArrayList<>(); // the oldest first
    private List<Decision> decisions = List.of(); // of the last round
    private List<RangeView> ranges = List.of(); // of the last round, before any became one row
    private final Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class); // of all rounds
    private final Map<EngineKind, Moved> moved = new EnumMap<>(EngineKind.class); // all moves

    /** What has moved to a tier. */
    private record Moved(long moves, long bytes, long millis) {
        private static final Moved NOTHING = new Moved(0, 0, 0);

        Moved plus(Moved more) {
            return new Moved(moves + more.moves, bytes + more.bytes, millis + more.millis);
        }
    }

    /** A monitor that remembers nothing yet. */
    public HybridMonitor(MonitorOptions options) {
        this.options = options;
    }

    /**
     * Remembers a round, and its decisions instead of those of the round before; {@link RangeView#of(List, List, double)} puts together what is known about
     * each range. A round without any range changes nothing.
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
        rounds.addLast(new Round(options.clock().millis(), coalesce(seen, options.rowsMax())));
        if (rounds.size() > options.roundsMax()) {
            rounds.removeFirst();
        }
    }

    /** Remembers that a move begins now. If an equal move runs, nothing changes: that one goes on. */
    @Override
    public synchronized void began(Move move) {
        if (indexOfRunning(move) >= 0) {
            return;
        }
        moves.add(new MoveView(move, options.clock().millis(), null, 0, 0));
        if (moves.size() > options.movesMax()) {
            moves.remove(0);
        }
    }

    /**
     * Adds the entries and bytes of a report to the equal move that runs, and ends it now if the report says that it has ended. If no equal move runs, or it is
     * no longer remembered, one begins now.
     */
    @Override
    public synchronized void ran(MoveReport report) {
        began(report.move());
        int index = indexOfRunning(report.move());
        MoveView before = moves.get(index);
        MoveView after = new MoveView(
                before.move(),
                before.beganMillis(),
                report.ended() ? options.clock().millis() : null,
                before.entries() + report.entries(),
                before.bytes() + report.bytes());
        moves.set(index, after);
        Moved more = new Moved(
                report.ended() ? 1 : 0, report.bytes(), after.tookMillis().orElse(0L));
        moved.merge(EngineKind.named(report.move().to()), more, Moved::plus);
    }

    /** The place in the list of the equal move that runs; negative if there is none. */
    private int indexOfRunning(Move move) {
        for (int i = 0; i < moves.size(); i++) {
            if (moves.get(i).endedMillis() == null && moves.get(i).move().equals(move)) {
                return i;
            }
        }
        return -1;
    }

    /** What is remembered now, all of one moment. */
    public synchronized MonitorHistory history() {
        return new MonitorHistory(List.copyOf(rounds), moves, decisions);
    }

    /**
     * At most {@code rowsMax} rows that stand for {@code ranges}. At first each range is a row. While there are too many, two neighbours become one row, by {@link
     * RangeView#plus}:
     *
     * <ol>
     *   <li>Two that are both on the same engine, and on no other; if there are none, any two.
     *   <li>Of these, the two that have the fewest requests a second together.
     *   <li>Of these, the first two in the order of the keys.
     * </ol>
     *
     * <p>So what is asked for most keeps a row of its own, and a row is on both engines only if the engines change more often than there are rows.
     *
     * <p>Example, with three rows: A (lsm, 5 a second), B (lsm, 1), C (btree, 0), D (lsm, 2), E (lsm, 90). A and B have 6 together, D and E 92: AB, C, D, E. Of these,
     * D and E are the only ones on the same engine: AB, C, DE.
     *
     * <p>Cost: O(n · (n − rowsMax)) for n ranges, O(n) if there are not too many.
     *
     * @param ranges in the order of the keys, each beginning where the one before ends; the list stays as it is
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
            RangeView upper = rows.remove(best);
            rows.set(best - 1, rows.get(best - 1).plus(upper));
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
        each(tier -> text.sample(label(tier), moved(tier).moves));
        text.head("tier_moved_bytes_total", "counter", "Keys and values that have moved to the tier.");
        each(tier -> text.sample(label(tier), moved(tier).bytes));
        text.head("tier_move_seconds_total", "counter", "Time that moves to the tier took.");
        each(tier -> text.sample(label(tier), moved(tier).millis / MILLIS_PER_SECOND));
    }

    private Moved moved(EngineKind tier) {
        return moved.getOrDefault(tier, Moved.NOTHING);
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
