package storagelab.api;

/** What a store counts. Counters only grow; gauges say how it is now. */
public enum Metric {
    /** Calls of {@code get}. */
    GETS("calls", Kind.COUNTER),
    /** Batches written; a single put or delete is a batch of one. */
    WRITES("calls", Kind.COUNTER),
    /** Key and value bytes handed to {@code write}. */
    BYTES_IN("bytes", Kind.COUNTER),
    /** Bytes written to files: logs, tables, lists. */
    BYTES_WRITTEN("bytes", Kind.COUNTER),
    /** Bytes read from files. */
    BYTES_READ("bytes", Kind.COUNTER),
    /** Data blocks or pages read from files. */
    BLOCKS_READ("blocks", Kind.COUNTER),
    /** Pages written to page files. */
    BLOCKS_WRITTEN("blocks", Kind.COUNTER),
    /** Files and directories forced to disk. */
    SYNCS("calls", Kind.COUNTER),
    /** Memory tables written out as files. */
    FLUSHES("runs", Kind.COUNTER),
    /** Merges of several tables into one. */
    COMPACTIONS("runs", Kind.COUNTER),
    /** Writes that were made to wait because background work was behind. */
    STALLS("writes", Kind.COUNTER),
    /** Time that writers spent waiting in stalls. */
    STALL_NANOS("ns", Kind.COUNTER),
    /** Time that merges waited because they may not write faster. */
    MERGE_WAIT_NANOS("ns", Kind.COUNTER),
    /** Table files in use. */
    TABLES("files", Kind.GAUGE),
    /** Size of the table files in use. */
    TABLE_BYTES("bytes", Kind.GAUGE),
    /** Memory held by entries that are not in a table yet. */
    MEMTABLE_BYTES("bytes", Kind.GAUGE);

    /** Whether a metric only grows. */
    public enum Kind {
        /** Counts since the store was opened. */
        COUNTER,
        /** Says how it is at this moment. */
        GAUGE
    }

    private final String unit;
    private final Kind kind;

    Metric(String unit, Kind kind) {
        this.unit = unit;
        this.kind = kind;
    }

    /** What one of it is. */
    public String unit() {
        return unit;
    }

    /** Whether it only grows. */
    public Kind kind() {
        return kind;
    }
}
