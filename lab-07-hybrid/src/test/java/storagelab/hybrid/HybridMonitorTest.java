package storagelab.hybrid;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.cost.EngineCosts;
import storagelab.recovery.EngineKind;
import storagelab.testkit.hybrid.Rounds;
import storagelab.testkit.hybrid.Rounds.Asked;
import storagelab.testkit.workload.HandClock;
import storagelab.tier.Move;
import storagelab.tier.MoveReport;

@Tag("7.13")
class HybridMonitorTest {
    private static final long SECOND = 1_000;
    private static final long START = 1_700_000_000_000L;
    private static final Move MOVE = new Move(KeyRange.of(Slice.EMPTY, Slice.utf8("m")), "btree");

    private final HandClock clock = new HandClock();
    private final HybridMonitor monitor =
            new HybridMonitor(MonitorOptions.defaults().withClock(clock).withLimits(3, 2, 2));

    private static Rounds example(long atMillis) {
        return Rounds.at(atMillis)
                .range("m", EngineKind.LSM, Verdict.MOVE, new Asked(90, 10, 0))
                .with(new EngineCosts(300, 900), 4_096)
                .range("∞", EngineKind.LSM, Verdict.STAYS, Asked.reads(0));
    }

    @Test
    @DisplayName("the example: two ranges, and one of them moves")
    void example() {
        example(START).tell(monitor);
        monitor.began(MOVE);
        clock.pass(Duration.ofMillis(2_500));
        monitor.ran(new MoveReport(MOVE, 1, 100, 4_096, true));

        String text = monitor.metrics();
        assertThat(text, containsString("""
                # HELP storagelab_hybrid_tier_ranges Ranges of keys on the tier.
                # TYPE storagelab_hybrid_tier_ranges gauge
                storagelab_hybrid_tier_ranges{tier="btree"} 0
                storagelab_hybrid_tier_ranges{tier="lsm"} 2
                """));
        for (String line : List.of(
                "storagelab_hybrid_last_round_timestamp_seconds 1.7E9",
                "storagelab_hybrid_tier_requests_per_second{tier=\"lsm\",kind=\"read\"} 90.0",
                "storagelab_hybrid_tier_predicted_work_ratio{tier=\"lsm\",engine=\"btree\"} 3.0E-4",
                "storagelab_hybrid_verdicts_total{verdict=\"stays\"} 1",
                "storagelab_hybrid_verdicts_total{verdict=\"move\"} 1",
                "storagelab_hybrid_moves_running 0",
                "storagelab_hybrid_tier_moves_total{tier=\"btree\"} 1",
                "storagelab_hybrid_tier_moved_bytes_total{tier=\"btree\"} 4096",
                "storagelab_hybrid_tier_move_seconds_total{tier=\"btree\"} 2.5")) {
            assertThat(text, containsString(line + "\n"));
        }
    }

    @Test
    @DisplayName("the last rounds are remembered, the oldest first")
    void rounds() {
        for (int second = 0; second < 5; second++) {
            example(START + second * SECOND).tell(monitor);
            clock.pass(Duration.ofSeconds(1));
        }
        List<Long> times = monitor.history().rounds().stream()
                .map(MonitorHistory.Round::atMillis)
                .toList();
        assertThat(times, contains(START + 2 * SECOND, START + 3 * SECOND, START + 4 * SECOND));
        assertThat(monitor.history().decisions(), is(example(START + 4 * SECOND).decisions()));
    }

    @Test
    @DisplayName("a move that is stopped and goes on is one move, with the bytes of both runs")
    void resumed() {
        monitor.began(MOVE);
        clock.pass(Duration.ofSeconds(1));
        monitor.ran(new MoveReport(MOVE, 1, 10, 1_000, false));
        assertThat(monitor.history().moves().get(0).endedMillis(), is(nullValue()));
        assertThat(monitor.metrics(), containsString("storagelab_hybrid_moves_running 1\n"));
        clock.pass(Duration.ofSeconds(4));
        monitor.began(MOVE);
        clock.pass(Duration.ofSeconds(1));
        monitor.ran(new MoveReport(MOVE, 1, 5, 500, true));

        assertThat(monitor.history().moves(), contains(new MoveView(MOVE, START, START + 6 * SECOND, 15, 1_500)));
        assertThat(monitor.history().moves().get(0).tookMillis(), is(Optional.of(6 * SECOND)));
    }

    @Test
    @DisplayName("the last moves are remembered, and all are counted")
    void moves() {
        for (int i = 0; i < 5; i++) {
            monitor.began(MOVE);
            monitor.ran(new MoveReport(MOVE, 1, 1, 10, true));
        }
        assertThat(monitor.history().moves(), hasSize(2));
        assertThat(monitor.metrics(), containsString("storagelab_hybrid_tier_moves_total{tier=\"btree\"} 5\n"));
    }

    @Test
    @DisplayName("the example of coalescing: neighbours on the same engine with the fewest requests become one row")
    void coalesced() {
        Rounds round = Rounds.at(START)
                .range("b", EngineKind.LSM, Verdict.STAYS, Asked.reads(5))
                .range("c", EngineKind.LSM, Verdict.STAYS, Asked.reads(1))
                .range("d", EngineKind.BTREE, Verdict.TOO_NEW, Asked.reads(0))
                .range("e", EngineKind.LSM, Verdict.STAYS, Asked.reads(2))
                .range("∞", EngineKind.LSM, Verdict.MOVE, Asked.reads(90));
        List<RangeView> ranges = RangeView.of(round.decisions(), round.load(), round.seconds());

        assertThat(
                describe(HybridMonitor.coalesce(ranges, 4)),
                is("[, c) 6 [LSM], [c, d) 0 [BTREE], [d, e) 2 [LSM], [e, ∞) 90 [LSM]"));
        assertThat(describe(HybridMonitor.coalesce(ranges, 3)), is("[, c) 6 [LSM], [c, d) 0 [BTREE], [d, ∞) 92 [LSM]"));
        assertThat(describe(HybridMonitor.coalesce(ranges, 2)), is("[, d) 6 [BTREE, LSM], [d, ∞) 92 [LSM]"));
        assertThat(HybridMonitor.coalesce(List.of(), 1), is(empty()));
    }

    private static String describe(List<RangeView> rows) {
        return rows.stream()
                .map(row -> row.range() + " " + Math.round(row.requestsPerSecond()) + " " + row.engines())
                .collect(Collectors.joining(", "));
    }
}
