package storagelab.wal;

import storagelab.api.Metric;

/** What a write-ahead log counts. */
public final class WalMetrics {
    /** Records that were appended, of whatever number of batches. */
    public static final Metric RECORDS = Metric.counter("wal-records", "records", "Records appended to the log.");

    /** Bytes of records, with their heads. */
    public static final Metric BYTES = Metric.counter("wal-bytes", "B", "Bytes appended to the log.");

    /** Syncs of the log that a commit or a timer asked for. */
    public static final Metric SYNCS = Metric.counter("wal-syncs", "syncs", "Syncs of the log for commits.");

    /** Segments that were begun. */
    public static final Metric SEGMENTS_BEGUN = Metric.counter("wal-segments-begun", "segments", "Segments begun.");

    /** Segments that were deleted. */
    public static final Metric SEGMENTS_DELETED =
            Metric.counter("wal-segments-deleted", "segments", "Segments deleted, since the engine has what they had.");

    /** Groups of commits: each is one record. */
    public static final Metric GROUPS = Metric.counter("commit-groups", "groups", "Groups of commits, a record each.");

    /** Commits. */
    public static final Metric COMMITS = Metric.counter("commits", "commits", "Commits that went to the log.");

    private WalMetrics() {}
}
