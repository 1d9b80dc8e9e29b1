package storagelab.grader.hidden.lab07;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.adaptive.TreeShape;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.cost.EngineCosts;
import storagelab.disk.SurvivalMode;
import storagelab.hybrid.BoundaryOptions;
import storagelab.hybrid.Decision;
import storagelab.hybrid.HybridMetrics;
import storagelab.hybrid.HybridOptions;
import storagelab.hybrid.HybridStore;
import storagelab.hybrid.RoundListener;
import storagelab.hybrid.Verdict;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.tier.MigratorOptions;
import storagelab.tier.Move;
import storagelab.tier.MoveReport;
import storagelab.tier.Placement;
import storagelab.workload.RangeStatistics;

/** Exercise 7.11: the rounds of a store, and its beginning and end. */
@Tag("7.11")
class HybridRoundsHiddenTest {
    private static final Duration OFTEN = Duration.ofMillis(1);

    private final HybridRounds rounds = new HybridRounds();

    /** A listener that does nothing, to be changed in parts. */
    private static class Quiet implements RoundListener {
        @Override
        public void decided(List<Decision> decisions, List<RangeStatistics> load, double seconds) {}

        @Override
        public void began(Move move) {}

        @Override
        public void ran(MoveReport report) {}
    }

    private static List<KeyRange> rangesOf(HybridStore store) {
        return store.load().stream().map(RangeStatistics::range).toList();
    }

    @Test
    @DisplayName("the ranges begin where the parts of the placement do; a move that was under way counts as ended")
    void rangesOfThePlacement() {
        try (HybridStore store = rounds.open(rounds.options())) {
            HybridRounds.put(store, "n", 7);
            HybridRounds.moveNow(store, HybridRounds.range("a", "m"));
            HybridRounds.noteOnly(store, HybridRounds.range("m", "p"));
        }
        try (HybridStore store = HybridStore.open(
                rounds.disk().afterCrash(SurvivalMode.NOTHING, 0).root(), rounds.options())) {
            assertThat(
                    "the ranges after a crash",
                    rangesOf(store),
                    is(List.of(
                            HybridRounds.range("", "a"), HybridRounds.range("a", "p"), HybridRounds.range("p", null))));
        }
    }

    @Test
    @DisplayName("the first round ends the move of an earlier process; without time that has passed, nobody decides")
    void moveOfAnEarlierProcess() {
        try (HybridStore store = rounds.openFour(rounds.options())) {
            HybridRounds.noteOnly(store, HybridRounds.range("m", "p"));
        }
        try (HybridStore store = rounds.open(rounds.options())) {
            store.runRound();
            assertThat("what the listener was told", rounds.events(), is(List.of("began m", "ran m: 7")));
            assertThat(store.engine().move(), is(Optional.empty()));
            assertThat("moves", store.stats().get(HybridMetrics.MOVES), is(1L));
            assertThat("moved entries", store.stats().get(HybridMetrics.MOVED_ENTRIES), is(7L));
            rounds.clear();
            rounds.pass();
            store.runRound();
            assertThat("in the next round", rounds.events(), is(List.of("decided")));
        }
    }

    @Test
    @DisplayName("a round tells the LSM tree what it was asked for: after many new keys it is tiered")
    void shapeOfTheTree() {
        try (HybridStore store = rounds.open(rounds.options())) {
            HybridRounds.put(store, "a", 5_000);
            store.checkpoint();
            rounds.pass();
            assertThat("before the round", HybridRounds.shapeOf(store), is(TreeShape.LAZY_LEVELED));
            store.runRound();
            assertThat("after it", HybridRounds.shapeOf(store), is(TreeShape.TIERED));
        }
    }

    @Test
    @DisplayName("a round decides and then moves; at each call of the listener, what it is told of has happened")
    void order() {
        try (HybridStore store = rounds.openFour(rounds.options())) {
            List<String> seen = new ArrayList<>();
            store.listen(new Quiet() {
                @Override
                public void decided(List<Decision> decisions, List<RangeStatistics> load, double seconds) {
                    seen.add("decided, moves: "
                            + decisions.stream()
                                    .filter(decision -> decision.verdict() == Verdict.MOVE)
                                    .count());
                }

                @Override
                public void began(Move move) {
                    seen.add(
                            "began, on " + store.placement().tierOf(move.range().from()));
                }

                @Override
                public void ran(MoveReport report) {
                    seen.add("ran, on "
                            + store.placement().tierOf(report.move().range().from())
                            + ", moves: " + store.stats().get(HybridMetrics.MOVES)
                            + ", entries: " + store.stats().get(HybridMetrics.MOVED_ENTRIES));
                }
            });
            rounds.pass();
            store.runRound();
            assertThat("in the first round", seen, is(List.of("decided, moves: 0")));
            seen.clear();
            rounds.pass();
            store.runRound();
            assertThat(
                    "in the second round",
                    seen,
                    is(List.of(
                            "decided, moves: 2",
                            "began, on lsm",
                            "ran, on btree, moves: 1, entries: 10",
                            "began, on lsm",
                            "ran, on btree, moves: 2, entries: 17")));
            assertThat(store.placement(), is(Placement.all("btree")));
            assertThat("moved bytes", store.stats().get(HybridMetrics.MOVED_BYTES), is(17 * 20L));
            assertThat("rounds", store.stats().get(HybridMetrics.ROUNDS), is(2L));
            rounds.pass();
            store.runRound();
            assertThat(
                    "verdicts after the moves, of which the router was told",
                    store.decisions().stream().map(Decision::verdict).toList(),
                    everyItem(is(Verdict.STAYS)));
        }
    }

    @Test
    @DisplayName("the listener gets the load from before the decision, which may divide ranges")
    void loadBefore() {
        HybridOptions dividing = rounds.options()
                .withRouter(rounds.options().router().withBoundaries(new BoundaryOptions(64, 1, 50, 1e9, 0)));
        try (HybridStore store = rounds.open(dividing)) {
            HybridRounds.put(store, "b", 40);
            store.checkpoint();
            AtomicInteger calls = new AtomicInteger();
            store.listen(new Quiet() {
                @Override
                public void decided(List<Decision> decisions, List<RangeStatistics> load, double seconds) {
                    calls.incrementAndGet();
                    assertThat(
                            "ranges of the load, and those that were decided about",
                            load.stream().map(RangeStatistics::range).toList(),
                            is(decisions.stream().map(Decision::range).toList()));
                    assertThat("ranges after the decision", store.load().size(), is(greaterThan(load.size())));
                    assertThat(seconds, is(both(greaterThan(0.0)).and(lessThanOrEqualTo(10.0))));
                    assertThat("puts", load.get(0).puts(), is(greaterThan(1.0)));
                }
            });
            rounds.pass();
            store.runRound();
            assertThat("calls of the listener", calls.get(), is(1));
        }
    }

    @Test
    @DisplayName("a move that failed is resumed by the next round, before anything else, and until then nobody decides")
    void failedMove() {
        AtomicInteger stepsLeft = new AtomicInteger(Integer.MAX_VALUE);
        IllegalStateException broken = new IllegalStateException("the clock is broken");
        AtomicInteger asked = new AtomicInteger();
        HybridOptions failing = failingAfter(stepsLeft, broken).withCosts((load, seconds, data) -> {
            asked.incrementAndGet();
            return new EngineCosts(1, 100);
        });
        try (HybridStore store = rounds.openFour(failing)) {
            rounds.pass();
            store.runRound();
            rounds.clear();
            rounds.pass();
            stepsLeft.set(4); // the first move takes four steps
            assertSame(broken, assertThrows(IllegalStateException.class, store::runRound));
            assertThat(
                    "what the listener was told",
                    rounds.events(),
                    is(List.of("decided", "began ", "ran : 10", "began m")));
            assertThat("keys up to n02 have moved", store.placement().tierOf(HybridRounds.key("n", 2)), is("btree"));
            assertThat("keys from n03 on have not", store.placement().tierOf(HybridRounds.key("n", 3)), is("lsm"));

            int askedBefore = asked.get();
            rounds.clear();
            rounds.pass();
            stepsLeft.set(0);
            assertThrows(IllegalStateException.class, store::runRound);
            assertThat("while it goes on failing", rounds.events(), is(List.of("began m")));
            assertThat("questions to the costs", asked.get(), is(askedBefore));

            rounds.clear();
            stepsLeft.set(Integer.MAX_VALUE);
            store.runRound();
            assertThat("when it goes on", rounds.events(), is(List.of("began m", "ran m: 1", "decided")));
            assertThat("moves", store.stats().get(HybridMetrics.MOVES), is(2L));
            assertThat("moved entries", store.stats().get(HybridMetrics.MOVED_ENTRIES), is(11L));
            assertThat(store.placement(), is(Placement.all("btree")));
            assertThat(
                    "verdicts, since the router was told",
                    store.decisions().stream().map(Decision::verdict).toList(),
                    everyItem(is(not(Verdict.MOVING))));
        }
    }

    @Test
    @DisplayName(
            "after a move that failed has been resumed, the others that were decided are made, and then comes the next decision")
    void firstOfTwoFails() {
        AtomicInteger stepsLeft = new AtomicInteger(Integer.MAX_VALUE);
        IllegalStateException broken = new IllegalStateException("the clock is broken");
        HybridOptions failing =
                failingAfter(stepsLeft, broken).withCosts((load, seconds, data) -> new EngineCosts(1, 100));
        try (HybridStore store = rounds.openFour(failing)) {
            rounds.pass();
            store.runRound();
            rounds.clear();
            rounds.pass();
            stepsLeft.set(2); // the first move takes four steps
            assertSame(broken, assertThrows(IllegalStateException.class, store::runRound));
            assertThat("what the listener was told", rounds.events(), is(List.of("decided", "began ")));
            rounds.clear();
            stepsLeft.set(Integer.MAX_VALUE);
            rounds.pass();
            store.runRound();
            assertThat(
                    "in the next round",
                    rounds.events().stream()
                            .map(event -> event.split(":", 2)[0])
                            .toList(),
                    is(List.of("began ", "ran ", "began m", "ran m", "decided")));
        }
    }

    /** Options of a migrator that takes so many steps, and throws before the next one, once. */
    private HybridOptions failingAfter(AtomicInteger stepsLeft, RuntimeException broken) {
        return rounds.options()
                .withMigrator(MigratorOptions.defaults()
                        .withStepBytes(60)
                        .withBytesPerSecond(1L << 50)
                        .withNanoClock(() -> {
                            if (stepsLeft.getAndDecrement() == 0) {
                                throw broken;
                            }
                            return 0;
                        }));
    }

    @Test
    @DisplayName("a move that was decided and could not begin is made by the next round, before it decides")
    void decisionIsKept() {
        try (HybridStore store = rounds.openFour(rounds.options())) {
            rounds.pass();
            store.runRound();
            IllegalStateException away = new IllegalStateException("the listener is away");
            store.listen(new Quiet() {
                @Override
                public void began(Move move) {
                    throw away;
                }
            });
            rounds.pass();
            assertSame(away, assertThrows(IllegalStateException.class, store::runRound));
            assertThat("moves", store.stats().get(HybridMetrics.MOVES), is(0L));
            store.listen(rounds);
            rounds.clear();
            rounds.pass();
            store.runRound();
            assertThat(rounds.events(), is(List.of("began ", "ran : 10", "began m", "ran m: 7", "decided")));
        }
    }

    @Test
    @DisplayName("rounds of several threads are made one after the other")
    void oneAfterTheOther() throws InterruptedException {
        try (HybridStore store = rounds.openFour(rounds.options());
                Crew crew = new Crew()) {
            CountDownLatch entered = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            AtomicInteger inside = new AtomicInteger();
            store.listen(new Quiet() {
                @Override
                public void decided(List<Decision> decisions, List<RangeStatistics> load, double seconds) {
                    assertThat("rounds at the same time", inside.incrementAndGet(), is(1));
                    entered.countDown();
                    awaitQuietly(goOn);
                    inside.decrementAndGet();
                }
            });
            rounds.pass();
            crew.start("first round", store::runRound);
            entered.await();
            Thread second = crew.start("second round", store::runRound);
            Eventually.waits(second);
            assertThat("a get meanwhile", store.get(HybridRounds.key("b", 1)).isPresent(), is(true));
            goOn.countDown();
            crew.join();
            assertThat("rounds", store.stats().get(HybridMetrics.ROUNDS), is(2L));
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Test
    @DisplayName(
            "rounds in the background go on after one has failed, and the failure is shown until one does not fail")
    void background() {
        AtomicBoolean fails = new AtomicBoolean(true);
        HybridOptions failing = rounds.options().withRoundEvery(OFTEN).withCosts((load, seconds, data) -> {
            if (fails.get()) {
                throw new IllegalStateException("no price list");
            }
            return new EngineCosts(1, 1);
        });
        try (HybridStore store = rounds.open(failing)) {
            store.put(Slice.utf8("k"), Slice.utf8("1"));
            rounds.pass();
            Eventually.holds("three rounds fail", () -> store.stats().get(HybridMetrics.ROUND_FAILURES) >= 3);
            assertThat(
                    "what the last round threw",
                    store.roundFailure().map(Throwable::getMessage),
                    is(Optional.of("no price list")));
            assertThat(store.get(Slice.utf8("k")), is(Optional.of(Slice.utf8("1"))));
            fails.set(false);
            Eventually.holds(
                    "a round ends, and the failure is gone",
                    () -> store.roundFailure().isEmpty());
            long failures = store.stats().get(HybridMetrics.ROUND_FAILURES);
            long now = store.stats().get(HybridMetrics.ROUNDS);
            Eventually.holds("more rounds end", () -> store.stats().get(HybridMetrics.ROUNDS) > now + 2);
            assertThat("failures", store.stats().get(HybridMetrics.ROUND_FAILURES), is(failures));
        }
    }

    @Test
    @DisplayName("close lets a move end its step and no more; opened again, the store ends the move")
    void closeStopsAMove() throws InterruptedException {
        HybridOptions slow = rounds.options()
                .withMigrator(MigratorOptions.defaults().withStepBytes(60).withBytesPerSecond(1))
                .withRoundEvery(OFTEN);
        try (HybridStore store = rounds.openFour(slow);
                Crew crew = new Crew()) {
            rounds.pass();
            Eventually.holds("a first round decides", () -> rounds.events().contains("decided"));
            rounds.pass();
            Eventually.holds(
                    "the first entries have moved",
                    () -> store.placement().tierOf(HybridRounds.key("b", 0)).equals("btree"));
            Thread closer = crew.start("close", store::close);
            Eventually.holds("close returns", () -> !closer.isAlive());
            crew.join();
            List<String> events = rounds.events();
            assertThat(
                    "the last two events",
                    events.subList(events.size() - 2, events.size()),
                    is(List.of("began ", "ran : 3 …")));
        }
        rounds.clear();
        try (HybridStore store = rounds.open(rounds.options())) {
            assertThat(
                    "the move that is noted",
                    store.engine().move(),
                    is(Optional.of(new Move(HybridRounds.range("", "c"), "btree"))));
            store.runRound();
            assertThat("when it is open again", rounds.events(), is(List.of("began ", "ran : 7")));
            assertThat(store.get(HybridRounds.key("b", 9)).isPresent(), is(true));
        }
    }

    @Test
    @DisplayName("the store below is closed when the round in the background has ended; a second close does nothing")
    void closeWaits() throws InterruptedException {
        HybridStore store = rounds.openFour(rounds.options().withRoundEvery(OFTEN));
        try (Crew crew = new Crew()) {
            CountDownLatch entered = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            List<Optional<Slice>> read = Collections.synchronizedList(new ArrayList<>());
            store.listen(new Quiet() {
                @Override
                public void decided(List<Decision> decisions, List<RangeStatistics> load, double seconds) {
                    entered.countDown();
                    awaitQuietly(goOn);
                    read.add(store.get(HybridRounds.key("b", 1)));
                }
            });
            rounds.pass();
            entered.await();
            Thread closer = crew.start("close", store::close);
            Eventually.waits(closer);
            goOn.countDown();
            crew.join();
            assertThat("a get in the last round", read.get(0).isPresent(), is(true));
            assertThat("what the last round threw", store.roundFailure(), is(Optional.empty()));
        }
        store.close();
    }
}
