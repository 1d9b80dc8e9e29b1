package storagelab.archive;

import storagelab.api.Metric;

/** What an {@link ArchiveTier} counts, besides gets, writes, flushes and compactions. */
public final class ArchiveMetrics {
    /** Objects that were stored. */
    public static final Metric OBJECTS_WRITTEN =
            Metric.counter("archive-objects-written", "objects", "Objects that were stored in the object store.");

    /** Objects that were deleted since no index names them. */
    public static final Metric OBJECTS_DELETED = Metric.counter(
            "archive-objects-deleted", "objects", "Objects that were deleted, since no index names them.");

    /** Deletes that failed and are tried again. */
    public static final Metric DELETE_FAILURES = Metric.counter(
            "archive-delete-failures", "requests", "Deletes of objects that failed and are tried again.");

    private ArchiveMetrics() {}
}
