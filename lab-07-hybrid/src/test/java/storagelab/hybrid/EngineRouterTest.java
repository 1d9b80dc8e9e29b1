package storagelab.hybrid;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static storagelab.testkit.hybrid.ScriptedStore.key;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.recovery.EngineKind;
import storagelab.testkit.hybrid.RouterRun;
import storagelab.testkit.hybrid.ScriptedStore;
import storagelab.workload.AccessTracker;

@Tag("7.6")
class EngineRouterTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration PERIOD = Duration.ofMinutes(10);

    @Test
    @DisplayName("the example: a range that is read more and more moves after twenty minutes")
    void example() {
        ScriptedStore store = new ScriptedStore(900, 1_000_000, EngineKind.LSM);
        RouterRun run = new RouterRun(store, RouterRun.options(), List.of()).withOpenMoves();
        double[] lsm = {11_000, 14_000, 22_000, 18_000, 30_000};
        double[] saved = {0, 7.2e6, 21.6e6, 14.4e6, 24e6};
        List<Verdict> verdicts =
                List.of(Verdict.STAYS, Verdict.TOO_NEW, Verdict.TOO_NEW, Verdict.TOO_LITTLE, Verdict.MOVE);
        run.pass(MINUTE);
        for (int i = 0; i < lsm.length; i++) {
            store.cost(key(0), 10_000, lsm[i]);
            List<Decision> moves = run.round();
            Decision decision = run.decision(key(0));
            String when = "after " + 5 * i + " minutes: ";
            assertThat(when + decision.describe(), decision.verdict(), is(verdicts.get(i)));
            assertThat(when + "saved", decision.evidence().savedMicros(), closeTo(saved[i], 1));
            assertThat(when + "the move", decision.evidence().moveMicros(), closeTo(18e6, 1));
            assertThat(
                    when + "cheaper for",
                    decision.evidence().cheaperFor(),
                    is(MINUTE.multipliedBy(5L * Math.max(0, i - 1))));
            assertThat(when + "moves", moves, hasSize(i == 4 ? 1 : 0));
            run.pass(MINUTE.multipliedBy(5));
        }
        assertThat("while it moves", run.router().engineOf(key(7)), is(EngineKind.LSM));
        run.router().ended(run.decision(key(0)).range());
        assertThat("then", run.router().engineOf(key(7)), is(EngineKind.BTREE));
    }

    private static void gets(AccessTracker tracker, int key, int count) {
        for (int i = 0; i < count; i++) {
            tracker.hit(key(key), 100);
        }
    }

    private static void puts(AccessTracker tracker, int key, int count) {
        for (int i = 0; i < count; i++) {
            tracker.put(key(key), 100);
        }
    }

    /** Four ranges of 250 keys and 250 kB on the LSM tree. */
    private static RouterRun fourRanges() {
        return new RouterRun(
                new ScriptedStore(1_000, 1_000, EngineKind.LSM),
                RouterRun.options(),
                List.of(key(250), key(500), key(750)));
    }

    @Test
    @DisplayName("a flash crowd moves nothing while it lasts, and nothing afterwards")
    void flashCrowd() {
        RouterRun run = fourRanges();
        run.run(PERIOD.multipliedBy(2), tracker -> puts(tracker, 0, 5));
        List<Decision> crowd = run.run(MINUTE.multipliedBy(6), tracker -> {
            puts(tracker, 0, 5);
            gets(tracker, 0, 500);
        });
        assertThat("moves during six minutes of a hundred times the requests", crowd, is(empty()));
        assertThat("moves afterwards", run.run(PERIOD.multipliedBy(3), tracker -> puts(tracker, 0, 5)), is(empty()));
    }

    @Test
    @DisplayName("a move that fails is put off, longer each time")
    void failures() {
        ScriptedStore store = new ScriptedStore(10, 1, EngineKind.BTREE);
        RouterRun run = new RouterRun(store, RouterRun.options(), List.of()).withOpenMoves();
        store.cost(key(0), 30_000, 10_000);
        AccessTracker tracker = run.tracker();
        gets(tracker, 0, 1);
        assertThat("moves in a period", run.run(PERIOD.plus(RouterRun.ROUND), load -> {}), hasSize(1));
        for (int minutes : new int[] {1, 2, 4, 5, 5}) {
            run.router().failed(run.decision(key(0)).range());
            assertThat(
                    "moves before " + minutes + " minutes are over",
                    run.run(MINUTE.multipliedBy(minutes).minus(RouterRun.ROUND), load -> {}),
                    is(empty()));
            assertThat("the verdict", run.verdict(key(0)), is(Verdict.PUT_OFF));
            assertThat("moves after " + minutes + " minutes", run.run(RouterRun.ROUND, load -> {}), hasSize(1));
        }
    }
}
