// exercise: 7.12
// type: storagelab.hybrid.AutoTuner
// verdict: accepted
// because: a function for what comes next instead of a phase, arrays instead of objects for knobs, and rests that are counted down
// replace: type
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

public final class AutoTuner {
    private interface Step {
        Step next(CostSample sample);
    }

    private final TunerOptions options;
    private final Consumer<TuningDecision> log;
    private final Knob[] knobs;
    private final int[] directions;
    private final int[] misses;
    private final long[] rests;
    private final double[] window;
    private int filled;
    private int skip;
    private long ended;
    private int current;
    private double ceiling = Double.POSITIVE_INFINITY;
    private double reference = Double.NaN;
    private Step step = this::before;
    private Runnable undo;
    private boolean over;

    public AutoTuner(List<? extends Knob> knobs, TunerOptions options, Consumer<TuningDecision> log) {
        if (knobs.isEmpty() || knobs.stream().anyMatch(knob -> knob.settingCount() < 2)) {
            throw new IllegalArgumentException("knobs with two settings are needed");
        }
        this.knobs = knobs.toArray(new Knob[0]);
        this.options = options;
        this.log = log;
        directions = new int[this.knobs.length];
        java.util.Arrays.fill(directions, 1);
        misses = new int[this.knobs.length];
        rests = new long[this.knobs.length];
        window = new double[options.windows()];
        skip = options.settlingWindows();
    }

    public synchronized void windowEnded(double cost) {
        if (Double.isNaN(cost) || Double.isInfinite(cost) || cost < 0) {
            throw new IllegalArgumentException("cost " + cost);
        }
        if (over) {
            return;
        }
        ended++;
        for (int i = 0; i < rests.length; i++) {
            rests[i] = rests[i] == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, rests[i] - 1);
        }
        if (skip > 0) {
            skip--;
            return;
        }
        window[filled++] = cost;
        if (filled == window.length || cost > ceiling) {
            List<Double> costs = new ArrayList<>();
            for (int i = 0; i < filled; i++) {
                costs.add(window[i]);
            }
            filled = 0;
            step = step.next(new CostSample(costs));
        }
    }

    private Step before(CostSample sample) {
        double moved = Math.abs(sample.median() - reference);
        if (isQuiet() && moved > options.shift() * reference) {
            for (int i = 0; i < knobs.length; i++) {
                misses[i] = 0;
                rests[i] = rests[i] == Long.MAX_VALUE ? Long.MAX_VALUE : 0;
            }
        }
        for (int tried = 0; tried < knobs.length && rests[current] > 0; tried++) {
            current = (current + 1) % knobs.length;
        }
        if (rests[current] > 0) {
            return this::before;
        }
        Knob knob = knobs[current];
        int from = knob.setting();
        int to = from + directions[current];
        if (to < 0 || to == knob.settingCount()) {
            directions[current] *= -1;
            to = from + directions[current];
        }
        int tried = to;
        if (!turn(knob, from, to)) {
            return verdict(TuningDecision.Verdict.REFUSED, from, tried, sample, null, null);
        }
        ceiling = options.stopRatio() * sample.median();
        undo = () -> {
            back(knob, from);
            verdict(TuningDecision.Verdict.STOPPED, from, tried, sample, null, null);
        };
        return trial -> trial(from, tried, sample, trial);
    }

    private Step trial(int from, int to, CostSample before, CostSample trial) {
        double last = trial.costs().get(trial.costs().size() - 1);
        boolean promising = last <= ceiling && beats(trial, before);
        ceiling = Double.POSITIVE_INFINITY;
        back(knobs[current], from);
        if (!promising) {
            return verdict(TuningDecision.Verdict.ROLLED_BACK, from, to, before, trial, null);
        }
        undo = () -> verdict(TuningDecision.Verdict.STOPPED, from, to, before, trial, null);
        return control -> {
            if (!beats(trial, control)) {
                return verdict(TuningDecision.Verdict.LOAD_CHANGED, from, to, before, trial, control);
            }
            boolean taken = turn(knobs[current], from, to);
            return verdict(
                    taken ? TuningDecision.Verdict.KEPT : TuningDecision.Verdict.REFUSED, from, to, before, trial, control);
        };
    }

    private boolean turn(Knob knob, int from, int to) {
        try {
            knob.set(to);
        } catch (RuntimeException refused) {
            rests[current] = Long.MAX_VALUE;
            if (knob.setting() != from) {
                back(knob, from);
            }
            return false;
        }
        skip = options.settlingWindows();
        return true;
    }

    private void back(Knob knob, int from) {
        boolean before = over;
        over = true;
        knob.set(from);
        over = before;
        skip = options.settlingWindows();
    }

    private boolean beats(CostSample sample, CostSample other) {
        double gain = other.median() - sample.median();
        return gain > options.gainMin() * other.median()
                && gain > options.noiseFactor() * sample.spread()
                && gain > options.noiseFactor() * other.spread();
    }

    private Step verdict(
            TuningDecision.Verdict verdict, int from, int to, CostSample before, CostSample trial, CostSample control) {
        undo = null;
        reference = before.median();
        Knob knob = knobs[current];
        if (verdict == TuningDecision.Verdict.KEPT) {
            misses[current] = 0;
        } else {
            directions[current] *= -1;
            misses[current]++;
            if (misses[current] >= 2 && rests[current] != Long.MAX_VALUE) {
                double longer = options.restWindows() * Math.pow(2, Math.min(misses[current] - 2, 60));
                rests[current] = (long) Math.min(options.restWindowsMax(), longer);
            }
            current = (current + 1) % knobs.length;
        }
        log.accept(new TuningDecision(
                ended, knob.name(), knob.describe(from), knob.describe(to), verdict, before, trial, control));
        return this::before;
    }

    private boolean isQuiet() {
        for (long rest : rests) {
            if (rest == 0) {
                return false;
            }
        }
        return true;
    }

    public synchronized boolean isSettled() {
        return undo == null && isQuiet();
    }

    public synchronized void stop() {
        if (!over) {
            over = true;
            if (undo != null) {
                undo.run();
            }
        }
    }
}
