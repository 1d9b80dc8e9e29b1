package storagelab.grader.bench.lab06;

import java.nio.file.Path;
import java.util.List;
import storagelab.api.WriteBatch;
import storagelab.file.StatsRecorder;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.recovery.RecoveryManager;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalOptions;
import storagelab.wal.WriteAheadLog;

/** A log of records of ten operations, one of which is a deletion; and its recovery. */
final class ReplayedLog {
    static final int BATCH = 10;

    /** No segment is longer than this and a record. */
    static final long SEGMENT_BYTES = 256 << 10;

    private static final WalOptions OPTIONS = new WalOptions(SEGMENT_BYTES, SegmentAccess.CHANNEL);

    private final Path directory;
    private final long first; // account
    private final long last; // sequence

    /** A log of so many records, which is not written yet. */
    ReplayedLog(Path directory, int records, long first) {
        this.directory = directory;
        this.first = first;
        this.last = (long) records * BATCH;
    }

    /** Writes the log. The caller closes it, or leaves it as a crash does. */
    WriteAheadLog write() {
        WriteAheadLog log = WriteAheadLog.create(directory, 0, OPTIONS, new StatsRecorder());
        for (long sequence = 1; sequence <= last; sequence += BATCH) {
            log.append(sequence, List.of(batch(sequence)));
        }
        return log;
    }

    private WriteBatch batch(long sequence) {
        WriteBatch batch = new WriteBatch();
        for (long s = sequence; s < sequence + BATCH; s++) {
            if (s % BATCH == 0) {
                batch.delete(Accounts.key(first + s));
            } else {
                batch.put(Accounts.key(first + s), Accounts.value(first + s));
            }
        }
        return batch;
    }

    /** What the engine adds up that has the operations up to {@code had} before it is recovered. */
    long sum(long had) {
        long sum = 0;
        for (long sequence = 1; sequence <= last; sequence += BATCH) {
            List<WriteBatch.Operation> operations = batch(sequence).operations();
            for (int i = 0; i < BATCH; i++) {
                sum += sequence + i > had ? (sequence + i) * ReplayedEngine.number(operations.get(i)) : 0;
            }
        }
        return sum;
    }

    /** Recovers an engine that has the operations up to {@code had}. */
    ReplayedEngine recover(long had) {
        ReplayedEngine engine = new ReplayedEngine(had);
        RecoveryManager.Recovered recovered =
                RecoveryManager.recover(engine, directory, OPTIONS, new StatsRecorder(), operations -> {});
        recovered.log().close();
        if (recovered.operations() != engine.operations() || engine.lastSequence() != last) {
            throw new WrongAnswerException("recovery of a log up to sequence " + last + " applied "
                    + recovered.operations() + " operations, up to " + engine.lastSequence());
        }
        return engine;
    }

    /** The sequence of the last operation. */
    long last() {
        return last;
    }
}
