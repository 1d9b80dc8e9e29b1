package storagelab.api;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that a store counts, or a size that it has at the moment. Counters only grow; gauges say how it is now.
 *
 * <p>A metric is a value, which the package that counts it declares as a constant: {@code static final Metric PAGES_SPLIT =
 * Metric.counter("pages-split", "pages", "Pages that were split in two.")}. Here are those that mean the same in every
 * engine.
 *
 * <p>Invariants: no two metrics of a process have the same name or the same {@link #index}; the indexes are 0, 1, 2, … in
 * the order of declaration, so that sums can be kept in an array.
 *
 * <p>Concurrency: immutable; declaring is safe for many threads.
 */
public final class Metric {
    private static final List<Metric> DECLARED = new ArrayList<>(); // guarded by itself

    /** Calls of {@code get}. */
    public static final Metric GETS = counter("gets", "calls", "Calls of get.");

    /** Batches written; a single put or delete is a batch of one. */
    public static final Metric WRITES = counter("writes", "calls", "Batches written.");

    /** Key and value bytes handed to {@code write}. */
    public static final Metric BYTES_IN = counter("bytes-in", "bytes", "Key and value bytes handed to write.");

    /** Memory tables written out as files. */
    public static final Metric FLUSHES = counter("flushes", "runs", "Memory tables written out as files.");

    /** Merges of several tables into one. */
    public static final Metric COMPACTIONS = counter("compactions", "runs", "Merges of several tables.");

    /** Writes that were made to wait because background work was behind. */
    public static final Metric STALLS = counter("stalls", "writes", "Writes that had to wait for background work.");

    /** Time that writers spent waiting in stalls. */
    public static final Metric STALL_NANOS = counter("stall-nanos", "ns", "Time that writes spent in stalls.");

    /** Table files in use. */
    public static final Metric TABLES = gauge("tables", "files", "Table files in use.");

    /** Size of the table files in use. */
    public static final Metric TABLE_BYTES = gauge("table-bytes", "bytes", "Size of the table files in use.");

    /** Memory held by entries that are not in a table yet. */
    public static final Metric MEMTABLE_BYTES =
            gauge("memtable-bytes", "bytes", "Memory held by entries that are not in a table yet.");

    /** Whether a metric only grows. */
    public enum Kind {
        /** Counts since the store was opened. */
        COUNTER,
        /** Says how it is at this moment. */
        GAUGE
    }

    private final String name;
    private final String unit;
    private final String description;
    private final Kind kind;
    private final int index;

    private Metric(String name, String unit, String description, Kind kind, int index) {
        this.name = name;
        this.unit = unit;
        this.description = description;
        this.kind = kind;
        this.index = index;
    }

    /**
     * Declares a metric that only grows.
     *
     * @param name lower-case words with hyphens between: {@code "blocks-read"}
     * @param unit what one of it is
     * @throws IllegalArgumentException if there is a metric of this name
     */
    public static Metric counter(String name, String unit, String description) {
        return declare(name, unit, description, Kind.COUNTER);
    }

    /** As {@link #counter}, for a metric that may also go down. */
    public static Metric gauge(String name, String unit, String description) {
        return declare(name, unit, description, Kind.GAUGE);
    }

    private static Metric declare(String name, String unit, String description, Kind kind) {
        synchronized (DECLARED) {
            for (Metric metric : DECLARED) {
                if (metric.name.equals(name)) {
                    throw new IllegalArgumentException("there is a metric named " + name);
                }
            }
            Metric metric = new Metric(name, unit, description, kind, DECLARED.size());
            DECLARED.add(metric);
            return metric;
        }
    }

    /** The metrics declared so far, by their index. Those of a class that was not used yet are not declared. */
    public static List<Metric> declared() {
        synchronized (DECLARED) {
            return List.copyOf(DECLARED);
        }
    }

    /** What it is called, in lower-case words with hyphens between. */
    public String name() {
        return name;
    }

    /** What one of it is. */
    public String unit() {
        return unit;
    }

    /** One sentence that says what is counted. */
    public String description() {
        return description;
    }

    /** Whether it only grows. */
    public Kind kind() {
        return kind;
    }

    /** Its place in an array of all metrics. */
    public int index() {
        return index;
    }

    @Override
    public String toString() {
        return name;
    }
}
