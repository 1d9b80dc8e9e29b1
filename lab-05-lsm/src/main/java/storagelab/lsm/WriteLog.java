package storagelab.lsm;

import java.nio.file.Path;
import java.util.List;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.codec.ByteWriter;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.log.BatchRecord;
import storagelab.log.CommitLog;
import storagelab.log.LogOutput;
import storagelab.log.LogWriter;
import storagelab.manifest.LsmFileNames;

/**
 * The log of the writes that are in one memtable: a file. Concurrency: one thread.
 */
final class WriteLog implements CommitLog {
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

    @Override
    public long number() {
        return number;
    }

    @Override
    public void append(long sequence, List<WriteBatch> batches, boolean synced) {
        Slice encoded = BatchRecord.encode(sequence, batches, record);
        if (synced) {
            writer.appendSynced(encoded);
        } else {
            writer.append(encoded);
        }
    }

    @Override
    public void sync() {
        writer.sync();
    }

    @Override
    public void close() {
        output.close();
    }
}
