package storagelab.grader.hidden.lab07;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.grader.hidden.lab07.TunerSession.ONE_WINDOW;
import static storagelab.grader.hidden.lab07.TunerSession.THREE_WINDOWS;
import static storagelab.grader.hidden.lab07.TunerSession.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.hybrid.AutoTuner;
import storagelab.hybrid.Knob;
import storagelab.hybrid.TunerOptions;
import storagelab.hybrid.TuningDecision;
import storagelab.hybrid.TuningDecision.Verdict;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;
import storagelab.testkit.hybrid.CostKnob;

/** Exercise 7.12: a tuner that keeps what measures better. */
@Tag("7.12")
class AutoTunerHiddenTest {
    @Test
    @DisplayName("windows to settle are left out after each change of a setting, and in the first phase")
    void settling() {
        new TunerSession(ONE_WINDOW.withWindows(3, 2), pool())
                .end(1_000, 2_000, 10, 10, 10)
                .end(3_000, 4_000, 10, 10, 10)
                .end(5_000, 6_000, 10, 10, 10)
                .end(1, 2, 8, 8, 8)
                .end(1, 1, 10, 10, 10)
                .end(7_000, 1, 8, 8, 8)
                .did(
                        "what was set with 3 windows a phase and 2 to settle",
                        "5: pool=3",
                        "10: pool=2",
                        "10: pool #2 to #3 ROLLED_BACK",
                        "15: pool=1",
                        "20: pool=2",
                        "25: pool=1",
                        "25: pool #2 to #1 KEPT",
                        "30: pool=0");
    }

    @Test
    @DisplayName("no window is left out if the phase begins with the setting that the one before had")
    void nothingToSettle() {
        new TunerSession(ONE_WINDOW.withWindows(1, 2), pool())
                .end(9, 9, 10)
                .end(9, 9, 8)
                .end(9, 9, 8)
                .end(10)
                .end(9, 9, 10)
                .did(
                        "what was set after a load that changed, and left the old setting in place",
                        "3: pool=3",
                        "6: pool=2",
                        "9: pool #2 to #3 LOAD_CHANGED",
                        "10: pool=1",
                        "13: pool=2",
                        "13: pool #2 to #1 ROLLED_BACK");
        new TunerSession(ONE_WINDOW.withWindows(1, 2), pool().refuse(3), new CostKnob("cache", 5, 2))
                .end(9, 9, 10)
                .end(10)
                .did(
                        "what was set after a knob refused its setting and kept the old one",
                        "3: pool=3",
                        "3: pool #2 to #3 REFUSED",
                        "4: cache=3");
    }

    @Test
    @DisplayName("the medians are compared, not the means")
    void medians() {
        new TunerSession(THREE_WINDOWS, pool())
                .end(10, 10, 100)
                .end(11, 11, 11)
                .did(
                        "what was done when one window before was expensive",
                        "3: pool=3",
                        "6: pool=2",
                        "6: pool #2 to #3 ROLLED_BACK");
        new TunerSession(THREE_WINDOWS, pool())
                .end(10, 10, 10)
                .end(9, 9, 14)
                .end(10, 10, 10)
                .did(
                        "what was done when one window of the trial was expensive",
                        "3: pool=3",
                        "6: pool=2",
                        "9: pool=3",
                        "9: pool #2 to #3 KEPT");
    }

    @Test
    @DisplayName("a gain must be more than its least share of the cost before")
    void leastGain() {
        TunerOptions tenth = THREE_WINDOWS.withGain(0.125, 0);
        new TunerSession(tenth, pool())
                .end(16, 16, 16)
                .end(14, 14, 14)
                .did(
                        "what was done after a gain of 2 of 16, with at least an eighth",
                        "3: pool=3",
                        "6: pool=2",
                        "6: pool #2 to #3 ROLLED_BACK");
        new TunerSession(tenth, pool())
                .end(16, 16, 16)
                .end(13.9, 13.9, 13.9)
                .did("what was done after a gain of 2.1 of 16, with at least an eighth", "3: pool=3", "6: pool=2");
    }

    @Test
    @DisplayName("a gain must be more than the greater spread, times the factor")
    void noise() {
        TunerOptions twice = THREE_WINDOWS.withGain(0, 2).withStopRatio(100);
        double[][] before = {{9, 10, 11}, {9, 10, 11}, {10, 10, 10}, {10, 10, 10}, {9, 10, 11}};
        double[][] trial = {{8, 8, 8}, {7.9, 7.9, 7.9}, {7, 8, 9}, {6.9, 7.9, 8.9}, {6.5, 7.5, 8.5}};
        boolean[] isBetter = {false, true, false, true, true};
        for (int i = 0; i < before.length; i++) {
            TunerSession session =
                    new TunerSession(twice, pool()).end(before[i]).end(trial[i]);
            assertEquals(
                    isBetter[i],
                    session.decisions.isEmpty(),
                    "whether " + Arrays.toString(trial[i]) + " is better than " + Arrays.toString(before[i])
                            + " by more than twice the greater spread");
        }
    }

    @Test
    @DisplayName("a setting is kept only if it was better than the control, too")
    void control() {
        new TunerSession(THREE_WINDOWS, pool())
                .end(10, 10, 10)
                .end(8, 8, 8)
                .end(8, 8, 8)
                .did(
                        "what was done when the load became cheaper during the trial",
                        "3: pool=3",
                        "6: pool=2",
                        "9: pool #2 to #3 LOAD_CHANGED");
        new TunerSession(THREE_WINDOWS.withGain(0.02, 2), pool())
                .end(10, 10, 10)
                .end(8, 8, 8)
                .end(8, 10, 12)
                .did(
                        "what was done when the control had a spread as large as the gain",
                        "3: pool=3",
                        "6: pool=2",
                        "9: pool #2 to #3 LOAD_CHANGED");
        new TunerSession(THREE_WINDOWS, pool())
                .end(10, 10, 10)
                .end(9, 9, 9)
                .end(20, 20, 20)
                .did(
                        "what was done when the control was more expensive than before",
                        "3: pool=3",
                        "6: pool=2",
                        "9: pool=3",
                        "9: pool #2 to #3 KEPT");
    }

    @Test
    @DisplayName("a trial ends at its first window that is too expensive, and no other phase does")
    void badTrial() {
        TunerOptions settling = THREE_WINDOWS.withWindows(3, 1);
        TunerSession session = new TunerSession(settling, pool())
                .end(500, 9, 10, 30)
                .end(500, 15, 14, 15.1)
                .end(500, 10, 10, 10)
                .end(500, 15.1);
        session.did(
                "what was done with trials that cost up to 1.5 times the 10 before, and more",
                "4: pool=3",
                "8: pool=2",
                "8: pool #2 to #3 ROLLED_BACK",
                "12: pool=1",
                "14: pool=2",
                "14: pool #2 to #1 ROLLED_BACK");
        assertEquals(
                List.of(List.of(15.0, 14.0, 15.1), List.of(15.1)),
                session.decisions.stream().map(AutoTunerHiddenTest::trialOf).toList(),
                "the windows of both trials in the log");
        new TunerSession(THREE_WINDOWS, pool())
                .end(10, 10, 10)
                .end(8, 8, 15.1)
                .did(
                        "what was done with a trial of which only the last window was bad",
                        "3: pool=3",
                        "6: pool=2",
                        "6: pool #2 to #3 ROLLED_BACK");
        new TunerSession(THREE_WINDOWS, pool())
                .end(10, 10, 10)
                .end(8, 8, 8)
                .end(100, 100)
                .did("what was done after two expensive windows of the control", "3: pool=3", "6: pool=2");
    }

    private static List<Double> trialOf(TuningDecision decision) {
        return decision.trial() == null ? List.of() : decision.trial().costs();
    }

    @Test
    @DisplayName("a trial is compared with the median before it, and not with an earlier one")
    void badTrialOfALaterLoad() {
        new TunerSession(THREE_WINDOWS, pool())
                .end(10, 10, 10)
                .end(10, 10, 10)
                .end(14, 14, 14)
                .end(20, 20, 20)
                .did(
                        "what was done with a trial of 20 after 14, which came after 10",
                        "3: pool=3",
                        "6: pool=2",
                        "6: pool #2 to #3 ROLLED_BACK",
                        "9: pool=1",
                        "12: pool=2",
                        "12: pool #2 to #1 ROLLED_BACK");
    }

    @Test
    @DisplayName("a knob that refuses a setting has its old one, and is never chosen again")
    void refused() {
        new TunerSession(ONE_WINDOW.withWindows(1, 1), pool().refuse(3).changeBeforeRefusing())
                .mustEnd("a refused setting", 1, 10)
                .end(1, 10)
                .end(100)
                .did(
                        "what was done with a knob that changes and then throws",
                        "2: pool=3",
                        "2: pool=2",
                        "2: pool #2 to #3 REFUSED");
        CostKnob cache = new CostKnob("cache", 5, 2);
        TunerSession session = new TunerSession(
                        ONE_WINDOW.withWindows(1, 1), pool().refuse(3).changeBeforeRefusing(), cache)
                .end(1, 10)
                .end(5);
        assertEquals(2, cache.setting(), "the cache, when the window that the pool needs to settle has ended");
        session.end(10);
        assertEquals(3, cache.setting(), "the cache, a window later");
        TunerSession shifted =
                new TunerSession(ONE_WINDOW.withRest(1_000, 1_000), pool().refuse(3), cache).end(10, 10, 10);
        shifted.end(10, 10, 100, 100, 100, 1_000);
        assertEquals(
                1L,
                shifted.events.stream().filter(event -> event.contains("pool=")).count(),
                "how often a pool that had refused was set, also after the load had shifted");
    }

    @Test
    @DisplayName("a knob that takes a setting in the trial and refuses it after the control has its old one")
    void refusedAfterTheControl() {
        CostKnob pool = pool();
        TunerSession session = new TunerSession(ONE_WINDOW, pool).end(10, 8);
        pool.refuse(3);
        session.mustEnd("a refused setting after the control", 10).end(10, 10, 10);
        session.did("what was done", "1: pool=3", "2: pool=2", "3: pool=3", "3: pool #2 to #3 REFUSED");
        assertTrue(session.tuner.isSettled(), "isSettled() if every knob has refused a setting");
    }

    @Test
    @DisplayName("a knob that refuses its old setting stops the tuner, and the exception propagates")
    void oldSettingRefused() {
        CostKnob pool = pool();
        TunerSession session = new TunerSession(ONE_WINDOW, pool).end(10);
        pool.refuse(2);
        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> session.end(10));
        assertEquals("pool refuses 2", thrown.getMessage(), "the message of what was thrown");
        session.mustEnd("a tuner that has stopped", 10, 10, 10);
        session.tuner.stop();
        session.did("what was done", "1: pool=3", "2: pool=2");

        CostKnob stopped = pool();
        TunerSession inATrial = new TunerSession(ONE_WINDOW, stopped).end(10);
        stopped.refuse(2);
        assertThrows(IllegalStateException.class, inATrial.tuner::stop);
        inATrial.tuner.stop();
        inATrial.end(10, 10).did("what stop() did", "1: pool=3", "1: pool=2");

        CostKnob both = pool().refuse(3).changeBeforeRefusing().refuse(2);
        TunerSession atTheBeginning = new TunerSession(ONE_WINDOW, both);
        assertThrows(IllegalStateException.class, () -> atTheBeginning.end(10));
        atTheBeginning
                .end(10, 10)
                .did("what was done with a knob that takes neither setting", "1: pool=3", "1: pool=2");
    }

    @Test
    @DisplayName(
            "a tuner that is stopped in a trial sets the old setting, in other phases nothing, and does nothing afterwards")
    void stop() {
        TunerSession before = new TunerSession(THREE_WINDOWS, pool()).end(10);
        before.tuner.stop();
        before.end(10, 10, 10).did("what stop() did before the first trial");

        TunerSession trial =
                new TunerSession(THREE_WINDOWS, pool()).end(10, 10, 10).end(8);
        trial.tuner.stop();
        trial.tuner.stop();
        trial.end(8, 8, 8).did("what stop() did in a trial", "3: pool=3", "4: pool=2", "4: pool #2 to #3 STOPPED");

        TunerSession control = new TunerSession(THREE_WINDOWS, pool())
                .end(10, 10, 10)
                .end(8, 8, 8)
                .end(10);
        control.tuner.stop();
        control.end(10, 10).did("what stop() did in a control", "3: pool=3", "6: pool=2", "7: pool #2 to #3 STOPPED");
    }

    @Test
    @DisplayName("the log has every window of every phase of the verdict")
    void log() {
        TunerSession session = new TunerSession(THREE_WINDOWS.withWindows(3, 1), pool())
                .end(99, 10, 12, 11)
                .end(98, 8, 7, 9)
                .end(97, 13, 12, 11);
        assertEquals(1, session.decisions.size(), "verdicts in the log when windowEnded() returns");
        TuningDecision kept = session.decisions.get(0);
        assertEquals(Verdict.KEPT, kept.verdict(), "the verdict");
        assertEquals(12, kept.window(), "the window after which it was decided");
        assertEquals(List.of(10.0, 12.0, 11.0), kept.before().costs(), "the windows before");
        assertEquals(List.of(8.0, 7.0, 9.0), trialOf(kept), "the windows of the trial");
        assertEquals(
                List.of(13.0, 12.0, 11.0),
                kept.control() == null ? List.of() : kept.control().costs(),
                "the windows of the control");
    }

    @Test
    @DisplayName("a cost that is none is refused, and its window does not count")
    void wrongCosts() {
        TunerSession session = new TunerSession(THREE_WINDOWS, pool()).end(10);
        for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> session.tuner.windowEnded(wrong), "a cost of " + wrong);
        }
        session.end(10).did("what was done after two windows, and four that do not count");
        session.end(10).mustEnd("a cost of 0", 0, 0, 0).end(10, 10, 10);
        session.did("what was done then: 0 is a cost", "3: pool=3", "6: pool=2", "9: pool=3", "9: pool #2 to #3 KEPT");
    }

    @Test
    @DisplayName("a tuner needs at least one knob, and each knob two settings")
    void construction() {
        assertThrows(
                IllegalArgumentException.class, () -> new AutoTuner(List.of(), ONE_WINDOW, decision -> {}), "no knob");
        assertThrows(
                IllegalArgumentException.class,
                () -> new AutoTuner(List.of(pool(), new CostKnob("fixed", 1, 0)), ONE_WINDOW, decision -> {}),
                "a knob with one setting");
        CostKnob pool = pool();
        AutoTuner tuner = new AutoTuner(List.of(pool), ONE_WINDOW, decision -> {});
        assertEquals(List.of(), pool.settings(), "what the constructor has set");
        assertFalse(tuner.isSettled(), "isSettled() before the first trial");
    }

    @Test
    @DisplayName("on random loads with noise, the setting in the end is at most 5 % worse than the one at the start")
    void neverWorse() {
        Seeds.check(10, random -> {
            double[] cost = hills(random);
            int start = random.nextInt(cost.length);
            CostKnob knob = new CostKnob("pool", cost.length, start);
            AutoTuner tuner = new AutoTuner(List.of(knob), TunerOptions.defaults(), decision -> {});
            for (int i = 0; i < 3_000; i++) {
                tuner.windowEnded(cost[knob.setting()] * (0.95 + random.nextDouble() / 10));
            }
            tuner.stop();
            assertTrue(
                    cost[knob.setting()] <= 1.05 * cost[start],
                    "setting " + knob.setting() + " costs " + cost[knob.setting()] + ", setting " + start
                            + " at the start cost " + cost[start]);
        });
    }

    private static double[] hills(Random random) {
        double[] cost = new double[3 + random.nextInt(10)];
        cost[0] = 100;
        for (int i = 1; i < cost.length; i++) {
            cost[i] = cost[i - 1] * (0.8 + random.nextDouble() * 0.45);
        }
        return cost;
    }

    @Test
    @DisplayName("threads end windows at the same time: one of them is in the tuner")
    void threads() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger together = new AtomicInteger();
        CostKnob knob = pool();
        Knob slow = new Knob() {
            @Override
            public String name() {
                return knob.name();
            }

            @Override
            public int settingCount() {
                return knob.settingCount();
            }

            @Override
            public int setting() {
                return knob.setting();
            }

            @Override
            public void set(int setting) {
                if (inside.incrementAndGet() > 1) {
                    together.incrementAndGet();
                }
                Thread.yield();
                knob.set(setting);
                inside.decrementAndGet();
            }

            @Override
            public String describe(int setting) {
                return knob.describe(setting);
            }
        };
        List<Long> windows = new ArrayList<>();
        AutoTuner tuner =
                new AutoTuner(List.of(slow), ONE_WINDOW.withRest(1, 1), decision -> windows.add(decision.window()));
        try (Crew crew = new Crew()) {
            crew.start(4, "owner", () -> {
                for (int i = 0; i < 5_000; i++) {
                    tuner.windowEnded(10);
                }
            });
            crew.join();
        }
        tuner.windowEnded(10);
        tuner.windowEnded(10);
        assertEquals(0, together.get(), "how often two threads were in Knob.set");
        long last = windows.get(windows.size() - 1);
        assertTrue(last >= 20_001, "the last verdict was after window " + last + " of 20,002: no window is lost");
    }
}
