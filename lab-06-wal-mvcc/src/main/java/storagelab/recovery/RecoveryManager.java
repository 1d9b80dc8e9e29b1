package storagelab.recovery;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import storagelab.api.StorageEngine;
import storagelab.api.WriteBatch;
import storagelab.file.StatsRecorder;
import storagelab.log.BatchRecord;
import storagelab.log.CommitQueue;
import storagelab.wal.WalOptions;
import storagelab.wal.WriteAheadLog;

/**
 * Brings an engine to the end of its log: the engine opens with what it had on the disk, and every batch of the log after
 * that is applied again, in order.
 *
 * <p>Redo is enough. An engine never has a part of a batch, and never an operation that is not committed: there is nothing to
 * undo. Batches are logical, keys and values, so that they can be applied to any state with the operations before them.
 *
 * <p>It may be repeated. An engine that has more of the log when recovery is interrupted begins later the next time; one that
 * has not, begins at the same place. A batch is never applied twice to the same state, since its sequence says whether the
 * engine has it.
 *
 * <p>Example: the engine has the operations up to 120 on the disk, and the log has 1 to 150, in batches of ten. Recovery applies
 * 121 to 150. If a batch has the operations 115 to 124, it applies 121 to 124 of it.
 *
 * <p>Cost: the log from the last checkpoint on is read once; a page or a table is read where applying needs it.
 */
public final class RecoveryManager {
    private static final long PROGRESS_OPERATIONS = 1 << 16;

    private final StorageEngine engine;
    private final LongConsumer progress;
    private long operations;
    private long bytesSinceCheckpoint;

    /**
     * What recovery did.
     *
     * @param log goes on where the engine is
     * @param operations that were applied again
     * @param operationBytes their keys and values
     */
    public record Recovered(WriteAheadLog log, long operations, long operationBytes) {}

    private RecoveryManager(StorageEngine engine, LongConsumer progress) {
        this.engine = engine;
        this.progress = progress;
    }

    /**
     * Applies to {@code engine} what the log in {@code directory} has after its last operation.
     *
     * @param progress is told now and then how many operations were applied
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
        engine.apply(record.sequence() + had, had == 0 ? record.batch() : rest(all.subList(had, all.size())));
        bytesSinceCheckpoint += CommitQueue.userBytes(record.batch());
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
