package storagelab.grader.hidden.lab07;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static storagelab.testkit.hybrid.RouterRun.ROUND;
import static storagelab.testkit.hybrid.ScriptedStore.key;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.hybrid.BoundaryOptions;
import storagelab.hybrid.Decision;
import storagelab.hybrid.RouterOptions;
import storagelab.recovery.EngineKind;
import storagelab.testkit.hybrid.RouterRun;
import storagelab.testkit.hybrid.ScriptedStore;

/** Exercise 7.6: the router where a number is exactly at its limit, or where two numbers pull in different directions. */
@Tag("7.6")
class EngineRouterLimitsHiddenTest {
    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final long NO_LIMIT = 1L << 50;
    private static final int HITS = 10_000; // in each round

    private final ScriptedStore store = new ScriptedStore(1_000, 1_000, EngineKind.BTREE);

    private RouterRun run(RouterOptions options, Slice... starts) {
        return new RouterRun(store, options, List.of(starts)).withOpenMoves();
    }

    /** One round of a load in which one tenth of the keys has nine tenths of the requests, all of them from {@code from} on. */
    private int rangesAfterARound(BoundaryOptions boundaries, Slice hot, Slice... starts) {
        store.locality(hot, 0.1, 0.9);
        RouterRun run = run(RouterRun.options().withBoundaries(boundaries), starts);
        run.run(ROUND, tracker -> {
            for (int i = 0; i < HITS; i++) {
                tracker.hit(hot, 10);
            }
        });
        return run.ranges().size();
    }

    @Test
    @DisplayName("the budget goes to what is left of the savings after the move has been paid for")
    void savingsLessCosts() {
        RouterRun run = run(RouterRun.options().withMoveMicros(20).withBudgetBytes(550_000), key(500), key(600));
        store.cost(key(0), 20_000, 10_000); // 500,000 bytes: saves 18 s, and costs 10 s
        store.cost(key(500), 16_000, 10_000); // 100,000 bytes: saves 10.8 s, and costs 2 s
        store.cost(key(600), 10_000, 10_000);
        List<Decision> moves = run.run(PERIOD.plus(ROUND), load -> {});
        assertThat(
                "first comes what saves 8.8 s in all, then what saves 8 s",
                moves.stream().map(move -> move.range().from()).toList(),
                contains(key(500)));
    }

    @Test
    @DisplayName("a second round at the same moment finds what the first one found")
    void noTimePasses() {
        RouterRun run = run(RouterRun.options());
        store.cost(key(0), 50_000, 10_000);
        run.run(ROUND, load -> {});
        double saved = run.decision(key(0)).evidence().savedMicros();
        run.round();
        assertThat("saved, in the first round", saved, is(40_000.0 * 1_800));
        assertThat(
                "saved, in a second round at the same moment",
                run.decision(key(0)).evidence().savedMicros(),
                is(saved));
    }

    @Test
    @DisplayName("a range that is merged away makes room for one that is divided in the same round")
    void mergedMakesRoom() {
        BoundaryOptions three = new BoundaryOptions(3, 1, NO_LIMIT, 4, 1);
        assertThat(
                "ranges, of three at most: two are cold and become one, the third is divided",
                rangesAfterARound(three, key(300), key(100), key(200)),
                is(3));
    }

    @Test
    @DisplayName("a range that has nowhere to be divided takes no room from the next one")
    void nowhereToDivide() {
        store.locality(key(50), 0.1, 0.9);
        store.locality(key(300), 0.1, 0.9);
        store.middle(key(100), null);
        RouterRun run = run(RouterRun.options().withBoundaries(new BoundaryOptions(3, 1, NO_LIMIT, 4, 1)), key(100));
        run.run(ROUND, tracker -> {
            for (int i = 0; i < HITS; i++) {
                tracker.hit(key(50), 10);
                tracker.hit(key(300), 10);
                tracker.hit(key(300), 10);
            }
        });
        assertThat(
                "where ranges begin, of three at most: the one with more requests has no middle",
                run.ranges().stream().map(range -> range.from()).toList(),
                contains(Slice.EMPTY, key(50), key(100)));
    }

    @Test
    @DisplayName("a range of exactly twice the least bytes is divided for its load, and one of a byte less is not")
    void leastBytes() {
        assertThat(
                "1,000,000 bytes, twice 500,000",
                rangesAfterARound(new BoundaryOptions(9, 500_000, NO_LIMIT, 4, 1), key(300)),
                is(2));
        assertThat(
                "1,000,000 bytes, less than twice 500,001",
                rangesAfterARound(new BoundaryOptions(9, 500_001, NO_LIMIT, 4, 1), key(300)),
                is(1));
    }

    @Test
    @DisplayName(
            "a range of exactly four times the requests of a cold one is divided for its load, and one of fewer is not")
    void leastRequests() {
        RouterRun same = run(RouterRun.options());
        same.run(ROUND, tracker -> {
            for (int i = 0; i < HITS; i++) {
                tracker.hit(key(300), 10);
            }
        });
        double perSecond = same.decision(key(300)).evidence().requestsPerSecond();
        assertThat("what the round has counted", same.ranges(), hasSize(1));
        assertThat(
                "four times as many as a cold range has",
                rangesAfterARound(new BoundaryOptions(9, 1, NO_LIMIT, 4, perSecond / 4), key(300)),
                is(2));
        assertThat(
                "fewer than four times as many",
                rangesAfterARound(new BoundaryOptions(9, 1, NO_LIMIT, 4, perSecond / 3.99), key(300)),
                is(1));
    }
}
