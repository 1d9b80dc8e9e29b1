package storagelab.writeback;

import storagelab.api.Metric;

/** What a {@link WriteBackCache} counts, besides gets, writes and stalls. */
public final class WriteBackMetrics {
    /** Operations that changed a key which was dirty already, so that the engine gets one write for both. */
    public static final Metric WRITES_SAVED = Metric.counter(
            "write-back-saved",
            "operations",
            "Operations that the engine never gets, since a later one replaced them.");

    /** Operations that were applied to the engine, those of a batch that was tried again included. */
    public static final Metric WRITES_APPLIED =
            Metric.counter("write-back-applied", "operations", "Operations that were applied to the engine.");

    /** Batches that were applied to the engine. */
    public static final Metric BATCHES =
            Metric.counter("write-back-batches", "batches", "Batches that were applied to the engine.");

    /** Dirty sets of which the engine has everything. */
    public static final Metric FLUSHES =
            Metric.counter("write-back-flushes", "runs", "Dirty sets that were written back as a whole.");

    /** Flushes that have failed and are tried again. */
    public static final Metric FLUSH_FAILURES =
            Metric.counter("write-back-flush-failures", "runs", "Flushes that failed and are tried again.");

    /** What the cache holds and the engine does not have. */
    public static final Metric DIRTY_BYTES =
            Metric.gauge("write-back-dirty-bytes", "bytes", "What the engine does not have yet, in memory.");

    private WriteBackMetrics() {}
}
