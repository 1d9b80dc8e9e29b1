package storagelab.file;

import storagelab.api.Metric;

/**
 * What is counted of files. {@link StoreFile} and {@link Directories} count bytes and syncs; code that reads or writes
 * blocks or pages counts those.
 */
public final class FileMetrics {
    /** Bytes written to files: logs, tables, lists. */
    public static final Metric BYTES_WRITTEN = Metric.counter("bytes-written", "bytes", "Bytes written to files.");

    /** Bytes read from files. */
    public static final Metric BYTES_READ = Metric.counter("bytes-read", "bytes", "Bytes read from files.");

    /** Data blocks or pages read from files. */
    public static final Metric BLOCKS_READ =
            Metric.counter("blocks-read", "blocks", "Data blocks or pages read from files.");

    /** Pages written to page files. */
    public static final Metric BLOCKS_WRITTEN =
            Metric.counter("blocks-written", "blocks", "Pages written to page files.");

    /** Files and directories forced to disk. */
    public static final Metric SYNCS = Metric.counter("syncs", "calls", "Files and directories forced to disk.");

    private FileMetrics() {}
}
