package storagelab.grader.hidden.lab07;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.cost.EngineCosts;
import storagelab.hybrid.BoundaryOptions;
import storagelab.hybrid.Decision;
import storagelab.hybrid.EngineRouter;
import storagelab.hybrid.Evidence;
import storagelab.hybrid.LoadCosts;
import storagelab.hybrid.RouterOptions;
import storagelab.hybrid.Verdict;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Seeds;
import storagelab.testkit.hybrid.RouterRun;
import storagelab.testkit.hybrid.ScriptedStore;
import storagelab.testkit.workload.HandClock;
import storagelab.workload.AccessTracker;
import storagelab.workload.RangeStatistics;
import storagelab.workload.TrackerOptions;

/** Exercise 7.6: the rules of the router's statement, one by one. */
@Tag("7.6")
class EngineRouterRulesHiddenTest {
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

    private static BoundaryOptions boundaries() {
        return new BoundaryOptions(4, 50_000, 400_000, 4, 1);
    }

    @Test
    @DisplayName(
            "of ranges whose load is uneven, those with more requests are divided first, until there are enough ranges")
    void unevenLoad() {
        RouterRun run = run(RouterRun.options().withBoundaries(boundaries()), key(300), key(600));
        store.locality(key(0), 0.2, 0.9);
        store.locality(key(300), 0.2, 0.9);
        store.locality(key(600), 0.2, 0.8); // exactly four times the share: not uneven
        run.run(ROUND.multipliedBy(3), tracker -> {
            for (int i = 0; i < 1_000; i++) {
                tracker.hit(key(0), 10);
                tracker.hit(key(300), 10);
                tracker.hit(key(300), 10);
                tracker.hit(key(600), 10);
                tracker.hit(key(601), 10);
                tracker.hit(key(602), 10);
            }
        });
        assertThat(
                run.ranges().stream().map(KeyRange::from).toList(),
                contains(Slice.EMPTY, key(300), key(450), key(600)));
    }

    @Test
    @DisplayName("a range whose parts would be too small, or that has few requests, is not divided for its load")
    void notDivided() {
        RouterRun run = run(RouterRun.options().withBoundaries(boundaries()), key(99), key(400));
        store.locality(key(0), 0.2, 0.9); // 99,000 bytes
        store.locality(key(99), 0.2, 0.9); // 3.9 requests a second, of 4
        run.run(ROUND.multipliedBy(5), tracker -> {
            for (int i = 0; i < 39; i++) {
                tracker.hit(key(0), 10);
                tracker.hit(key(1), 10);
                tracker.hit(key(99), 10);
                tracker.hit(key(400), 10);
            }
        });
        List<Slice> starts = run.ranges().stream().map(KeyRange::from).toList();
        assertThat(
                "the last range is too large, whatever its load",
                starts,
                contains(Slice.EMPTY, key(99), key(400), key(700)));
    }

    @Test
    @DisplayName("cold neighbours become one range up to half of the greatest size, but not those on two engines")
    void merges() {
        store.place(key(200), EngineKind.LSM);
        RouterRun run = run(
                RouterRun.options().withBoundaries(boundaries().withRangesMax(20)),
                key(100),
                key(200),
                key(350),
                key(400),
                key(600),
                key(800));
        run.run(ROUND.multipliedBy(4), load -> {});
        assertThat(
                run.ranges().stream().map(KeyRange::from).toList(),
                contains(Slice.EMPTY, key(200), key(400), key(600), key(800)));
        assertThat("the tree", run.router().engineOf(key(199)), is(EngineKind.BTREE));
        assertThat("the LSM tree", run.router().engineOf(key(200)), is(EngineKind.LSM));
    }

    @Test
    @DisplayName("a range that fits into what is left does not overtake one that waits for more")
    void nothingOvertakes() {
        RouterRun run = run(RouterRun.options().withBudgetBytes(600_000), key(500), key(800), key(900));
        store.cost(key(0), 90_000, 10_000); // 500,000 bytes
        store.cost(key(500), 80_000, 10_000); // 300,000 bytes
        store.cost(key(800), 70_000, 10_000); // 100,000 bytes
        store.cost(key(900), 10_000, 10_000);
        assertThat("the first moves", starts(run.run(PERIOD.plus(ROUND), load -> {})), contains(Slice.EMPTY));
        assertThat("the verdict about the one that waits", run.verdict(key(500)), is(Verdict.NO_BUDGET));
        assertThat("the verdict about the one behind it", run.verdict(key(800)), is(Verdict.NO_BUDGET));
    }

    @Test
    @DisplayName("a middle that is in another range is an error, and divides nothing")
    void middleElsewhere() {
        RouterRun run = run(
                RouterRun.options().withBoundaries(new BoundaryOptions(10, 1, 400_000, 1e9, 0)), key(500), key(700));
        store.bytes(key(500), 500_000);
        store.middle(key(500), key(900));
        run.pass(ROUND);
        assertThrows(IllegalArgumentException.class, run::round);
        assertThat(
                "the ranges: " + run.ranges(),
                run.ranges().stream().map(KeyRange::from).toList().contains(key(900)),
                is(false));
    }

    @Test
    @DisplayName("cold neighbours on two engines stay two ranges, however small they are")
    void notMerged() {
        store.place(key(50), EngineKind.LSM).place(key(100), EngineKind.BTREE);
        RouterRun run = run(RouterRun.options().withBoundaries(boundaries().withRangesMax(20)), key(50), key(100));
        run.run(ROUND.multipliedBy(4), load -> {});
        assertThat(
                "the ranges: " + run.ranges(),
                run.ranges().containsAll(List.of(KeyRange.of(Slice.EMPTY, key(50)), KeyRange.of(key(50), key(100)))),
                is(true));
        assertThat("the engine of the second range", run.router().engineOf(key(60)), is(EngineKind.LSM));
    }

    @Test
    @DisplayName("in one round, a range is merged once")
    void mergedOnce() {
        RouterRun run = run(
                RouterRun.options().withBoundaries(boundaries().withRangesMax(5)), key(10), key(20), key(30), key(40));
        store.bytes(key(40), 300_000);
        run.run(ROUND, load -> {});
        assertThat(
                "the ranges after one round",
                run.ranges().stream().map(KeyRange::from).toList(),
                contains(Slice.EMPTY, key(20), key(40)));
        run.run(ROUND, load -> {});
        assertThat(
                "the ranges after two rounds",
                run.ranges().stream().map(KeyRange::from).toList(),
                contains(Slice.EMPTY, key(40)));
    }

    @Test
    @DisplayName("a range that is moving is not merged, however cold and small it has become")
    void movingIsNotMerged() {
        RouterRun run = run(RouterRun.options().withBoundaries(boundaries()), key(100), key(200));
        store.bytes(key(100), 300_000);
        store.bytes(key(200), 300_000);
        store.cost(key(100), 50_000, 10_000);
        assertThat("the move", starts(run.run(PERIOD.plus(ROUND), load -> {})), contains(key(100)));
        store.bytes(key(100), 10);
        run.run(PERIOD, load -> {});
        assertThat("the ranges: " + run.ranges(), run.ranges().contains(KeyRange.of(key(100), key(200))), is(true));
        assertThat("the verdict", run.verdict(key(100)), is(Verdict.MOVING));
        run.router().ended(KeyRange.of(key(100), key(200)));
    }

    @Test
    @DisplayName("the parts of a divided range have its history, and half of what would have been saved")
    void partsInherit() {
        RouterRun run = run(RouterRun.options().withBoundaries(boundaries().withColdRequests(0)));
        store.bytes(Slice.EMPTY, 10);
        store.cost(key(0), 50_000, 10_000);
        store.cost(key(700), 50_000, 10_000);
        run.run(ROUND.multipliedBy(30), load -> {});
        assertThat("one range", run.ranges(), hasSize(1));
        store.bytes(Slice.EMPTY, 500_000);
        run.run(ROUND, load -> {});
        assertThat("two ranges", run.ranges(), hasSize(2));
        store.bytes(Slice.EMPTY, 10);
        store.bytes(key(500), 10);
        List<Decision> moves = run.run(ROUND.multipliedBy(30), load -> {});
        assertThat("both parts, after one period for all", starts(moves).contains(key(500)), is(true));
        assertThat(
                "half of 40,000 us for five minutes, all of it for five",
                moves.get(0).evidence().savedMicros() / 1_800,
                closeTo(30_000, 100));
    }

    @Test
    @DisplayName("both parts of a divided range wait for the end of its delay")
    void partsInheritTheDelay() {
        RouterRun run = run(RouterRun.options()
                .withRetry(Duration.ofMinutes(30), Duration.ofHours(2))
                .withBoundaries(boundaries().withColdRequests(0)));
        store.bytes(Slice.EMPTY, 10);
        store.cost(key(0), 50_000, 10_000);
        store.cost(key(700), 50_000, 10_000);
        run.run(PERIOD.plus(ROUND), load -> {});
        run.router().failed(KeyRange.all());
        store.bytes(Slice.EMPTY, 500_000);
        run.run(ROUND, load -> {});
        store.bytes(Slice.EMPTY, 10);
        store.bytes(key(500), 10);
        assertThat("ranges", run.ranges(), hasSize(2));
        assertThat(
                "moves before the delay is over",
                run.run(Duration.ofMinutes(30).minus(ROUND.multipliedBy(2)), load -> {}),
                is(empty()));
        assertThat("the lower part", run.verdict(key(0)), is(Verdict.PUT_OFF));
        assertThat("the upper part", run.verdict(key(700)), is(Verdict.PUT_OFF));
        assertThat("then", starts(run.run(ROUND, load -> {})), contains(Slice.EMPTY, key(500)));
        run.router().failed(KeyRange.from(key(500)));
        assertThat("a second failure", run.run(Duration.ofHours(1).minus(ROUND), load -> {}), is(empty()));
        assertThat("an hour after it", run.run(ROUND, load -> {}), hasSize(1));
    }

    @Test
    @DisplayName(
            "a merged range has been cheaper for no time, and has the failures and the delay of the part whose delay ends later")
    void mergedRangesInheritTheDelay() {
        RouterRun run = run(
                RouterRun.options()
                        .withRetry(Duration.ofMinutes(30), Duration.ofHours(2))
                        .withBoundaries(boundaries().withRangesMax(3)),
                key(100),
                key(200));
        store.cost(key(0), 10_000, 50_000);
        store.cost(key(100), 50_000, 10_000);
        RouterRun.Load warm = tracker -> {
            for (int i = 0; i < 30; i++) {
                tracker.hit(key(0), 10);
                tracker.hit(key(100), 10);
            }
        };
        assertThat("moves", starts(run.run(PERIOD.plus(ROUND), warm)), contains(key(100)));
        run.router().failed(KeyRange.of(key(100), key(200)));
        store.cost(key(0), 50_000, 10_000);
        Duration cooling = Duration.ofMinutes(3);
        run.run(cooling, load -> {});
        assertThat(
                "when they have cooled",
                run.ranges().stream().map(KeyRange::from).toList(),
                contains(Slice.EMPTY, key(200), key(600)));
        assertThat(
                "cheaper only since they are one",
                run.decision(key(0)).evidence().cheaperFor(),
                lessThanOrEqualTo(cooling.minus(ROUND.multipliedBy(3))));
        Duration rest = Duration.ofMinutes(30).minus(cooling).minus(ROUND);
        assertThat("moves before the delay is over", run.run(rest, load -> {}), is(empty()));
        assertThat("the verdict", run.verdict(key(0)), is(Verdict.PUT_OFF));
        assertThat("then", run.run(ROUND, load -> {}), hasSize(1));
        run.router().failed(run.decision(key(0)).range());
        assertThat("a second failure", run.run(Duration.ofHours(1).minus(ROUND), load -> {}), is(empty()));
        assertThat("an hour after it", run.run(ROUND, load -> {}), hasSize(1));
    }

    @Test
    @DisplayName("a move that ends makes the next failure a first one")
    void failuresAreForgotten() {
        RouterRun run = run(RouterRun.options());
        store.cost(key(0), 50_000, 10_000);
        run.run(PERIOD.plus(ROUND), load -> {});
        for (int failure = 0; failure < 3; failure++) {
            run.router().failed(KeyRange.all());
            assertThat("again", run.run(Duration.ofMinutes(5), load -> {}), hasSize(1));
        }
        run.router().ended(KeyRange.all());
        store.cost(key(0), 10_000, 50_000);
        assertThat("back", run.run(PERIOD.plus(ROUND), load -> {}), hasSize(1));
        run.router().failed(KeyRange.all());
        assertThat("after a minute", run.run(Duration.ofMinutes(1), load -> {}), hasSize(1));
    }

    @Test
    @DisplayName(
            "the costs are asked with the load of the range and the seconds that it stands for; without any time, a round does nothing")
    void costs() {
        HandClock clock = new HandClock();
        AccessTracker tracker = new AccessTracker(TrackerOptions.defaults().withClock(clock));
        LoadCosts costs = (load, seconds, data) ->
                new EngineCosts(load.requests() / Math.max(seconds, 1e-9), data.bytes() + seconds);
        EngineRouter router =
                new EngineRouter(tracker, store, costs, RouterRun.options().withClock(clock));
        assertThat("moves before any time has passed", router.decide(), is(empty()));
        assertThat("what was seen then", router.lastRound(), is(empty()));
        for (int i = 0; i < 1_000; i++) {
            tracker.put(key(i), 900);
        }
        clock.pass(ROUND);
        router.decide();
        RangeStatistics load = tracker.ranges().get(0);
        double seconds = tracker.countedSeconds();
        Evidence evidence = router.lastRound().get(0).evidence();
        assertThat("costs", evidence.costs(), is(costs.costs(load, seconds, store.dataOf(load.range()))));
        assertThat("requests a second", evidence.requestsPerSecond(), closeTo(load.requests() / seconds, 1e-6));
        assertThat("when it was decided", evidence.atMillis(), is(clock.millis()));
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
