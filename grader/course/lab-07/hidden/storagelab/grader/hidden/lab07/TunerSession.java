package storagelab.grader.hidden.lab07;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import storagelab.hybrid.AutoTuner;
import storagelab.hybrid.Knob;
import storagelab.hybrid.TunerOptions;
import storagelab.hybrid.TuningDecision;
import storagelab.testkit.hybrid.CostKnob;

/** A tuner, and what it did: {@code "4: pool=3"} is a setting after the fourth window. */
final class TunerSession {
    static final TunerOptions ONE_WINDOW =
            TunerOptions.defaults().withWindows(1, 0).withGain(0.02, 0);
    static final TunerOptions THREE_WINDOWS = ONE_WINDOW.withWindows(3, 0);

    final List<String> events = new ArrayList<>();
    final List<TuningDecision> decisions = new ArrayList<>();
    final AutoTuner tuner;
    private int window;

    TunerSession(TunerOptions options, CostKnob... knobs) {
        List<Knob> watched =
                Arrays.stream(knobs).map(knob -> watched(knob, this)).toList();
        tuner = new AutoTuner(watched, options, decision -> {
            decisions.add(decision);
            events.add(window + ": " + decision.knob() + " " + decision.from() + " to " + decision.to() + " "
                    + decision.verdict());
        });
    }

    private static Knob watched(CostKnob knob, TunerSession session) {
        return new Knob() {
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
                session.events.add(session.window + ": " + knob.name() + "=" + setting);
                knob.set(setting);
            }

            @Override
            public String describe(int setting) {
                return knob.describe(setting);
            }
        };
    }

    TunerSession end(double... costs) {
        for (double cost : costs) {
            window++;
            tuner.windowEnded(cost);
        }
        return this;
    }

    /** Ends windows, and says what it means if that throws. */
    TunerSession mustEnd(String with, double... costs) {
        try {
            return end(costs);
        } catch (IllegalStateException | IllegalArgumentException thrown) {
            throw new AssertionError(with + ": windowEnded() must not throw, and threw " + thrown, thrown);
        }
    }

    void did(String what, String... expected) {
        assertEquals(List.of(expected), events, what);
        for (TuningDecision decision : decisions) {
            String event = decision.window() + ": " + decision.knob() + " " + decision.from() + " to ";
            assertTrue(
                    events.stream().anyMatch(known -> known.startsWith(event)),
                    "a verdict after window " + decision.window() + ": windows are counted from 1");
        }
    }

    static CostKnob pool() {
        return new CostKnob("pool", 5, 2);
    }
}
