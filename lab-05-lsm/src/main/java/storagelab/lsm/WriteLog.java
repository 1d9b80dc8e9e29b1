package storagelab.lsm;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import storagelab.api.WriteBatch;
import storagelab.codec.ByteWriter;
import storagelab.log.ChannelLogOutput;
import storagelab.log.LogOutput;
import storagelab.log.LogWriter;
import storagelab.manifest.LsmFileNames;
import storagelab.sortedlog.Directories;
import storagelab.sortedlog.StatsRecorder;

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
    static WriteLog create(Path directory, long number, StatsRecorder stats) {
        WriteLog log = new WriteLog(number, new ChannelLogOutput(LsmFileNames.log(directory, number), stats));
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

    /** Appends batches as one record, the first operation of which has {@code sequence}. */
    void append(long sequence, List<WriteBatch> batches) {
        writer.append(BatchRecord.encode(sequence, batches, record));
    }

    void sync() {
        writer.sync();
    }

    @Override
    public void close() {
        output.close();
    }
}
