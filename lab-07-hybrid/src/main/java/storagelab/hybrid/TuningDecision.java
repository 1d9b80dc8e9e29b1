package storagelab.hybrid;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a tuner decided about one setting that it tried, with everything that it knew.
 *
 * @param window the number of the window after which this was decided; the first window has 1
 * @param knob the {@link Knob#name}
 * @param from the setting before the trial
 * @param to the setting that was tried
 * @param verdict what became of it
 * @param before what was measured with {@code from}
 * @param trial what was measured with {@code to}; {@code null} if nothing was
 * @param control what was measured with {@code from} once more, after the trial; {@code null} if nothing was
 */
public record TuningDecision(
        long window,
        String knob,
        String from,
        String to,
        Verdict verdict,
        CostSample before,
        @Nullable CostSample trial,
        @Nullable CostSample control) {
    /** What becomes of a setting that was tried. */
    public enum Verdict {
        /** It was better than before the trial and better than after it: it stays. */
        KEPT("kept"),

        /** It was not better than before. */
        ROLLED_BACK("rolled back"),

        /** It was better than before the trial, and not better than after it: the load has changed meanwhile. */
        LOAD_CHANGED("rolled back, since the load changed"),

        /** The system refused it. */
        REFUSED("refused"),

        /** The tuner was stopped during the trial. */
        STOPPED("rolled back, since the tuner was stopped");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }
    }

    /**
     * One line for a log: {@code window 12: memory for the memtable 4 MiB -> 8 MiB: kept; cost 10.00 before, 8.10 in the
     * trial, 10.10 after}.
     */
    public String describe() {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "window %d: %s %s -> %s: %s; cost %.2f before",
                window,
                knob,
                from,
                to,
                verdict.words,
                before.median()));
        if (trial != null) {
            line.append(String.format(Locale.ROOT, ", %.2f in the trial", trial.median()));
        }
        if (control != null) {
            line.append(String.format(Locale.ROOT, ", %.2f after", control.median()));
        }
        return line.toString();
    }
}
