// exercise: 7.13
// type: storagelab.hybrid.HybridMonitor
// verdict: accepted
// because: a lock of its own, arrays by the numbers of the enums, the moves that run in a map, and a sorted search for what becomes one row
// replace: type
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import storagelab.hybrid.MonitorHistory.Round;
import storagelab.recovery.EngineKind;
import storagelab.tier.Move;
import storagelab.tier.MoveReport;
import storagelab.workload.RangeStatistics;

public final class HybridMonitor implements RoundListener {
    private static final EngineKind[] ENGINES = EngineKind.values();

    private final MonitorOptions options;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedList<Round> rounds = new LinkedList<>();
    private final Map<Long, MoveView> moves = new LinkedHashMap<>();
    private long nextMove;
    private List<Decision> last = List.of();
    private List<RangeView> seen = List.of();
    private final long[] verdicts = new long[Verdict.values().length];
    private final long[] ended = new long[ENGINES.length];
    private final long[] bytes = new long[ENGINES.length];
    private final long[] millis = new long[ENGINES.length];

    public HybridMonitor(MonitorOptions options) {
        this.options = options;
    }

    @Override
    public void decided(List<Decision> decisions, List<RangeStatistics> load, double seconds) {
        List<RangeView> views = List.copyOf(RangeView.of(decisions, load, seconds));
        if (views.isEmpty()) {
            return;
        }
        Round round = new Round(options.clock().millis(), coalesce(views, options.rowsMax()));
        lock.lock();
        try {
            last = List.copyOf(decisions);
            seen = views;
            for (Decision decision : decisions) {
                verdicts[decision.verdict().ordinal()]++;
            }
            while (rounds.size() >= options.roundsMax()) {
                rounds.poll();
            }
            rounds.add(round);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void began(Move move) {
        lock.lock();
        try {
            runningOrNew(move);
        } finally {
            lock.unlock();
        }
    }

    private long runningOrNew(Move move) {
        for (Map.Entry<Long, MoveView> entry : moves.entrySet()) {
            if (entry.getValue().move().equals(move)
                    && entry.getValue().tookMillis().isEmpty()) {
                return entry.getKey();
            }
        }
        moves.put(nextMove, new MoveView(move, options.clock().millis(), null, 0, 0));
        moves.remove(nextMove - options.movesMax());
        return nextMove++;
    }

    @Override
    public void ran(MoveReport report) {
        lock.lock();
        try {
            int tier = EngineKind.named(report.move().to()).ordinal();
            long number = runningOrNew(report.move());
            MoveView view = moves.get(number);
            Long end = null;
            if (report.ended()) {
                end = options.clock().millis();
                ended[tier]++;
                millis[tier] += end - view.beganMillis();
            }
            bytes[tier] += report.bytes();
            moves.put(
                    number,
                    new MoveView(
                            report.move(),
                            view.beganMillis(),
                            end,
                            view.entries() + report.entries(),
                            view.bytes() + report.bytes()));
        } finally {
            lock.unlock();
        }
    }

    public MonitorHistory history() {
        lock.lock();
        try {
            return new MonitorHistory(rounds, List.copyOf(moves.values()), last);
        } finally {
            lock.unlock();
        }
    }

    public static List<RangeView> coalesce(List<RangeView> ranges, int rowsMax) {
        if (rowsMax < 1) {
            throw new IllegalArgumentException("no rows");
        }
        LinkedList<RangeView> rows = new LinkedList<>(ranges);
        while (rows.size() > rowsMax) {
            List<RangeView> now = new ArrayList<>(rows);
            Comparator<Integer> order = Comparator.comparing((Integer i) -> now.get(i).engines().size() > 1
                            || !now.get(i).engines().equals(now.get(i + 1).engines()))
                    .thenComparing(i -> now.get(i).requestsPerSecond()
                            + now.get(i + 1).requestsPerSecond());
            int first = IntStream.range(0, now.size() - 1).boxed().min(order).orElseThrow();
            rows.set(first, now.get(first).plus(now.get(first + 1)));
            rows.remove(first + 1);
        }
        return rows;
    }

    public String metrics() {
        lock.lock();
        try {
            List<String> lines = new ArrayList<>();
            gauges(lines);
            head(lines, "verdicts_total", "counter", "Decisions about a range in a round.");
            for (Verdict verdict : Verdict.values()) {
                lines.add("storagelab_hybrid_verdicts_total{verdict=\""
                        + verdict.toString().toLowerCase(Locale.ROOT) + "\"} " + verdicts[verdict.ordinal()]);
            }
            head(lines, "moves_running", "gauge", "Moves that have begun and not ended.");
            lines.add("storagelab_hybrid_moves_running "
                    + moves.values().stream()
                            .filter(view -> view.tookMillis().isEmpty())
                            .count());
            head(lines, "tier_moves_total", "counter", "Ranges that have moved to the tier.");
            for (EngineKind tier : ENGINES) {
                lines.add(sample("tier_moves_total", tier, "") + ended[tier.ordinal()]);
            }
            head(lines, "tier_moved_bytes_total", "counter", "Keys and values that have moved to the tier.");
            for (EngineKind tier : ENGINES) {
                lines.add(sample("tier_moved_bytes_total", tier, "") + bytes[tier.ordinal()]);
            }
            head(lines, "tier_move_seconds_total", "counter", "Time that moves to the tier took.");
            for (EngineKind tier : ENGINES) {
                lines.add(sample("tier_move_seconds_total", tier, "") + millis[tier.ordinal()] / 1000.0);
            }
            return String.join("\n", lines) + "\n";
        } finally {
            lock.unlock();
        }
    }

    private void gauges(List<String> lines) {
        head(lines, "last_round_timestamp_seconds", "gauge", "When the last round was.");
        double time = rounds.isEmpty() ? 0 : rounds.getLast().atMillis() / 1000.0;
        lines.add("storagelab_hybrid_last_round_timestamp_seconds " + time);
        head(lines, "tier_ranges", "gauge", "Ranges of keys on the tier.");
        for (EngineKind tier : ENGINES) {
            lines.add(sample("tier_ranges", tier, "")
                    + last.stream().filter(one -> one.from() == tier).count());
        }
        head(lines, "tier_size_bytes", "gauge", "Keys and values on the tier, estimated.");
        for (EngineKind tier : ENGINES) {
            lines.add(sample("tier_size_bytes", tier, "")
                    + last.stream()
                            .filter(one -> one.from() == tier)
                            .mapToLong(one -> one.evidence().bytes())
                            .sum());
        }
        head(
                lines,
                "tier_requests_per_second",
                "gauge",
                "Requests to the tier each second, as the router sees them.");
        for (EngineKind tier : ENGINES) {
            double[] sums = new double[3];
            for (RangeView view : seen) {
                if (view.engines().contains(tier)) {
                    sums[0] += view.readsPerSecond();
                    sums[1] += view.writesPerSecond();
                    sums[2] += view.scansPerSecond();
                }
            }
            lines.add(sample("tier_requests_per_second", tier, ",kind=\"read\"") + sums[0]);
            lines.add(sample("tier_requests_per_second", tier, ",kind=\"write\"") + sums[1]);
            lines.add(sample("tier_requests_per_second", tier, ",kind=\"scan\"") + sums[2]);
        }
        head(
                lines,
                "tier_predicted_work_ratio",
                "gauge",
                "Predicted seconds of work in a second for the load of the tier, on each engine.");
        for (EngineKind tier : ENGINES) {
            for (EngineKind engine : ENGINES) {
                double sum = 0;
                for (Decision decision : last) {
                    if (decision.from() == tier) {
                        sum += decision.evidence().costs().of(engine);
                    }
                }
                lines.add(sample("tier_predicted_work_ratio", tier, ",engine=\"" + engine.id() + "\"") + sum / 1e6);
            }
        }
    }

    private static void head(List<String> lines, String name, String type, String help) {
        lines.add("# HELP storagelab_hybrid_" + name + " " + help);
        lines.add("# TYPE storagelab_hybrid_" + name + " " + type);
    }

    private static String sample(String name, EngineKind tier, String more) {
        return "storagelab_hybrid_" + name + "{tier=\"" + tier.id() + "\"" + more + "} ";
    }
}
