package storagelab.grader.hidden.lab07;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.grader.hidden.lab07.TunerSession.ONE_WINDOW;
import static storagelab.grader.hidden.lab07.TunerSession.pool;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.hybrid.CostKnob;

/** Exercise 7.12: which knob has its turn, and which ones rest. */
@Tag("7.12")
class AutoTunerTurnsHiddenTest {
    @Test
    @DisplayName(
            "after a setting that was kept, the same knob goes on in the same direction; after others, the next knob")
    void turns() {
        new TunerSession(ONE_WINDOW, pool(), new CostKnob("cache", 5, 2), new CostKnob("table", 5, 2))
                .end(10, 10) // pool 3: not better
                .end(10, 8, 10) // cache 3: kept
                .end(8, 7, 8) // cache 4: kept
                .end(7, 6, 6) // cache 3: the load has changed
                .end(6, 6) // table 3: not better
                .end(6, 6) // pool 1: not better
                .did(
                        "the turns of three knobs",
                        "1: pool=3",
                        "2: pool=2",
                        "2: pool #2 to #3 ROLLED_BACK",
                        "3: cache=3",
                        "4: cache=2",
                        "5: cache=3",
                        "5: cache #2 to #3 KEPT",
                        "6: cache=4",
                        "7: cache=3",
                        "8: cache=4",
                        "8: cache #3 to #4 KEPT",
                        "9: cache=3",
                        "10: cache=4",
                        "11: cache #4 to #3 LOAD_CHANGED",
                        "12: table=3",
                        "13: table=2",
                        "13: table #2 to #3 ROLLED_BACK",
                        "14: pool=1",
                        "15: pool=2",
                        "15: pool #2 to #1 ROLLED_BACK");
    }

    @Test
    @DisplayName("at the last setting, and at the first, the direction turns round")
    void ends() {
        new TunerSession(ONE_WINDOW, new CostKnob("pool", 5, 4))
                .end(10, 10, 10)
                .did(
                        "the first setting of a knob that begins at the last of five",
                        "1: pool=3",
                        "2: pool=4",
                        "2: pool #4 to #3 ROLLED_BACK",
                        "3: pool=3");
        new TunerSession(ONE_WINDOW, new CostKnob("pool", 2, 1))
                .end(10, 10)
                .end(10, 9, 10)
                .end(9)
                .did(
                        "the settings of a knob with two of them that begins at the second",
                        "1: pool=0",
                        "2: pool=1",
                        "2: pool #1 to #0 ROLLED_BACK",
                        "3: pool=0",
                        "4: pool=1",
                        "5: pool=0",
                        "5: pool #1 to #0 KEPT",
                        "6: pool=1");
    }

    @Test
    @DisplayName(
            "a knob rests after its second trial for nothing, twice as long after each other one, up to the longest rest")
    void rests() {
        TunerSession session = new TunerSession(ONE_WINDOW.withRest(3, 8), pool());
        for (int i = 0; i < 33; i++) {
            session.end(10);
        }
        List<String> begun = session.events.stream()
                .filter(event -> !event.endsWith("=2") && !event.contains("to"))
                .toList();
        assertEquals(
                List.of("1: pool=3", "3: pool=1", "7: pool=3", "14: pool=1", "23: pool=3", "32: pool=1"),
                begun,
                "the trials of a knob for nothing, with rests of 3 to 8 windows");
    }

    @Test
    @DisplayName(
            "a trial that was kept ends the count of those for nothing, and one during which the load changed does not")
    void countForNothing() {
        TunerSession session = new TunerSession(ONE_WINDOW.withRest(3, 100), pool())
                .end(10, 10)
                .end(10, 8, 8) // the second for nothing, after window 5: rests to the end of 8
                .end(8, 8)
                .end(8, 7, 8) // kept after window 10
                .end(7, 7)
                .end(7, 7); // two for nothing, after window 14: rests to the end of 17
        assertTrue(session.tuner.isSettled(), "isSettled() after two trials for nothing since the one that was kept");
        session.end(7, 7, 7);
        session.did(
                "what was done",
                "1: pool=3",
                "2: pool=2",
                "2: pool #2 to #3 ROLLED_BACK",
                "3: pool=1",
                "4: pool=2",
                "5: pool #2 to #1 LOAD_CHANGED",
                "8: pool=3",
                "9: pool=2",
                "10: pool=3",
                "10: pool #2 to #3 KEPT",
                "11: pool=4",
                "12: pool=3",
                "12: pool #3 to #4 ROLLED_BACK",
                "13: pool=2",
                "14: pool=3",
                "14: pool #3 to #2 ROLLED_BACK",
                "17: pool=4");
    }

    @Test
    @DisplayName("the longest rest is never exceeded, also after a thousand trials")
    void manyTrials() {
        TunerSession session = new TunerSession(ONE_WINDOW.withRest(1, 2), pool());
        for (int i = 0; i < 4_000; i++) {
            session.end(10);
        }
        int trials = session.decisions.size();
        assertTrue(
                1_330 <= trials && trials <= 1_340,
                trials + " trials in 4,000 windows: with rests of 2 windows, there is one each 3 windows");
    }

    @Test
    @DisplayName("a knob that rests is passed over, and others are tried")
    void passedOver() {
        new TunerSession(ONE_WINDOW.withRest(100, 100), new CostKnob("pool", 2, 0), new CostKnob("cache", 9, 0))
                .end(10, 10) // pool
                .end(10, 9, 10) // cache 1: kept
                .end(9, 9) // cache 2
                .end(9, 9) // pool, the second: rests
                .end(9, 9) // cache 0, the second: rests
                .did(
                        "the turns of two knobs",
                        "1: pool=1",
                        "2: pool=0",
                        "2: pool #0 to #1 ROLLED_BACK",
                        "3: cache=1",
                        "4: cache=0",
                        "5: cache=1",
                        "5: cache #0 to #1 KEPT",
                        "6: cache=2",
                        "7: cache=1",
                        "7: cache #1 to #2 ROLLED_BACK",
                        "8: pool=1",
                        "9: pool=0",
                        "9: pool #0 to #1 ROLLED_BACK",
                        "10: cache=0",
                        "11: cache=1",
                        "11: cache #1 to #0 ROLLED_BACK");
        CostKnob resting = new CostKnob("pool", 2, 0);
        CostKnob other = new CostKnob("cache", 9, 0);
        TunerSession session = new TunerSession(ONE_WINDOW.withRest(100, 100), resting, other).end(10, 10);
        double cost = 10;
        for (int i = 0; i < 3; i++) {
            session.end(cost, cost - 1, cost); // cache: kept
            cost -= 1;
        }
        session.end(cost, cost); // cache, for nothing
        session.end(cost, cost); // pool, the second for nothing: rests
        session.end(cost, cost - 1, cost); // cache: kept
        session.end(cost - 1, cost - 1); // cache, for nothing
        assertEquals(2, other.setting(), "the setting of the cache after one step back was kept");
        session.end(cost - 1);
        assertEquals(3, other.setting(), "the setting of the cache in its next trial, while the pool rests");
        assertEquals(0, resting.setting(), "the setting of the pool while it rests");
    }

    @Test
    @DisplayName("when all knobs rest, a shift of the load up or down ends all rests at once")
    void shift() {
        for (double[] later : new double[][] {{13.5}, {6.5}, {11, 12, 13.5}, {9, 8, 6.5}}) {
            TunerSession session = settled();
            session.end(later);
            assertEquals(
                    (4 + later.length) + ": pool=3",
                    session.events.get(session.events.size() - 1),
                    "the last that was set with costs of 10 before, and " + Arrays.toString(later)
                            + " then, with a shift of 0.25");
            assertFalse(session.tuner.isSettled(), "isSettled() in a trial");
            double cost = later[later.length - 1];
            session.end(cost, cost);
            assertFalse(session.tuner.isSettled(), "isSettled() in the second trial after a shift");
            assertEquals(
                    (6 + later.length) + ": pool=1",
                    session.events.get(session.events.size() - 1),
                    "the second trial after a shift: trials for nothing are counted from 0 again");
        }
    }

    /** A session of 4 windows after which its only knob rests for a long time, with costs of 10 before. */
    @Test
    @DisplayName("when all rests end at once, the knob has its turn that would have had it before")
    void turnAfterRests() {
        for (int phases = 1; phases <= 3; phases++) {
            TunerSession session = new TunerSession(
                    ONE_WINDOW, new CostKnob("a", 5, 2), new CostKnob("b", 5, 2), new CostKnob("c", 5, 2));
            double[] trials = new double[12]; // two of each knob, all for nothing: the last one was c
            Arrays.fill(trials, 10);
            session.end(trials);
            assertTrue(session.tuner.isSettled(), "isSettled() after two trials for nothing of each knob");
            double[] resting = new double[phases];
            Arrays.fill(resting, 10);
            session.end(resting).end(20);
            assertEquals(
                    (13 + phases) + ": a",
                    session.events.get(session.events.size() - 1).split("=")[0],
                    "the window and the knob of the first trial after " + phases + " phases in which all rested");
        }
    }

    private static TunerSession settled() {
        TunerSession session =
                new TunerSession(ONE_WINDOW.withRest(1_000, 1_000).withShift(0.25), pool()).end(10, 10, 10, 10);
        assertTrue(session.tuner.isSettled(), "isSettled() after two trials for nothing");
        return session;
    }

    @Test
    @DisplayName("no shift: costs that differ by no more than the share from those before the last trial")
    void noShift() {
        TunerSession session = settled();
        session.end(12.5, 7.5, 12, 8, 12.5, 7.5);
        assertTrue(session.tuner.isSettled(), "isSettled() while costs differ from 10 by up to a quarter");
        assertEquals(6, session.events.size(), "what was done until then: two trials");
    }

    @Test
    @DisplayName("a shift while one knob does not rest ends no rest")
    void shiftDuringATrial() {
        CostKnob pool = pool();
        CostKnob cache = new CostKnob("cache", 9, 0);
        TunerSession session = new TunerSession(
                        ONE_WINDOW.withRest(1_000, 1_000).withShift(0.25), pool, cache)
                .end(10, 10) // pool 3
                .end(10, 9, 10) // cache 1: kept
                .end(9, 9) // cache 2
                .end(9, 9) // pool 1: rests
                .end(100) // cache 0
                .end(90, 100) // kept
                .end(200)
                .end(200) // cache for nothing
                .end(200)
                .end(150); // and better again, in the trial
        assertEquals(2, pool.setting(), "the setting of the pool, which rests");
        assertEquals(
                4L,
                session.events.stream().filter(event -> event.contains("pool=")).count(),
                "how often the pool was set: twice to a new setting and twice back");
    }
}
