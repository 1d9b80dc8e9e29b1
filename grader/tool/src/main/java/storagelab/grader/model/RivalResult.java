package storagelab.grader.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A structure of a lab beside one of the JDK, measured in the same run. It brings no points.
 *
 * @param id such as {@code "3.memtable-get"}
 * @param title a few words
 * @param rival whom it was compared with; empty if nobody
 * @param ours our time; {@code null} if none was taken
 * @param theirs the rival's time; {@code null} if none was taken
 * @param timesAsFast the rival's time over ours; {@code null} without both
 * @param targets what was to be shown, and whether it was
 * @param message why there are no figures, in a sentence; empty if there are
 */
public record RivalResult(
        String id,
        String title,
        String rival,
        @Nullable Side ours,
        @Nullable Side theirs,
        @Nullable Speed timesAsFast,
        List<Target> targets,
        String message) {
    public RivalResult {
        targets = List.copyOf(targets);
    }

    /**
     * One side.
     *
     * @param nanos an operation, median of the JVMs
     * @param bytes allocated an operation, median of the JVMs; {@code NaN} if unknown
     */
    public record Side(double nanos, double bytes) {}

    /**
     * A ratio of times with its interval.
     *
     * @param value the estimate; 2 is twice as fast
     * @param low lower end of the 95 % confidence interval
     * @param high upper end of it
     */
    public record Speed(double value, double low, double high) {}

    /** How a target ended. */
    public enum Outcome {
        /** Reached, the whole interval of it. */
        MET("met"),
        /** The interval holds the target: this run cannot say. */
        OPEN("open"),
        /** Not reached. */
        MISSED("missed");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        /** In a word. */
        public String describe() {
            return words;
        }
    }

    /**
     * Something that was to be shown.
     *
     * @param description what: {@code "at least 1.5 times as fast"}
     * @param value what was measured, in the unit of the bound
     * @param bound the limit
     * @param outcome whether it was
     */
    public record Target(String description, double value, double bound, Outcome outcome) {}
}
