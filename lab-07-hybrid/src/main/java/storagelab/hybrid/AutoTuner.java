package storagelab.hybrid;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;
import storagelab.hybrid.TuningDecision.Verdict;

/**
 * Turns the knobs of a running system, one at a time, and keeps a setting only if it was measured to be better.
 *
 * <p>The owner of the system divides its requests into <em>windows</em>, of a million requests each, say, and calls {@link
 * #windowEnded} with the cost of each: what a request took on average. A lower cost is better. Nothing else is known of the
 * system.
 *
 * <p>The tuner works in <em>phases</em>. In a phase, the setting stays. If the setting was changed when the phase began, and
 * in the first phase of all, the first {@link TunerOptions#settlingWindows} windows are left out. The next {@link
 * TunerOptions#windows} windows are the {@link CostSample} of the phase.
 *
 * <table>
 *   <caption>The phases of a trial</caption>
 *   <tr><th>phase</th><th>setting</th><th>when it ends</th></tr>
 *   <tr><td>before</td><td>old</td><td>a knob is chosen, and its new setting is set: the trial begins</td></tr>
 *   <tr><td>trial</td><td>new</td><td>the old setting is set again. If the trial was better than before, the control begins;
 *     if not, the verdict is {@link Verdict#ROLLED_BACK}</td></tr>
 *   <tr><td>control</td><td>old</td><td>if the trial was better than the control, too, the new setting is set, and the verdict
 *     is {@link Verdict#KEPT}; if not, {@link Verdict#LOAD_CHANGED}</td></tr>
 * </table>
 *
 * <p>After each verdict the next phase <em>before</em> begins. Why the control? If the load becomes cheaper during the trial,
 * every setting looks good. Measured with the old setting once more, the difference is gone.
 *
 * <p><b>Better.</b> A sample is better than another if its median is lower by more than {@code gainMin} · the other median,
 * and by more than {@code noiseFactor} · the greater of the two {@linkplain CostSample#spread spreads}.
 *
 * <p><b>A bad trial ends early.</b> When a window of a trial, after those that are left out, costs more than {@code
 * stopRatio} · the median before, the trial is over at once: {@link Verdict#ROLLED_BACK}.
 *
 * <p><b>Which knob, which setting.</b> The knobs have their turns in the order in which they were given, round and round,
 * the first one first; a knob that rests is passed over. Each knob has a direction, at first towards greater settings. The
 * new setting is the neighbour of the old one in this direction; where there is none, the direction turns round. After
 * {@code KEPT} the same knob has the next turn, in the same direction. After every other verdict its direction turns round,
 * and the next knob has its turn.
 *
 * <p><b>Rests.</b> The trials of a knob since its last one that was kept were <em>for nothing</em>. From the second on, each
 * sends the knob to rest: for {@code restWindows} windows after the second, twice as many after the third, and so on, at
 * most {@code restWindowsMax}. A knob whose rest is r windows, and began after window w, may be tried again from the end of
 * window w + r on.
 *
 * <p><b>While all knobs rest</b>, phases <em>before</em> follow each other. Each compares its median with the median before
 * the last trial. If it differs by more than {@code shift} · that, up or down, the load has shifted: all rests end, trials
 * for nothing count from 0 again, and a knob is chosen at once.
 *
 * <p><b>Errors.</b> If {@link Knob#set} throws for a new setting, the old one is set again, unless {@link Knob#setting} says
 * that it still is set. The verdict is {@link Verdict#REFUSED}, and this knob is never chosen again. If {@code set} throws for
 * an old setting, the exception propagates, and the tuner is stopped.
 *
 * <p>Every verdict is told to the log, with all samples, before {@link #windowEnded} returns.
 *
 * <p>Example: three windows a phase, one to settle, {@code gainMin} 0.02, {@code noiseFactor} 2, one knob at setting 2 of 5.
 *
 * <table>
 *   <caption>What the tuner does with the costs that it is told</caption>
 *   <tr><th>windows</th><th>costs</th><th>then</th></tr>
 *   <tr><td>1</td><td>12.0</td><td>left out</td></tr>
 *   <tr><td>2 to 4</td><td>10.0, 10.2, 9.9</td><td>median 10.0, spread 0.1; sets 3</td></tr>
 *   <tr><td>5</td><td>14.0</td><td>left out: the cache was cold</td></tr>
 *   <tr><td>6 to 8</td><td>8.1, 8.0, 8.3</td><td>median 8.1, spread 0.1: better, since 1.9 is more than 0.2 and 0.2; sets 2</td></tr>
 *   <tr><td>9</td><td>11.0</td><td>left out</td></tr>
 *   <tr><td>10 to 12</td><td>10.1, 10.0, 10.3</td><td>median 10.1, spread 0.1: the trial was better than this, too; sets 3: kept</td></tr>
 *   <tr><td>13</td><td>8.4</td><td>left out</td></tr>
 *   <tr><td>14 to 16</td><td>8.0, 8.1, 8.1</td><td>sets 4</td></tr>
 *   <tr><td>17</td><td>8.8</td><td>left out</td></tr>
 *   <tr><td>18</td><td>12.5</td><td>more than 1.5 · 8.1 = 12.15: sets 3, rolled back</td></tr>
 * </table>
 *
 * <p>The next trial would be of setting 2, downwards.
 *
 * <p>Cost: {@code windowEnded} O(w log w) for w windows a phase, and no more than 3w costs are remembered.
 *
 * <p>Concurrency: safe for many threads; one at a time is in the tuner, and in the knobs and the log that it calls.
 */
@Exercise(id = "7.12", title = "Keep what measures better", points = 6, difficulty = Difficulty.MEDIUM, hours = 4)
public final class AutoTuner {
    private enum Phase {
        BEFORE,
        TRIAL,
        CONTROL
    }

    /** A knob, and what its trials have shown. */
    private static final class Tried {
        private final Knob knob;
        private int direction = 1;
        private int forNothing; // trials since the last one that was kept
        private long restsUntil; // the end of this window
        private boolean refused;

        Tried(Knob knob) {
            this.knob = knob;
        }

        int neighbour() {
            int next = knob.setting() + direction;
            if (next < 0 || next >= knob.settingCount()) {
                direction = -direction;
                next = knob.setting() + direction;
            }
            return next;
        }
    }

    /** A setting that is tried. */
    private record Trial(
            Tried tried,
            int from,
            int to,
            CostSample before,
            @Nullable CostSample measured) {
        Trial measured(CostSample sample) {
            return new Trial(tried, from, to, before, sample);
        }
    }

    @Given
    private final TunerOptions options;

    @Given
    private final Consumer<TuningDecision> log;

    private final List<Tried> knobs = new ArrayList<>();
    private final List<Double> costs = new ArrayList<>(); // of this phase
    private Phase phase = Phase.BEFORE;
    private int leftOut; // how many windows of this phase have still to be
    private long window;
    private int turn; // whose it is
    private @Nullable Trial trial; // null before
    private double lastMedian; // before the last trial
    private boolean stopped;

    /**
     * A tuner that has measured nothing. It changes no setting before {@link #windowEnded} is called.
     *
     * @param log is told every verdict
     * @throws IllegalArgumentException if there is no knob, or one with fewer than two settings
     */
    public AutoTuner(List<? extends Knob> knobs, TunerOptions options, Consumer<TuningDecision> log) {
        if (knobs.isEmpty()) {
            throw new IllegalArgumentException("a tuner without a knob");
        }
        for (Knob knob : knobs) {
            if (knob.settingCount() < 2) {
                throw new IllegalArgumentException(knob.name() + " has " + knob.settingCount() + " setting(s), not 2");
            }
            this.knobs.add(new Tried(knob));
        }
        this.options = options;
        this.log = log;
        leftOut = options.settlingWindows();
    }

    /**
     * A window has ended: its requests cost {@code cost} each, on average. Does nothing after {@link #stop}.
     *
     * @throws IllegalArgumentException if the cost is negative, infinite or not a number; the window does not count then
     * @throws RuntimeException if a knob throws for its old setting
     */
    public synchronized void windowEnded(double cost) {
        if (!(cost >= 0 && cost < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a cost of " + cost);
        }
        if (stopped) {
            return;
        }
        window++;
        if (leftOut > 0) {
            leftOut--;
            return;
        }
        costs.add(cost);
        Trial current = trial;
        boolean isBad = phase == Phase.TRIAL
                && current != null
                && cost > options.stopRatio() * current.before().median();
        if (costs.size() < options.windows() && !isBad) {
            return;
        }
        CostSample sample = new CostSample(costs);
        costs.clear();
        if (current == null) {
            beforeEnded(sample);
        } else if (phase == Phase.TRIAL) {
            trialEnded(current.measured(sample), !isBad && isBetter(sample, current.before()));
        } else {
            controlEnded(current, sample);
        }
    }

    private void beforeEnded(CostSample before) {
        if (isSettled() && Math.abs(before.median() - lastMedian) > options.shift() * lastMedian) {
            for (Tried tried : knobs) {
                tried.restsUntil = 0;
                tried.forNothing = 0;
            }
        }
        Tried tried = next();
        if (tried != null) {
            begin(tried, before);
        }
    }

    /** The knob that has its turn, or {@code null} if all of them rest. */
    private @Nullable Tried next() {
        for (int i = 0; i < knobs.size(); i++) {
            Tried tried = knobs.get(turn);
            if (isAwake(tried)) {
                return tried;
            }
            turn = (turn + 1) % knobs.size();
        }
        return null;
    }

    private boolean isAwake(Tried tried) {
        return !tried.refused && tried.restsUntil <= window;
    }

    private void begin(Tried tried, CostSample before) {
        Trial begun = new Trial(tried, tried.knob.setting(), tried.neighbour(), before, null);
        if (isTaken(begun)) {
            trial = begun;
            phase = Phase.TRIAL;
        } else {
            end(begun, Verdict.REFUSED, null);
        }
    }

    /** Sets the new setting of a trial; if the knob refuses it, makes sure that it has the old one. */
    private boolean isTaken(Trial begun) {
        Knob knob = begun.tried().knob;
        try {
            knob.set(begun.to());
            leftOut = options.settlingWindows();
            return true;
        } catch (RuntimeException refusal) {
            begun.tried().refused = true;
            if (knob.setting() != begun.from()) {
                setBack(begun);
            }
            return false;
        }
    }

    private void setBack(Trial begun) {
        boolean isBack = false;
        try {
            begun.tried().knob.set(begun.from());
            leftOut = options.settlingWindows();
            isBack = true;
        } finally {
            stopped |= !isBack;
        }
    }

    private void trialEnded(Trial ended, boolean isBetter) {
        setBack(ended);
        if (isBetter) {
            trial = ended;
            phase = Phase.CONTROL;
        } else {
            end(ended, Verdict.ROLLED_BACK, null);
        }
    }

    private void controlEnded(Trial ended, CostSample control) {
        CostSample measured = ended.measured();
        if (measured == null || !isBetter(measured, control)) {
            end(ended, Verdict.LOAD_CHANGED, control);
        } else if (isTaken(ended)) {
            end(ended, Verdict.KEPT, control);
        } else {
            end(ended, Verdict.REFUSED, control);
        }
    }

    private boolean isBetter(CostSample sample, CostSample other) {
        double gain = other.median() - sample.median();
        double noise = Math.max(sample.spread(), other.spread());
        return gain > options.gainMin() * other.median() && gain > options.noiseFactor() * noise;
    }

    /** Ends a trial with its verdict; a phase before it is next. */
    private void end(Trial ended, Verdict verdict, @Nullable CostSample control) {
        trial = null;
        phase = Phase.BEFORE;
        Tried tried = ended.tried();
        lastMedian = ended.before().median();
        if (verdict == Verdict.KEPT) {
            tried.forNothing = 0;
        } else {
            tried.direction = -tried.direction;
            tried.forNothing++;
            if (tried.forNothing >= 2) {
                tried.restsUntil = window + rest(tried.forNothing - 2);
            }
            turn = (turn + 1) % knobs.size();
        }
        log.accept(new TuningDecision(
                window,
                tried.knob.name(),
                tried.knob.describe(ended.from()),
                tried.knob.describe(ended.to()),
                verdict,
                ended.before(),
                ended.measured(),
                control));
    }

    /** The first rest, doubled {@code times} times. */
    private long rest(int times) {
        long rest = options.restWindows();
        for (int i = 0; i < times && rest < options.restWindowsMax(); i++) {
            rest *= 2;
        }
        return Math.min(rest, options.restWindowsMax());
    }

    /** Whether every knob rests, or was refused: no trial begins before a rest has ended or the load has shifted. */
    public synchronized boolean isSettled() {
        return trial == null && knobs.stream().noneMatch(this::isAwake);
    }

    /**
     * Ends tuning. During a trial or a control, the old setting is set again if it is not set, and the verdict is {@link
     * Verdict#STOPPED}. A second call does nothing.
     *
     * @throws RuntimeException if a knob throws for its old setting
     */
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        Trial current = trial;
        if (current == null) {
            return;
        }
        if (phase == Phase.TRIAL) {
            setBack(current);
        }
        end(current, Verdict.STOPPED, null);
    }
}
