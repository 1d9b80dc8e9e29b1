package storagelab.lsm;

import storagelab.api.Metric;

/** What only an LSM tree counts. */
public final class LsmMetrics {
    /** Time that merges waited because they must not write faster. */
    public static final Metric MERGE_WAIT_NANOS =
            Metric.counter("merge-wait-nanos", "ns", "Time that merges waited because of their limit.");

    /** Bytes of tables that flushes wrote. */
    public static final Metric FLUSHED_BYTES =
            Metric.counter("flushed-bytes", "bytes", "Bytes of the tables that flushes wrote.");

    /** Bytes that merges read and did not write again: old versions, and what was deleted. */
    public static final Metric MERGED_AWAY_BYTES = Metric.counter(
            "merged-away-bytes",
            "bytes",
            "Bytes of old versions and deleted entries that merges read and did not write again.");

    private LsmMetrics() {}
}
