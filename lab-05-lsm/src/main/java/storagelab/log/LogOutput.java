package storagelab.log;

import java.io.Closeable;
import storagelab.api.Slice;

/**
 * Where a log is written to. What was appended is in the operating system's hands, and survives the end of this
 * process; what was synced survives a power cut.
 *
 * <p>Concurrency: one thread appends; {@code sync} may be called by another one, and covers what was appended before.
 */
public interface LogOutput extends Closeable {
    /** Bytes of the log so far. */
    long sizeBytes();

    /** Appends bytes. */
    void append(Slice bytes);

    /** Appends bytes that the next call of {@link #sync} comes for: the output may choose a way whose sync is cheaper. */
    default void appendToBeSynced(Slice bytes) {
        append(bytes);
    }

    /** Appends bytes, and returns when they are on the disk, with everything before them. */
    default void appendSynced(Slice bytes) {
        appendToBeSynced(bytes);
        sync();
    }

    /** Returns when everything that was appended is on the disk. */
    void sync();

    @Override
    void close();
}
