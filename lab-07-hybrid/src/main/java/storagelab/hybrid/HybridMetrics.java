package storagelab.hybrid;

import storagelab.api.Metric;

/** What a {@link HybridStore} counts, besides what its parts do. */
public final class HybridMetrics {
    /** Rounds of the router. */
    public static final Metric ROUNDS =
            Metric.counter("hybrid-rounds", "rounds", "Rounds in which it was decided which ranges move.");

    /** Rounds that could not be ended; they are tried again. */
    public static final Metric ROUND_FAILURES =
            Metric.counter("hybrid-round-failures", "rounds", "Rounds that failed; their moves go on in a later one.");

    /** Moves that have ended. */
    public static final Metric MOVES =
            Metric.counter("hybrid-moves", "moves", "Ranges that have moved to another tier.");

    /** Entries that were moved. */
    public static final Metric MOVED_ENTRIES =
            Metric.counter("hybrid-moved-entries", "entries", "Entries that have moved to another tier.");

    /** Bytes of keys and values that were moved. */
    public static final Metric MOVED_BYTES =
            Metric.counter("hybrid-moved-bytes", "bytes", "Keys and values that have moved to another tier.");

    /** How many ranges the router looks at. */
    public static final Metric RANGES =
            Metric.gauge("hybrid-ranges", "ranges", "Ranges of keys whose load is counted.");

    private HybridMetrics() {}
}
