package storagelab.grader.hidden.lab07;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.cost.EngineCosts;
import storagelab.hybrid.HybridMonitor;
import storagelab.hybrid.MonitorHistory;
import storagelab.hybrid.MonitorOptions;
import storagelab.hybrid.MoveView;
import storagelab.hybrid.RangeView;
import storagelab.hybrid.Verdict;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;
import storagelab.testkit.hybrid.Rounds;
import storagelab.testkit.hybrid.Rounds.Asked;
import storagelab.testkit.workload.HandClock;
import storagelab.tier.Move;
import storagelab.tier.MoveReport;

/** Exercise 7.13: what the router sees, predicts and did. */
@Tag("7.13")
class HybridMonitorHiddenTest {
    private static final long START = 1_700_000_000_000L;
    private static final List<Verdict> VERDICTS = List.of(Verdict.values());
    private static final Move TO_TREE = new Move(KeyRange.of(Slice.utf8("a"), Slice.utf8("m")), "btree");
    private static final Move TO_LSM = new Move(KeyRange.from(Slice.utf8("m")), "lsm");

    private final HandClock clock = new HandClock();

    private HybridMonitor monitor(int rounds, int rows, int moves) {
        return new HybridMonitor(MonitorOptions.defaults().withClock(clock).withLimits(rounds, rows, moves));
    }

    private static MoveReport report(Move move, long bytes, boolean ended) {
        return new MoveReport(move, 1, bytes / 100, bytes, ended);
    }

    private static Rounds round(long atMillis) {
        return Rounds.at(atMillis)
                .range("m", EngineKind.BTREE, Verdict.STAYS, new Asked(16, 4, 2))
                .with(new EngineCosts(500_000, 1_000_000), 1_000)
                .range("p", EngineKind.LSM, Verdict.TOO_NEW, new Asked(32, 8, 1))
                .with(new EngineCosts(250_000, 2_000_000), 200)
                .range("∞", EngineKind.LSM, Verdict.MOVE, new Asked(64, 0.5, 0.25))
                .with(new EngineCosts(0, 125_000), 50);
    }

    /** The value of a sample, as it is written; null if there is no such sample. */
    private static @Nullable String value(HybridMonitor monitor, String sample) {
        String line = "storagelab_hybrid_" + sample + " ";
        return monitor.metrics()
                .lines()
                .filter(one -> one.startsWith(line))
                .map(one -> one.substring(line.length()))
                .findFirst()
                .orElse(null);
    }

    private static List<RangeView> views(Rounds round) {
        return RangeView.of(round.decisions(), round.load(), round.seconds());
    }

    private static String describe(List<RangeView> rows) {
        return rows.stream()
                .map(row -> row.range() + " " + Math.round(row.requestsPerSecond()) + " " + row.engines())
                .collect(Collectors.joining(", "));
    }

    @Test
    @DisplayName(
            "before anything was told: every sample is there, and 0; HELP and TYPE stand before the samples of each metric")
    void metricsOfNothing() {
        assertEquals("""
                # HELP storagelab_hybrid_last_round_timestamp_seconds When the last round was.
                # TYPE storagelab_hybrid_last_round_timestamp_seconds gauge
                storagelab_hybrid_last_round_timestamp_seconds 0.0
                # HELP storagelab_hybrid_tier_ranges Ranges of keys on the tier.
                # TYPE storagelab_hybrid_tier_ranges gauge
                storagelab_hybrid_tier_ranges{tier="btree"} 0
                storagelab_hybrid_tier_ranges{tier="lsm"} 0
                # HELP storagelab_hybrid_tier_size_bytes Keys and values on the tier, estimated.
                # TYPE storagelab_hybrid_tier_size_bytes gauge
                storagelab_hybrid_tier_size_bytes{tier="btree"} 0
                storagelab_hybrid_tier_size_bytes{tier="lsm"} 0
                # HELP storagelab_hybrid_tier_requests_per_second Requests to the tier each second, as the router sees them.
                # TYPE storagelab_hybrid_tier_requests_per_second gauge
                storagelab_hybrid_tier_requests_per_second{tier="btree",kind="read"} 0.0
                storagelab_hybrid_tier_requests_per_second{tier="btree",kind="write"} 0.0
                storagelab_hybrid_tier_requests_per_second{tier="btree",kind="scan"} 0.0
                storagelab_hybrid_tier_requests_per_second{tier="lsm",kind="read"} 0.0
                storagelab_hybrid_tier_requests_per_second{tier="lsm",kind="write"} 0.0
                storagelab_hybrid_tier_requests_per_second{tier="lsm",kind="scan"} 0.0
                # HELP storagelab_hybrid_tier_predicted_work_ratio Predicted seconds of work in a second for the load of the tier, on each engine.
                # TYPE storagelab_hybrid_tier_predicted_work_ratio gauge
                storagelab_hybrid_tier_predicted_work_ratio{tier="btree",engine="btree"} 0.0
                storagelab_hybrid_tier_predicted_work_ratio{tier="btree",engine="lsm"} 0.0
                storagelab_hybrid_tier_predicted_work_ratio{tier="lsm",engine="btree"} 0.0
                storagelab_hybrid_tier_predicted_work_ratio{tier="lsm",engine="lsm"} 0.0
                # HELP storagelab_hybrid_verdicts_total Decisions about a range in a round.
                # TYPE storagelab_hybrid_verdicts_total counter
                storagelab_hybrid_verdicts_total{verdict="moving"} 0
                storagelab_hybrid_verdicts_total{verdict="stays"} 0
                storagelab_hybrid_verdicts_total{verdict="too_new"} 0
                storagelab_hybrid_verdicts_total{verdict="too_little"} 0
                storagelab_hybrid_verdicts_total{verdict="put_off"} 0
                storagelab_hybrid_verdicts_total{verdict="no_budget"} 0
                storagelab_hybrid_verdicts_total{verdict="move"} 0
                # HELP storagelab_hybrid_moves_running Moves that have begun and not ended.
                # TYPE storagelab_hybrid_moves_running gauge
                storagelab_hybrid_moves_running 0
                # HELP storagelab_hybrid_tier_moves_total Ranges that have moved to the tier.
                # TYPE storagelab_hybrid_tier_moves_total counter
                storagelab_hybrid_tier_moves_total{tier="btree"} 0
                storagelab_hybrid_tier_moves_total{tier="lsm"} 0
                # HELP storagelab_hybrid_tier_moved_bytes_total Keys and values that have moved to the tier.
                # TYPE storagelab_hybrid_tier_moved_bytes_total counter
                storagelab_hybrid_tier_moved_bytes_total{tier="btree"} 0
                storagelab_hybrid_tier_moved_bytes_total{tier="lsm"} 0
                # HELP storagelab_hybrid_tier_move_seconds_total Time that moves to the tier took.
                # TYPE storagelab_hybrid_tier_move_seconds_total counter
                storagelab_hybrid_tier_move_seconds_total{tier="btree"} 0.0
                storagelab_hybrid_tier_move_seconds_total{tier="lsm"} 0.0
                """, monitor(3, 3, 3).metrics(), "the metrics of a monitor that was told nothing");
    }

    @Test
    @DisplayName("gauges are sums over the ranges of the last round, also where the history has fewer rows")
    void gauges() {
        HybridMonitor monitor = monitor(3, 1, 3);
        Rounds.at(START - 5_000)
                .range("∞", EngineKind.BTREE, Verdict.STAYS, new Asked(1_000, 1_000, 1_000))
                .tell(monitor);
        clock.pass(Duration.ofMillis(500));
        round(START).tell(monitor);

        assertEquals("1.7000000005E9", value(monitor, "last_round_timestamp_seconds"), "the time of the last round");
        assertEquals("1", value(monitor, "tier_ranges{tier=\"btree\"}"), "ranges on the B+tree");
        assertEquals(
                "2", value(monitor, "tier_ranges{tier=\"lsm\"}"), "ranges on the LSM tree, before they are one row");
        assertEquals("1000", value(monitor, "tier_size_bytes{tier=\"btree\"}"), "bytes on the B+tree");
        assertEquals("250", value(monitor, "tier_size_bytes{tier=\"lsm\"}"), "bytes on the LSM tree");
        String requests = "tier_requests_per_second{tier=\"lsm\",kind=\"";
        assertEquals("96.0", value(monitor, requests + "read\"}"), "gets a second on the LSM tree");
        assertEquals("8.5", value(monitor, requests + "write\"}"), "puts and deletes a second on the LSM tree");
        assertEquals("1.25", value(monitor, requests + "scan\"}"), "scans a second on the LSM tree");
        assertEquals(
                "16.0",
                value(monitor, "tier_requests_per_second{tier=\"btree\",kind=\"read\"}"),
                "gets a second on the B+tree");
        String work = "tier_predicted_work_ratio{tier=";
        assertEquals("0.5", value(monitor, work + "\"btree\",engine=\"btree\"}"), "the B+tree's load on the B+tree");
        assertEquals("1.0", value(monitor, work + "\"btree\",engine=\"lsm\"}"), "the B+tree's load on the LSM tree");
        assertEquals("0.25", value(monitor, work + "\"lsm\",engine=\"btree\"}"), "the LSM tree's load on the B+tree");
        assertEquals("2.125", value(monitor, work + "\"lsm\",engine=\"lsm\"}"), "the LSM tree's load on the LSM tree");
    }

    @Test
    @DisplayName("verdicts are counted over all rounds, also those that are no longer remembered")
    void verdicts() {
        HybridMonitor monitor = monitor(2, 3, 3);
        for (int i = 0; i < 5; i++) {
            round(START + i).tell(monitor);
        }
        assertEquals("5", value(monitor, "verdicts_total{verdict=\"stays\"}"), "STAYS in five rounds");
        assertEquals("5", value(monitor, "verdicts_total{verdict=\"too_new\"}"), "TOO_NEW in five rounds");
        assertEquals("0", value(monitor, "verdicts_total{verdict=\"no_budget\"}"), "NO_BUDGET in five rounds");
    }

    @Test
    @DisplayName("the last rounds are remembered, the oldest first, with the time at which they were told")
    void rounds() {
        HybridMonitor monitor = monitor(3, 3, 3);
        for (int i = 0; i < 8; i++) {
            clock.pass(Duration.ofSeconds(1));
            round(START + 7L * i).tell(monitor);
            List<Long> times = monitor.history().rounds().stream()
                    .map(MonitorHistory.Round::atMillis)
                    .toList();
            List<Long> expected = new ArrayList<>();
            for (int j = Math.max(0, i - 2); j <= i; j++) {
                expected.add(START + 1_000L * (j + 1));
            }
            assertEquals(expected, times, "the times of the rounds remembered after round " + (i + 1));
        }
        assertEquals(
                describe(views(round(START))),
                describe(monitor.history().rounds().get(2).rows()),
                "the rows of the last round");
    }

    @Test
    @DisplayName("the decisions are those of the last round; rows are at most as many as the options say")
    void lastRound() {
        HybridMonitor monitor = monitor(3, 2, 3);
        round(START).tell(monitor);
        Rounds second = Rounds.at(START + 1)
                .range("c", EngineKind.LSM, Verdict.STAYS, Asked.reads(1))
                .range("d", EngineKind.LSM, Verdict.STAYS, Asked.reads(2))
                .range("∞", EngineKind.LSM, Verdict.STAYS, Asked.reads(3));
        second.tell(monitor);
        MonitorHistory history = monitor.history();
        assertEquals(second.decisions(), history.decisions(), "the decisions of the last round");
        assertEquals(
                "[, d) 3 [LSM], [d, ∞) 3 [LSM]",
                describe(history.rounds().get(1).rows()),
                "at most two rows of the last round");
    }

    @Test
    @DisplayName("a round without any range changes nothing, nor does one whose load is of other ranges")
    void nothingChanges() {
        HybridMonitor monitor = monitor(3, 3, 3);
        monitor.decided(List.of(), List.of(), 1);
        assertEquals(0, monitor.history().rounds().size(), "rounds after one without any range");
        round(START).tell(monitor);
        String before = monitor.metrics();
        monitor.decided(List.of(), List.of(), 1);
        Rounds other = round(START + 1);
        assertThrows(
                IllegalArgumentException.class,
                () -> monitor.decided(other.decisions(), other.load().subList(0, 2), 8),
                "a load of fewer ranges than decisions must be refused");
        assertEquals(1, monitor.history().rounds().size(), "rounds remembered");
        assertEquals(round(START).decisions(), monitor.history().decisions(), "the decisions of the last round");
        assertEquals(before, monitor.metrics(), "the metrics after rounds that change nothing");
    }

    @Test
    @DisplayName("a move runs from its beginning to the report that says that it has ended")
    void move() {
        HybridMonitor monitor = monitor(3, 3, 3);
        monitor.began(TO_TREE);
        assertEquals("1", value(monitor, "moves_running"), "moves that run after one began");
        assertEquals(
                List.of(new MoveView(TO_TREE, START, null, 0, 0)),
                monitor.history().moves(),
                "the moves after one began");
        clock.pass(Duration.ofMillis(1_500));
        monitor.ran(report(TO_TREE, 700, true));
        assertEquals(
                List.of(new MoveView(TO_TREE, START, START + 1_500, 7, 700)),
                monitor.history().moves(),
                "the moves after it ended");
        assertEquals("0", value(monitor, "moves_running"), "moves that run after it ended");
        assertEquals("1", value(monitor, "tier_moves_total{tier=\"btree\"}"), "moves to the B+tree");
        assertEquals("0", value(monitor, "tier_moves_total{tier=\"lsm\"}"), "moves to the LSM tree");
        assertEquals("700", value(monitor, "tier_moved_bytes_total{tier=\"btree\"}"), "bytes to the B+tree");
        assertEquals(
                "1.5", value(monitor, "tier_move_seconds_total{tier=\"btree\"}"), "seconds of moves to the B+tree");
    }

    @Test
    @DisplayName("a move that is stopped goes on as the same move, and its bytes are counted when they are reported")
    void stopped() {
        HybridMonitor monitor = monitor(3, 3, 3);
        monitor.began(TO_TREE);
        clock.pass(Duration.ofSeconds(1));
        monitor.ran(report(TO_TREE, 300, false));
        assertEquals("1", value(monitor, "moves_running"), "a move that was stopped still runs");
        assertEquals("0", value(monitor, "tier_moves_total{tier=\"btree\"}"), "moves that have ended");
        assertEquals(
                "300", value(monitor, "tier_moved_bytes_total{tier=\"btree\"}"), "bytes of a move that has not ended");
        assertEquals(
                "0.0",
                value(monitor, "tier_move_seconds_total{tier=\"btree\"}"),
                "a move that has not ended adds no time");
        clock.pass(Duration.ofSeconds(1));
        monitor.began(TO_TREE);
        clock.pass(Duration.ofSeconds(1));
        monitor.ran(report(TO_TREE, 400, true));
        assertEquals(
                List.of(new MoveView(TO_TREE, START, START + 3_000, 7, 700)),
                monitor.history().moves(),
                "one move, from its first beginning to its end, with the bytes of both reports");
        assertEquals("700", value(monitor, "tier_moved_bytes_total{tier=\"btree\"}"), "bytes of both reports");
        assertEquals(
                "3.0", value(monitor, "tier_move_seconds_total{tier=\"btree\"}"), "seconds from the first beginning");
    }

    @Test
    @DisplayName("after its end, an equal move is another one; a report of a move that does not run begins one")
    void again() {
        HybridMonitor monitor = monitor(3, 3, 5);
        monitor.began(TO_TREE);
        monitor.ran(report(TO_TREE, 100, true));
        clock.pass(Duration.ofSeconds(2));
        monitor.began(TO_TREE);
        clock.pass(Duration.ofSeconds(1));
        monitor.ran(report(TO_TREE, 200, true));
        monitor.ran(report(TO_LSM, 300, true));
        assertEquals(
                List.of(
                        new MoveView(TO_TREE, START, START, 1, 100),
                        new MoveView(TO_TREE, START + 2_000, START + 3_000, 2, 200),
                        new MoveView(TO_LSM, START + 3_000, START + 3_000, 3, 300)),
                monitor.history().moves(),
                "the moves, the oldest first");
        assertEquals("2", value(monitor, "tier_moves_total{tier=\"btree\"}"), "moves to the B+tree");
        assertEquals("1", value(monitor, "tier_moves_total{tier=\"lsm\"}"), "moves to the LSM tree");
    }

    @Test
    @DisplayName("the report of one move does not end another")
    void two() {
        HybridMonitor monitor = monitor(3, 3, 5);
        monitor.began(TO_TREE);
        monitor.began(TO_LSM);
        clock.pass(Duration.ofSeconds(1));
        monitor.ran(report(TO_TREE, 100, true));
        assertEquals(
                List.of(new MoveView(TO_TREE, START, START + 1_000, 1, 100), new MoveView(TO_LSM, START, null, 0, 0)),
                monitor.history().moves(),
                "the moves after the first one ended");
    }

    @Test
    @DisplayName(
            "the last moves that began are remembered; the others are counted still, and one that comes back begins now")
    void movesMax() {
        HybridMonitor monitor = monitor(3, 3, 2);
        monitor.began(TO_LSM);
        for (int i = 0; i < 4; i++) {
            clock.pass(Duration.ofSeconds(1));
            monitor.began(TO_TREE);
            monitor.ran(report(TO_TREE, 100, true));
        }
        assertEquals(
                List.of(START + 3_000, START + 4_000),
                monitor.history().moves().stream().map(MoveView::beganMillis).toList(),
                "when the moves remembered began");
        assertEquals("4", value(monitor, "tier_moves_total{tier=\"btree\"}"), "moves, remembered or not");
        assertEquals("0", value(monitor, "moves_running"), "remembered moves that run");
        monitor.ran(report(TO_LSM, 500, true));
        assertEquals(
                new MoveView(TO_LSM, START + 4_000, START + 4_000, 5, 500),
                monitor.history().moves().get(1),
                "a move that was no longer remembered");
    }

    @Test
    @DisplayName(
            "neighbours on the same engine become one row first, the quietest first, then the first in the order of the keys")
    void coalesce() {
        List<RangeView> ranges = views(Rounds.at(START)
                .range("b", EngineKind.LSM, Verdict.STAYS, Asked.reads(5))
                .range("c", EngineKind.LSM, Verdict.STAYS, Asked.reads(1))
                .range("d", EngineKind.BTREE, Verdict.STAYS, Asked.reads(0))
                .range("e", EngineKind.LSM, Verdict.STAYS, Asked.reads(2))
                .range("∞", EngineKind.LSM, Verdict.MOVE, Asked.reads(90)));
        List<String> expected = List.of(
                "[, ∞) 98 [BTREE, LSM]",
                "[, d) 6 [BTREE, LSM], [d, ∞) 92 [LSM]",
                "[, c) 6 [LSM], [c, d) 0 [BTREE], [d, ∞) 92 [LSM]",
                "[, c) 6 [LSM], [c, d) 0 [BTREE], [d, e) 2 [LSM], [e, ∞) 90 [LSM]");
        for (int rows = 1; rows <= expected.size(); rows++) {
            assertEquals(
                    expected.get(rows - 1),
                    describe(HybridMonitor.coalesce(ranges, rows)),
                    "five ranges in at most " + rows + " rows");
        }
        assertEquals(describe(ranges), describe(HybridMonitor.coalesce(ranges, 5)), "five ranges in at most five rows");
        assertEquals(5, ranges.size(), "the ranges that were given");

        assertEquals(
                "[, b) 90 [LSM], [b, c) 2 [LSM], [c, d) 0 [BTREE], [d, ∞) 6 [LSM]",
                describe(HybridMonitor.coalesce(
                        views(Rounds.at(START)
                                .range("b", EngineKind.LSM, Verdict.STAYS, Asked.reads(90))
                                .range("c", EngineKind.LSM, Verdict.STAYS, Asked.reads(2))
                                .range("d", EngineKind.BTREE, Verdict.STAYS, Asked.reads(0))
                                .range("e", EngineKind.LSM, Verdict.STAYS, Asked.reads(5))
                                .range("∞", EngineKind.LSM, Verdict.STAYS, Asked.reads(1))),
                        4)),
                "five ranges in four rows: the last two are on the same engine and have the fewest requests");

        List<RangeView> alike = views(Rounds.at(START)
                .range("b", EngineKind.LSM, Verdict.STAYS, Asked.reads(1))
                .range("c", EngineKind.LSM, Verdict.STAYS, Asked.reads(1))
                .range("∞", EngineKind.LSM, Verdict.STAYS, Asked.reads(1)));
        assertEquals(
                "[, c) 2 [LSM], [c, ∞) 1 [LSM]",
                describe(HybridMonitor.coalesce(alike, 2)),
                "three ranges that are asked for equally often in two rows");
    }

    @Test
    @DisplayName("two rows that are both on both engines are not on the same single engine")
    void mixed() {
        Rounds round = Rounds.at(START);
        for (int i = 0; i < 4; i++) {
            round.range("b" + i, i % 2 == 0 ? EngineKind.LSM : EngineKind.BTREE, Verdict.STAYS, Asked.reads(1));
        }
        round.range("c", EngineKind.BTREE, Verdict.STAYS, Asked.reads(50));
        round.range("∞", EngineKind.LSM, Verdict.STAYS, Asked.reads(7));
        assertEquals(
                "[, b1) 2 [BTREE, LSM], [b1, b2) 1 [LSM], [b2, c) 51 [BTREE], [c, ∞) 7 [LSM]",
                describe(HybridMonitor.coalesce(views(round), 4)),
                "six ranges in four rows");
        Rounds both = Rounds.at(START);
        for (int i = 0; i < 4; i++) {
            both.range("b" + i, i % 2 == 0 ? EngineKind.LSM : EngineKind.BTREE, Verdict.STAYS, Asked.reads(5));
        }
        both.range("c", EngineKind.LSM, Verdict.STAYS, Asked.reads(8));
        both.range("∞", EngineKind.BTREE, Verdict.STAYS, Asked.reads(7));
        assertEquals(
                "[, b1) 10 [BTREE, LSM], [b1, b3) 10 [BTREE, LSM], [b3, ∞) 15 [BTREE, LSM]",
                describe(HybridMonitor.coalesce(views(both), 3)),
                "six ranges in three rows: the last two have 15 together, and the first two rows have 20");
    }

    @Test
    @DisplayName("nothing is lost: rows have the sums of their ranges, and there are never too many")
    void sums() {
        Seeds.check(200, random -> {
            Rounds round = Rounds.at(START);
            int count = 1 + random.nextInt(30);
            for (int i = 1; i < count; i++) {
                round.range(
                        "k%03d".formatted(i),
                        random.nextInt(3) == 0 ? EngineKind.BTREE : EngineKind.LSM,
                        VERDICTS.get(random.nextInt(VERDICTS.size())),
                        new Asked(random.nextInt(64), random.nextInt(64), random.nextInt(64)));
            }
            round.range("∞", EngineKind.LSM, Verdict.STAYS, Asked.reads(random.nextInt(64)));
            List<RangeView> ranges = views(round);
            int max = 1 + random.nextInt(32);
            List<RangeView> rows = HybridMonitor.coalesce(ranges, max);
            assertEquals(Math.min(max, count), rows.size(), "rows of " + count + " ranges, at most " + max);
            RangeView all = ranges.stream().reduce(RangeView::plus).orElseThrow();
            assertEquals(
                    all,
                    rows.stream().reduce(RangeView::plus).orElseThrow(),
                    "all rows together, of " + count + " ranges, at most " + max);
        });
    }

    @Test
    @DisplayName("at most no row is refused")
    void noRow() {
        assertThrows(
                IllegalArgumentException.class,
                () -> HybridMonitor.coalesce(views(round(START)), 0),
                "coalesce with at most 0 rows must be refused");
        assertThrows(
                IllegalArgumentException.class,
                () -> HybridMonitor.coalesce(List.of(), 0),
                "coalesce of nothing with at most 0 rows must be refused");
        assertEquals(List.of(), HybridMonitor.coalesce(List.of(), 1), "no ranges in one row");
    }

    @Test
    @DisplayName("a history never changes")
    void unchanged() {
        HybridMonitor monitor = monitor(2, 3, 2);
        round(START).tell(monitor);
        monitor.began(TO_TREE);
        MonitorHistory history = monitor.history();
        int rounds = history.rounds().size();
        round(START + 1).tell(monitor);
        round(START + 2).tell(monitor);
        monitor.ran(report(TO_TREE, 100, true));
        monitor.began(TO_LSM);
        assertEquals(rounds, history.rounds().size(), "rounds in a history that was taken before");
        assertEquals(START, history.rounds().get(0).atMillis(), "the time of its round");
        assertEquals(List.of(new MoveView(TO_TREE, START, null, 0, 0)), history.moves(), "its moves");
        assertTrue(
                !history.decisions().equals(monitor.history().decisions()),
                "its decisions are those of an earlier round");
    }

    @Test
    @DisplayName("a history is of one moment, while another thread tells rounds and moves")
    void oneMoment() throws InterruptedException {
        HybridMonitor monitor = monitor(50, 2, 20);
        int cycle = 1_000;
        List<Rounds> rounds = new ArrayList<>();
        for (int i = 0; i < cycle; i++) {
            rounds.add(ranges(START + i));
        }
        AtomicInteger reading = new AtomicInteger(2);
        AtomicInteger told = new AtomicInteger();
        try (Crew crew = new Crew()) {
            crew.start("rounds", () -> {
                while (reading.get() > 0) {
                    clock.pass(Duration.ofMillis(1));
                    rounds.get(told.incrementAndGet() % cycle).tell(monitor);
                    monitor.ran(report(TO_TREE, 100, true));
                }
            });
            crew.start(2, "readers", () -> {
                try {
                    for (int i = 0; i < 2_000; i++) {
                        check(monitor.history(), cycle);
                        if (i % 50 == 0) {
                            long lines = monitor.metrics().lines().count();
                            assertEquals(49, lines, "lines of the metrics while a thread tells rounds");
                        }
                    }
                } finally {
                    reading.decrementAndGet();
                }
            });
            crew.join();
        }
        assertEquals("" + told, value(monitor, "tier_moves_total{tier=\"btree\"}"), "all moves are counted");
        assertEquals("" + told, value(monitor, "verdicts_total{verdict=\"move\"}"), "all decisions are counted");
    }

    private static Rounds ranges(long atMillis) {
        Rounds round = Rounds.at(atMillis);
        for (int i = 10; i < 22; i++) {
            round.range("k" + i, EngineKind.LSM, Verdict.STAYS, Asked.reads(i));
        }
        return round.range("∞", EngineKind.LSM, Verdict.MOVE, Asked.reads(1));
    }

    /** That rounds follow each other, and that the decisions are those of the last one. */
    private static void check(MonitorHistory history, int cycle) {
        long last = -1;
        for (MonitorHistory.Round round : history.rounds()) {
            long number = round.atMillis() - START;
            assertTrue(last < 0 || number == last + 1, "a history has round " + number + " after round " + last);
            last = number;
        }
        if (last >= 0) {
            assertEquals(
                    last % cycle,
                    history.decisions().get(0).evidence().atMillis() - START,
                    "the decisions in a history are of its last round");
        }
    }

    @Test
    @DisplayName("many threads may tell moves")
    void threads() throws InterruptedException {
        HybridMonitor monitor = monitor(5, 2, 10);
        int each = 30_000;
        CyclicBarrier together = new CyclicBarrier(4);
        try (Crew crew = new Crew()) {
            crew.start(4, "movers", () -> {
                together.await();
                for (int i = 0; i < each; i++) {
                    monitor.ran(report(TO_LSM, 100, true));
                }
            });
            crew.join();
        }
        assertEquals("" + 4 * each, value(monitor, "tier_moves_total{tier=\"lsm\"}"), "moves that four threads told");
        assertEquals(
                "" + 400L * each,
                value(monitor, "tier_moved_bytes_total{tier=\"lsm\"}"),
                "bytes that four threads told");
    }
}
