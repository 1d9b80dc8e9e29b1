package storagelab.lsm;

import storagelab.api.Metric;

/** What only an LSM tree counts. */
public final class LsmMetrics {
    /** Time that merges waited because they must not write faster. */
    public static final Metric MERGE_WAIT_NANOS =
            Metric.counter("merge-wait-nanos", "ns", "Time that merges waited because of their limit.");

    private LsmMetrics() {}
}
