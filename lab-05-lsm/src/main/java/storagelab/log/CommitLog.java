package storagelab.log;

import java.io.Closeable;
import java.util.List;
import storagelab.api.WriteBatch;

/**
 * Where a write path puts the batches of a group before it applies them. The store's own log is a file; without one, a log
 * outside of the store makes its writes durable, or nothing does.
 *
 * <p>Concurrency: one thread.
 */
public interface CommitLog extends Closeable {
    /** No log: what is appended is nowhere. */
    CommitLog NONE = new CommitLog() {
        @Override
        public long number() {
            return 0;
        }

        @Override
        public void append(long sequence, List<WriteBatch> batches, boolean synced) {}

        @Override
        public void sync() {}

        @Override
        public void close() {}
    };

    /** The number of its file; 0 if there is none. */
    long number();

    /**
     * Appends batches as one record, the first operation of which has {@code sequence}; if {@code synced}, it is on the
     * disk when this returns, with all before it.
     */
    void append(long sequence, List<WriteBatch> batches, boolean synced);

    /** Returns when everything that was appended is on the disk. */
    void sync();

    /** Closes the file. What was not synced is in the operating system's hands. */
    @Override
    void close();
}
