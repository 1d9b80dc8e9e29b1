package storagelab.hybrid;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.hybrid.TuningDecision.Verdict;
import storagelab.testkit.hybrid.CostKnob;

@Tag("7.12")
class AutoTunerTest {
    private static final TunerOptions THREE_WINDOWS = TunerOptions.defaults().withWindows(3, 1);

    private final List<TuningDecision> log = new ArrayList<>();

    @Test
    @DisplayName("the example: one setting is kept, the next one is rolled back at its first bad window")
    void example() {
        CostKnob knob = new CostKnob("share of the cache", 5, 2);
        AutoTuner tuner = new AutoTuner(List.of(knob), THREE_WINDOWS, log::add);

        end(tuner, 12.0, 10.0, 10.2);
        assertThat("before the third window that counts", knob.setting(), is(2));
        end(tuner, 9.9);
        assertThat("in the trial", knob.setting(), is(3));
        end(tuner, 14.0, 8.1, 8.0, 8.3);
        assertThat("in the control", knob.setting(), is(2));
        end(tuner, 11.0, 10.1, 10.0, 10.3);
        assertThat("after the verdict", knob.setting(), is(3));
        assertThat(
                log.stream().map(TuningDecision::describe).toList(),
                contains(
                        "window 12: share of the cache #2 -> #3: kept; cost 10.00 before, 8.10 in the trial, 10.10 after"));

        end(tuner, 8.4, 8.0, 8.1, 8.1);
        assertThat("in the second trial", knob.setting(), is(4));
        end(tuner, 8.8, 12.5);
        assertThat("after a bad window", knob.setting(), is(3));
        assertThat(log.get(1).verdict(), is(Verdict.ROLLED_BACK));
        end(tuner, 8.0, 8.1, 8.1, 8.0);
        assertThat("in the third trial", knob.setting(), is(2));
    }

    @Test
    @DisplayName("finds the best of seven settings, and settles there")
    void valley() {
        CostKnob knob = new CostKnob("memtable", 7, 1);
        AutoTuner tuner = new AutoTuner(List.of(knob), THREE_WINDOWS, log::add);

        for (int i = 0; i < 200 && !tuner.isSettled(); i++) {
            tuner.windowEnded(10 + 3 * Math.abs(knob.setting() - 5));
        }

        assertThat(tuner.isSettled(), is(true));
        assertThat(knob.setting(), is(5));
    }

    @Test
    @DisplayName("a load that becomes cheaper by itself makes no setting better")
    void drift() {
        CostKnob knob = new CostKnob("memtable", 5, 2);
        AutoTuner tuner = new AutoTuner(List.of(knob), THREE_WINDOWS.withGain(0.02, 0), log::add);

        double cost = 100;
        for (int i = 0; i < 100; i++) {
            tuner.windowEnded(cost);
            cost *= 0.97;
        }

        assertThat(log.get(0).verdict(), is(Verdict.LOAD_CHANGED));
        assertThat(
                log.stream()
                        .filter(decision -> decision.verdict() == Verdict.KEPT)
                        .toList(),
                is(empty()));
    }

    @Test
    @DisplayName("two knobs have their turns one after the other")
    void turns() {
        CostKnob first = new CostKnob("first", 5, 2);
        CostKnob second = new CostKnob("second", 5, 2);
        AutoTuner tuner =
                new AutoTuner(List.of(first, second), TunerOptions.defaults().withWindows(1, 0), log::add);

        end(tuner, 10, 10, 10, 10, 10, 10, 10, 10);

        assertThat(first.settings(), contains(3, 2, 1, 2));
        assertThat(second.settings(), contains(3, 2, 1, 2));
        assertThat(log.stream().map(TuningDecision::knob).toList(), contains("first", "second", "first", "second"));
        assertThat("after two trials for nothing", tuner.isSettled(), is(true));
    }

    @Test
    @DisplayName("a knob that refuses a setting is left alone")
    void refused() {
        CostKnob knob = new CostKnob("pool", 3, 0).refuse(1);
        AutoTuner tuner = new AutoTuner(List.of(knob), TunerOptions.defaults().withWindows(1, 0), log::add);

        end(tuner, 10, 10, 100, 10, 10);

        assertThat(knob.settings(), contains(1));
        assertThat(log.stream().map(TuningDecision::verdict).toList(), contains(Verdict.REFUSED));
    }

    @Test
    @DisplayName("a tuner that is stopped in a trial sets the old setting again")
    void stop() {
        CostKnob knob = new CostKnob("pool", 3, 0);
        AutoTuner tuner = new AutoTuner(List.of(knob), TunerOptions.defaults().withWindows(1, 0), log::add);

        end(tuner, 10);
        tuner.stop();
        tuner.stop();
        end(tuner, 1, 1, 1);

        assertThat(knob.settings(), contains(1, 0));
        assertThat(log.stream().map(TuningDecision::verdict).toList(), contains(Verdict.STOPPED));
    }

    @Test
    @DisplayName("a tuner needs a knob, a knob two settings, and a window a cost")
    void errors() {
        CostKnob knob = new CostKnob("pool", 3, 0);
        TunerOptions options = TunerOptions.defaults();
        assertThrows(IllegalArgumentException.class, () -> new AutoTuner(List.of(), options, log::add));
        assertThrows(
                IllegalArgumentException.class,
                () -> new AutoTuner(List.of(new CostKnob("fixed", 1, 0)), options, log::add));
        AutoTuner tuner = new AutoTuner(List.of(knob), options, log::add);
        for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> tuner.windowEnded(wrong));
        }
    }

    private static void end(AutoTuner tuner, double... costs) {
        for (double cost : costs) {
            tuner.windowEnded(cost);
        }
    }
}
