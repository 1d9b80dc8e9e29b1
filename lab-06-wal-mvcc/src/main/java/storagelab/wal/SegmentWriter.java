package storagelab.wal;

import java.io.Closeable;
import storagelab.api.Slice;
import storagelab.log.LogOutput;
import storagelab.log.LogWriter;

/**
 * Appends records to the file of a segment.
 *
 * <p>Concurrency: one thread at a time appends; {@link #sync} may be called by another one meanwhile.
 */
final class SegmentWriter implements Closeable {
    private final LogOutput file;
    private final LogWriter writer;
    private boolean isSyncNext; // of the record that is being appended

    /** A writer that goes on at the end of {@code file}. */
    SegmentWriter(LogOutput file) {
        this.file = file;
        this.writer = new LogWriter(new CheaperWay());
    }

    /**
     * Appends a record.
     *
     * @param syncNext whether a sync comes next: the record then takes the way to the file that makes that sync cheap
     */
    void append(Slice record, boolean syncNext) {
        isSyncNext = syncNext;
        writer.append(record);
    }

    /** Appends a record, and returns when it and all before it are on the disk. */
    void appendSynced(Slice record) {
        writer.appendSynced(record);
    }

    /** Returns when everything that was appended before the call is on the disk. */
    void sync() {
        file.sync();
    }

    @Override
    public void close() {
        file.close();
    }

    /** The file, as the log writer sees it. */
    private final class CheaperWay implements LogOutput {
        @Override
        public long sizeBytes() {
            return file.sizeBytes();
        }

        @Override
        public void append(Slice bytes) {
            if (isSyncNext) {
                file.appendToBeSynced(bytes);
            } else {
                file.append(bytes);
            }
        }

        @Override
        public void appendSynced(Slice bytes) {
            file.appendSynced(bytes);
        }

        @Override
        public void sync() {
            file.sync();
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
