package storagelab.lsm;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.codec.ByteWriter;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.log.LogOutput;
import storagelab.log.LogWriter;
import storagelab.manifest.LsmFileNames;

/**
 * The log of the writes that are in one memtable. Concurrency: one thread.
 */
final class WriteLog implements Closeable {
    private final long number;
    private final LogOutput output;
    private final LogWriter writer;
    private final ByteWriter record = new ByteWriter(1 << 10);

    private WriteLog(long number, LogOutput output) {
        this.number = number;
        this.output = output;
        this.writer = new LogWriter(output);
    }

    /** Creates a log. Its name is on the disk when this returns. */
    static WriteLog create(Path directory, long number, FileAccess access, StatsRecorder stats) {
        WriteLog log = new WriteLog(number, access.createLog(LsmFileNames.log(directory, number), stats));
        try {
            Directories.sync(directory, stats);
            return log;
        } catch (RuntimeException | Error e) {
            try (log) {
                throw e;
            }
        }
    }

    long number() {
        return number;
    }

    /**
     * Appends batches as one record, the first operation of which has {@code sequence}; if {@code synced}, it is on the
     * disk when this returns, with all before it.
     */
    void append(long sequence, List<WriteBatch> batches, boolean synced) {
        Slice encoded = BatchRecord.encode(sequence, batches, record);
        if (synced) {
            writer.appendSynced(encoded);
        } else {
            writer.append(encoded);
        }
    }

    void sync() {
        writer.sync();
    }

    @Override
    public void close() {
        output.close();
    }
}
