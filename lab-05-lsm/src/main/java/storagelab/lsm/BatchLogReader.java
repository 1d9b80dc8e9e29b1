package storagelab.lsm;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.log.BatchRecord;
import storagelab.log.LogReader;
import storagelab.log.PreparedSpace;
import storagelab.log.SalvageLogReader;

/**
 * Reads the batches of a log of writes. What is damaged, or is not a batch, is passed over, and the listener is told of it; a
 * record that was not written to its end is the end of the log and not damage.
 *
 * <p>Writes have consecutive sequences. So a batch that carries exactly the next one proves that no write is missing before
 * it. Two things follow:
 *
 * <ul>
 *   <li>Zeros before such a batch are space that a writer had prepared when it was killed; another one went on at the end of
 *       the file, as LevelDB does with {@code reuse_logs}. The listener is not told.
 *   <li>Of any other damage before such a batch the listener is told that nothing is missing.
 * </ul>
 *
 * <p>Example: a log has the sequences 1 to 1,000 in its first 40,000 bytes, zeros up to 1 MiB, and then a batch. If
 * its sequence is 1,001, it follows on what is there. If it is 1,200, then 199 writes got lost: the zeros are damage.
 *
 * <p>Concurrency: one thread.
 */
final class BatchLogReader implements Closeable {
    /** The sequence that comes next, if it is not known. */
    static final long ANY = -1;

    /** Is told of what cannot be read, before the batch that follows is returned. What it throws ends the reading. */
    interface Damages {
        /** Something cannot be read. */
        void damaged(Unreadable part);
    }

    /**
     * A part of a log that cannot be read.
     *
     * @param offset where it begins, at the latest
     * @param reason what is wrong
     * @param hidesNothing whether the batch that follows it shows that no write is missing
     */
    record Unreadable(long offset, String reason, boolean hidesNothing) {}

    private final StoreFile file;
    private final Supplier<@Nullable Slice> records;
    private final boolean salvages;
    private final Damages damages;
    private final List<LogReader.Damage> found = new ArrayList<>(); // that the listener was not told of
    private long next; // the sequence that comes next, or ANY

    /** A reader of {@code log}, of which the first batch is known to have the sequence {@code first}, or {@link #ANY}. */
    BatchLogReader(Path log, StatsRecorder stats, long first, Damages damages) {
        this.file = StoreFile.openForReading(log, stats);
        this.next = first;
        this.damages = damages;
        this.records = new LogReader(file, found::add)::next;
        this.salvages = false;
    }

    private BatchLogReader(StoreFile file, Damages damages) {
        this.file = file;
        this.next = ANY;
        this.damages = damages;
        this.records = new SalvageLogReader(file, found::add)::next;
        this.salvages = true;
    }

    /**
     * A reader of all batches that {@link SalvageLogReader} finds. One with a smaller sequence than the batch before it has
     * reached is not of this log, though it may be a part of a value in it, and is passed over.
     */
    static BatchLogReader salvaging(Path log, StatsRecorder stats, Damages damages) {
        return new BatchLogReader(StoreFile.openForReading(log, stats), damages);
    }

    /** The next record that is a batch; null at the end. */
    @Nullable
    BatchRecord next() {
        for (Slice record = records.get(); record != null; record = records.get()) {
            try {
                BatchRecord batch = BatchRecord.decode(record);
                if (salvages && batch.sequence() < next) {
                    throw new IllegalArgumentException("sequence " + batch.sequence() + ", and " + next + " was due");
                }
                tell(next != ANY && batch.sequence() == next);
                next = batch.sequence() + batch.batch().operations().size();
                return batch;
            } catch (IllegalArgumentException e) {
                found.add(new LogReader.Damage(0, 0, "no batch: " + e.getMessage()));
            }
        }
        tell(false);
        return null;
    }

    private void tell(boolean isNext) {
        List<LogReader.Damage> parts = List.copyOf(found);
        found.clear();
        for (LogReader.Damage part : parts) {
            if (!isNext || !PreparedSpace.beginsAt(file, part.offset())) {
                damages.damaged(new Unreadable(part.offset(), part.reason(), isNext));
            }
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
