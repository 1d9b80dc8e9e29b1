package storagelab.mvcc;

import java.util.Map;
import storagelab.api.Metric;

/** What open views cost. */
public final class VersionMetrics {
    /** Values that are in memory only because a view may read them. */
    public static final Metric VERSIONS =
            Metric.gauge("versions", "values", "Replaced values that are kept in memory for open views.");

    /** Bytes of these values. */
    public static final Metric VERSION_BYTES = Metric.gauge(
            "version-bytes", "bytes", "Bytes of the replaced values that are kept in memory for open views.");

    /** Views that are open. */
    public static final Metric VIEWS = Metric.gauge("views", "views", "Open views of transactions, and their cursors.");

    /** Operations since the oldest view began. */
    public static final Metric VIEW_LAG = Metric.gauge(
            "view-lag", "operations", "Operations since the oldest open view: what it may keep from being dropped.");

    private VersionMetrics() {}

    /** How it is at this moment. */
    public static Map<Metric, Long> of(VersionedEngine engine) {
        Watermark watermark = engine.watermark();
        return Map.of(
                VERSIONS, engine.versions(),
                VERSION_BYTES, engine.versionBytes(),
                VIEWS, (long) watermark.views(),
                VIEW_LAG, watermark.lag());
    }
}
