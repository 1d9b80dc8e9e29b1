package storagelab.grader.bench.lab06;

import java.util.List;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCounters;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.wal.WriteAheadLog;

/** What recovery reads, writes, syncs and applies: of a whole log, and of its end. */
public final class RecoveryCosts implements CostProbe {
    private static final int RECORDS = 1_000;

    /** In the middle of the last record but one. */
    private static final long HAD = (RECORDS - 2L) * ReplayedLog.BATCH + ReplayedLog.BATCH / 2;

    /** A segment that has just become too long: with a record beyond its size. */
    private static final double SEGMENT_BYTES =
            ReplayedLog.SEGMENT_BYTES + Accounts.HEAD_BYTES + ReplayedLog.BATCH * Accounts.PUT_BYTES;

    /** The header of a segment is read with the block that it is in. */
    private static final double BLOCK_BYTES = 32 << 10;

    @Override
    public List<Cost> count(long seed) {
        CrashDisk disk = CrashDisk.create();
        ReplayedLog log = new ReplayedLog(disk.root(), RECORDS, seed);
        WriteAheadLog unused = log.write(); // it is not closed: a crash
        double logBytes = disk.counters().bytesWritten();
        double headerBytes = Math.ceil(logBytes / ReplayedLog.SEGMENT_BYTES) * BLOCK_BYTES;
        DiskCounters before = disk.counters();
        ReplayedEngine engine = recover(log, 0);
        DiskCounters whole = disk.counters().since(before);
        before = disk.counters();
        ReplayedEngine atEnd = recover(log, HAD);
        DiskCounters end = disk.counters().since(before);
        return List.of(
                Cost.atMost("batches applied of 1,002 records", engine.batches() + atEnd.batches(), RECORDS + 2),
                Cost.atMost("bytes read of 1,000 records", whole.bytesRead(), logBytes + headerBytes + SEGMENT_BYTES),
                Cost.atMost("syncs for 1,000 records", whole.syncs() + whole.directorySyncs(), 1),
                Cost.atMost("bytes read of the last two records", end.bytesRead(), headerBytes + 2 * SEGMENT_BYTES),
                Cost.atMost("bytes written for the last two records", end.bytesWritten(), SEGMENT_BYTES));
    }

    private static ReplayedEngine recover(ReplayedLog log, long had) {
        ReplayedEngine engine = log.recover(had);
        if (engine.sum() != log.sum(had)) {
            throw new WrongAnswerException("recovery of an engine that has sequence " + had + " applied others");
        }
        return engine;
    }
}
