package storagelab.recovery;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import storagelab.api.StorageEngine;
import storagelab.api.WriteBatch;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;
import storagelab.file.StatsRecorder;
import storagelab.log.BatchRecord;
import storagelab.log.CommitQueue;
import storagelab.wal.WalOptions;
import storagelab.wal.WriteAheadLog;

/**
 * Brings an engine to the end of its log: the engine opens with what it had on the disk, and every operation of the log after
 * that is applied again, in order, with the sequence that it has in the log.
 *
 * <p>Redo is enough. An engine never has a part of a batch that was applied, and never an operation that is not committed: there
 * is nothing to undo. Batches are logical, keys and values, so that they can be applied to any state that has the operations
 * before them.
 *
 * <p><b>It may be repeated.</b> An engine may write by itself while it is recovered. If the power is cut then, it opens with more
 * the next time, and recovery begins later; or with the same, and recovery begins where it did. An operation is never applied to
 * a state that has it, since its sequence says whether the engine has it ({@link StorageEngine#lastSequence}).
 *
 * <p>Example: the engine has the operations up to 120, and the log has 1 to 150, in batches of ten. Recovery applies the batches
 * at 121, 131 and 141. If a record has the operations 115 to 124, it applies 121 to 124 of it, at 121.
 *
 * <p>Cost: the log from the last checkpoint on is read once, and one batch of it is in memory.
 */
@Exercise(
        id = "6.5",
        title = "Recovery",
        points = 7,
        difficulty = Difficulty.HARD,
        hours = 5,
        needs = {"6.1", "6.4"})
public final class RecoveryManager {
    /** Progress is told each time that this many more operations were applied. */
    @Given
    public static final long PROGRESS_OPERATIONS = 1 << 16;

    private final StorageEngine engine;
    private final LongConsumer progress;
    private long operations;
    private long bytesSinceCheckpoint;

    /**
     * What recovery did.
     *
     * @param log goes on where the engine is
     * @param operations how many were applied again
     * @param operationBytes the bytes of their keys and values
     */
    public record Recovered(WriteAheadLog log, long operations, long operationBytes) {}

    private RecoveryManager(StorageEngine engine, LongConsumer progress) {
        this.engine = engine;
        this.progress = progress;
    }

    /**
     * Applies to {@code engine} what the log in {@code directory} has after its last operation, and opens the log. What the engine
     * throws propagates: recovery may begin again then, with this engine or after opening it again.
     *
     * <p>Each record of the log is one call of {@link StorageEngine#apply}, which makes it visible at once: a group of commits
     * stays whole.
     *
     * @param progress is told how many operations were applied so far, each time that they pass a multiple of {@link
     *     #PROGRESS_OPERATIONS}
     * @throws storagelab.api.CorruptionException if the log is damaged, or operations are missing
     */
    public static Recovered recover(
            StorageEngine engine, Path directory, WalOptions options, StatsRecorder stats, LongConsumer progress) {
        RecoveryManager manager = new RecoveryManager(engine, progress);
        WriteAheadLog log = WriteAheadLog.open(directory, engine.lastSequence(), options, stats, manager::applyAgain);
        return new Recovered(log, manager.operations, manager.bytesSinceCheckpoint);
    }

    private void applyAgain(BatchRecord record) {
        List<WriteBatch.Operation> all = record.batch().operations();
        long last = engine.lastSequence();
        int had = (int) Math.max(0, last + 1 - record.sequence());
        WriteBatch missing = had == 0 ? record.batch() : rest(all.subList(had, all.size()));
        engine.apply(record.sequence() + had, missing);
        bytesSinceCheckpoint += CommitQueue.userBytes(missing);
        long before = operations;
        operations += all.size() - had;
        if (before / PROGRESS_OPERATIONS != operations / PROGRESS_OPERATIONS) {
            progress.accept(operations);
        }
    }

    private static WriteBatch rest(List<WriteBatch.Operation> operations) {
        WriteBatch batch = new WriteBatch();
        for (WriteBatch.Operation operation : operations) {
            if (operation instanceof WriteBatch.Put put) {
                batch.put(put.key(), put.value());
            } else {
                batch.delete(operation.key());
            }
        }
        return batch;
    }
}
