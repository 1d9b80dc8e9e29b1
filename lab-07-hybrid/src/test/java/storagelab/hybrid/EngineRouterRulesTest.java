package storagelab.hybrid;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.hybrid.RouterRun.ROUND;
import static storagelab.testkit.hybrid.ScriptedStore.key;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Seeds;
import storagelab.testkit.hybrid.RouterRun;
import storagelab.testkit.hybrid.ScriptedStore;

/** The rules of the router's statement one by one. */
class EngineRouterRulesTest {
    private static final Duration PERIOD = Duration.ofMinutes(10);

    private final ScriptedStore store = new ScriptedStore(1_000, 1_000, EngineKind.BTREE);

    private RouterRun run(RouterOptions options, Slice... starts) {
        return new RouterRun(store, options, List.of(starts)).withOpenMoves();
    }

    private static List<Slice> starts(List<Decision> moves) {
        return moves.stream().map(move -> move.range().from()).toList();
    }

    @Test
    @DisplayName("a ratio that is exactly that of the options is not enough")
    void ratio() {
        RouterRun run = run(RouterRun.options());
        store.cost(key(0), 12_000, 10_000);
        assertThat("1.2 times as much", run.run(PERIOD.multipliedBy(3), load -> {}), is(empty()));
        assertThat("the verdict", run.verdict(key(0)), is(Verdict.STAYS));
        assertThat("saved", run.decision(key(0)).evidence().savedMicros(), is(0.0));
        store.cost(key(0), 12_010, 10_000);
        assertThat("a little more", run.run(PERIOD.plus(ROUND), load -> {}), hasSize(1));
    }

    @Test
    @DisplayName("one round that says otherwise begins the period again")
    void oneRoundOtherwise() {
        RouterRun run = run(RouterRun.options());
        store.cost(key(0), 50_000, 10_000);
        assertThat("a period less a round", run.run(PERIOD, load -> {}), is(empty()));
        store.cost(key(0), 10_000, 10_000);
        run.run(ROUND, load -> {});
        store.cost(key(0), 50_000, 10_000);
        assertThat("after the one round", run.run(PERIOD, load -> {}), is(empty()));
        assertThat("the verdict", run.verdict(key(0)), is(Verdict.TOO_NEW));
        assertThat("a whole period later", run.run(ROUND, load -> {}), hasSize(1));
    }

    @Test
    @DisplayName("a move that saves exactly what it costs is not made")
    void worth() {
        RouterRun run = run(RouterRun.options().withMoveMicros(18));
        store.cost(key(0), 20_000, 10_000); // saves 10,000 us in each of 1,800 s; the range has 1,000,000 bytes
        assertThat("moves", run.run(PERIOD.multipliedBy(2), load -> {}), is(empty()));
        assertThat("the verdict", run.verdict(key(0)), is(Verdict.TOO_LITTLE));
    }

    @Test
    @DisplayName("a range that is moving is not decided again, and a range that has moved stays for a period")
    void dwell() {
        RouterRun run = run(RouterRun.options());
        store.cost(key(0), 50_000, 10_000);
        assertThat("a move", run.run(PERIOD.plus(ROUND), load -> {}), hasSize(1));
        assertThat("while it is under way", run.run(PERIOD.multipliedBy(5), load -> {}), is(empty()));
        assertThat("the verdict", run.verdict(key(0)), is(Verdict.MOVING));
        run.router().ended(KeyRange.all());
        store.cost(key(0), 10_000, 50_000);
        assertThat("until a period has passed", run.run(PERIOD, load -> {}), is(empty()));
        List<Decision> back = run.run(ROUND, load -> {});
        assertThat("back", back, hasSize(1));
        assertThat("to", back.get(0).to(), is(EngineKind.BTREE));
    }

    @Test
    @DisplayName("the budget goes to those that save most, and nothing overtakes a range that waits for it")
    void budget() {
        RouterRun run = run(RouterRun.options().withBudgetBytes(600_000), key(500), key(600), key(700));
        store.cost(key(0), 60_000, 10_000); // 500,000 bytes
        store.cost(key(500), 80_000, 10_000); // 100,000 bytes
        store.cost(key(600), 70_000, 10_000); // 100,000 bytes
        store.cost(key(700), 10_100, 10_000);
        assertThat("the first moves", starts(run.run(PERIOD.plus(ROUND), load -> {})), contains(key(500), key(600)));
        assertThat("the verdict", run.verdict(key(0)), is(Verdict.NO_BUDGET));
        store.cost(key(700), 20_000, 10_000);
        assertThat(
                "when 500,000 bytes are there",
                starts(run.run(PERIOD.dividedBy(6), load -> {})),
                contains(Slice.EMPTY));
    }

    @Test
    @DisplayName("over ten periods, exactly what the budget allows is moved")
    void budgetOverTime() {
        Slice[] starts =
                IntStream.range(1, 100).mapToObj(range -> key(10 * range)).toArray(Slice[]::new);
        RouterRun run = run(RouterRun.options().withBudgetBytes(50_000), starts);
        for (int range = 0; range < 100; range++) {
            store.cost(key(10 * range), 50_000 + range, 10_000);
        }
        long bytes = run.run(PERIOD.multipliedBy(10), load -> {}).stream()
                .mapToLong(move -> move.evidence().bytes())
                .sum();
        assertThat("bytes moved", bytes, is(490_000L)); // a full bucket after 610 s, and what 5,390 s fill
    }

    @Test
    @DisplayName("only a move that is under way can end or fail")
    void unknownMoves() {
        RouterRun run = run(RouterRun.options(), key(500));
        assertThrows(IllegalArgumentException.class, () -> run.router().ended(KeyRange.from(key(500))));
        store.cost(key(500), 50_000, 10_000);
        run.run(PERIOD.plus(ROUND), load -> {});
        assertThrows(IllegalArgumentException.class, () -> run.router().failed(KeyRange.all()));
        assertThrows(IllegalArgumentException.class, () -> run.router().ended(KeyRange.of(key(500), key(600))));
        run.router().ended(KeyRange.from(key(500)));
        assertThrows(IllegalArgumentException.class, () -> run.router().ended(KeyRange.from(key(500))));
        assertThat("the range that has moved", run.router().engineOf(key(999)), is(EngineKind.LSM));
        assertThat("the other one", run.router().engineOf(key(0)), is(EngineKind.BTREE));
    }

    @Test
    @DisplayName("a store that fails loses no decision, and no second counts twice")
    void storeFails() {
        RouterRun run = run(
                RouterRun.options().withBoundaries(new BoundaryOptions(10, 1, 400_000, 1e9, 0)), key(500), key(700));
        store.cost(key(700), 50_000, 10_000);
        store.bytes(key(500), 500_000);
        store.middle(key(500), key(500));
        for (int i = 0; i < 61; i++) {
            run.pass(ROUND);
            assertThrows(IllegalArgumentException.class, run::round);
        }
        store.middle(key(500), key(600));
        assertThat("the move", starts(run.run(ROUND, load -> {})), contains(key(700)));
    }

    @Test
    @DisplayName("ranges that move are neither divided nor merged")
    void boundariesOfMoves() {
        RouterRun run = run(
                RouterRun.options().withBoundaries(new BoundaryOptions(10, 1, 400_000, 1e9, 0)), key(300), key(600));
        store.cost(key(300), 50_000, 10_000);
        run.run(PERIOD.plus(ROUND), load -> {});
        assertThat("no range is too large: " + run.ranges(), run.ranges(), hasSize(3));
        KeyRange moving = KeyRange.of(key(300), key(600));
        store.bytes(key(300), 900_000);
        run.run(PERIOD, load -> {});
        assertThat("while it moves: " + run.ranges(), run.ranges().contains(moving), is(true));
        run.router().ended(moving);
        run.run(ROUND, load -> {});
        assertThat("afterwards: " + run.ranges(), run.ranges().contains(moving), is(false));
    }

    @Test
    @DisplayName("boundaries never exceed their number, meet, and agree with the tracker, whatever the load is")
    void anyLoad() {
        long seed = Seeds.base();
        Random random = new Random(seed);
        RouterRun run = run(RouterRun.options()
                .withBudgetBytes(300_000)
                .withBoundaries(new BoundaryOptions(20, 5_000, 200_000, 4, 1)));
        for (int i = 0; i < 400; i++) {
            int hot = random.nextInt(1_000);
            store.locality(key(hot), 0.05, random.nextBoolean() ? 0.9 : 0.05);
            int gets = random.nextInt(40);
            for (Decision move : run.run(ROUND.multipliedBy(1 + random.nextInt(20)), tracker -> {
                for (int get = 0; get < gets; get++) {
                    tracker.hit(key(hot), 10);
                }
                tracker.put(key((7 * hot) % 1_000), 10);
            })) {
                assertThat(
                        "seed " + seed + ": moving " + move.range(),
                        run.ranges().contains(move.range()),
                        is(true));
                if (random.nextInt(4) == 0) {
                    run.router().failed(move.range());
                } else {
                    run.router().ended(move.range());
                }
            }
            List<KeyRange> ranges = run.ranges();
            assertThat("seed " + seed, ranges.size(), lessThanOrEqualTo(20));
            for (KeyRange range : ranges) {
                run.router().engineOf(range.from()); // throws if the router does not know the range
            }
        }
    }
}
