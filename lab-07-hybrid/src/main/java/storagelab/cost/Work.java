package storagelab.cost;

/**
 * Work of the device and the processor, counted: what a load asks of an engine, before it is known how long each part takes on a
 * machine. Counts may be fractions, since they may be means.
 *
 * @param blockReads blocks or pages of 4 KiB that are read, each from another place
 * @param mergedBytesRead bytes that merges read, one after the other
 * @param pageWrites pages of 4 KiB that are written, each to another place
 * @param bytesWritten bytes that flushes and merges write, one after the other
 * @param syncs how often a file or a directory is forced to the device
 * @param processorMicros microseconds of the processor
 */
public record Work(
        double blockReads,
        double mergedBytesRead,
        double pageWrites,
        double bytesWritten,
        double syncs,
        double processorMicros) {
    /** The size of a page of the tree, and of a block of a table. */
    public static final int PAGE_BYTES = 4_096;

    /** Nothing. */
    public static final Work NONE = new Work(0, 0, 0, 0, 0, 0);

    /** Blocks read, and nothing else. */
    public static Work reading(double blocks) {
        return new Work(blocks, 0, 0, 0, 0, 0);
    }

    /** Microseconds of the processor, and nothing else. */
    public static Work computing(double micros) {
        return new Work(0, 0, 0, 0, 0, micros);
    }

    /** Both together. */
    public Work plus(Work other) {
        return new Work(
                blockReads + other.blockReads,
                mergedBytesRead + other.mergedBytesRead,
                pageWrites + other.pageWrites,
                bytesWritten + other.bytesWritten,
                syncs + other.syncs,
                processorMicros + other.processorMicros);
    }

    /** This, {@code factor} times. */
    public Work times(double factor) {
        return new Work(
                blockReads * factor,
                mergedBytesRead * factor,
                pageWrites * factor,
                bytesWritten * factor,
                syncs * factor,
                processorMicros * factor);
    }

    /** All bytes that are written, which is what wears a device out. */
    public double wearBytes() {
        return pageWrites * PAGE_BYTES + bytesWritten;
    }
}
