package storagelab.grader.model;

import java.util.List;
import java.util.Map;

/**
 * Storage engines side by side, measured in the same run. It brings no points.
 *
 * @param setup what was measured
 * @param engines in the order of the report
 * @param rows a workload each
 * @param targets what was to be shown, and whether it was
 * @param leftOut what was measured while the machine was busy with something else, a few words each
 */
public record PeersResult(
        Setup setup, List<Engine> engines, List<Row> rows, List<Target> targets, List<String> leftOut) {
    public PeersResult {
        engines = List.copyOf(engines);
        rows = List.copyOf(rows);
        targets = List.copyOf(targets);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * What was measured.
     *
     * @param lab whose engine is ours
     * @param records in a store
     * @param cacheBytes for a store
     * @param largeRecords in the store that is larger than its cache
     * @param largeCacheBytes for that store
     * @param rounds how often each engine was measured
     * @param seed decides the order of engines in each round, and every random choice in them
     */
    public record Setup(
            int lab, int records, long cacheBytes, int largeRecords, long largeCacheBytes, int rounds, long seed) {}

    /**
     * An engine.
     *
     * @param name on the command line
     * @param description what it is, and what it keeps when its process is killed
     * @param problem why it was not measured, in a sentence; empty if it was
     */
    public record Engine(String name, String description, String problem) {}

    /**
     * A workload.
     *
     * @param workload its name
     * @param description what is done
     * @param cells by engine; an engine that was not asked has none
     */
    public record Row(String workload, String description, Map<String, Cell> cells) {
        public Row {
            cells = Map.copyOf(cells);
        }
    }

    /**
     * What an engine came to in a workload.
     *
     * @param median operations a second, over the rounds; {@code NaN} without figures
     * @param low the slowest round
     * @param high the fastest round
     * @param disturbed whether the machine was busy in all rounds, so that the figure says little
     * @param figures medians of what else was seen
     * @param problem what went wrong; empty if nothing did
     */
    public record Cell(
            double median, double low, double high, boolean disturbed, Map<String, Double> figures, String problem) {
        public Cell {
            figures = Map.copyOf(figures);
        }
    }

    /** How a target ended. */
    public enum Outcome {
        /** Reached. */
        MET,
        /** Not reached. */
        MISSED,
        /** Not measured, or only while the machine was busy. */
        OPEN
    }

    /**
     * Something that was to be shown.
     *
     * @param description what: {@code "readrandom: at least 1.25 times lmdb"}
     * @param value what was measured, in the unit of the bound; {@code NaN} if it was not
     * @param bound the limit
     * @param outcome whether it was
     * @param missedBy how far the value is beyond the bound, as a share of the bound; 0 if it is not
     */
    public record Target(String description, double value, double bound, Outcome outcome, double missedBy) {}
}
