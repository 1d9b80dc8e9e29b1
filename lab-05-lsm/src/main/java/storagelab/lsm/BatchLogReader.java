package storagelab.lsm;

import java.io.Closeable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.log.LogReader;

/**
 * Reads the batches of a log of writes. What is damaged, or is no batch, is passed over, and the listener is told of it; a
 * record that was not written to its end is the end of the log and no damage.
 *
 * <p>Concurrency: one thread.
 */
final class BatchLogReader implements Closeable {
    /** Is told of what cannot be read. What it throws ends the reading. */
    interface Damages {
        /** From {@code offset} on, at the latest, there is something that cannot be read, for this reason. */
        void damaged(long offset, String reason);
    }

    private final StoreFile file;
    private final LogReader records;
    private final Damages damages;

    BatchLogReader(Path log, StatsRecorder stats, Damages damages) {
        this.file = StoreFile.openForReading(log, stats);
        this.damages = damages;
        this.records = new LogReader(file, damage -> damages.damaged(damage.offset(), damage.reason()));
    }

    /** The next record that is a batch; null at the end. */
    @Nullable
    BatchRecord next() {
        for (Slice record = records.next(); record != null; record = records.next()) {
            try {
                return BatchRecord.decode(record);
            } catch (IllegalArgumentException e) {
                damages.damaged(0, "no batch: " + e.getMessage());
            }
        }
        return null;
    }

    @Override
    public void close() {
        file.close();
    }
}
