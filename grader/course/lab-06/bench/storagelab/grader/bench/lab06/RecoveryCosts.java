package storagelab.grader.bench.lab06;

import java.util.ArrayList;
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
        List<Cost> costs = new ArrayList<>();
        costs.addAll(recover(new Recovery(log, disk, "10,000 operations", 0), logBytes + headerBytes, RECORDS));
        costs.addAll(recover(new Recovery(log, disk, "the last 15 operations", HAD), SEGMENT_BYTES + headerBytes, 2));
        return costs;
    }

    /** A recovery of an engine that has the operations up to {@code had}. */
    private record Recovery(ReplayedLog log, CrashDisk disk, String what, long had) {}

    private static List<Cost> recover(Recovery recovery, double scannedBytes, int batches) {
        DiskCounters before = recovery.disk.counters();
        ReplayedEngine engine = recovery.log.recover(recovery.had);
        DiskCounters cost = recovery.disk.counters().since(before);
        if (engine.sum() != recovery.log.sum(recovery.had)) {
            throw new WrongAnswerException("recovery of " + recovery.what + " applied others");
        }
        String of = " by a recovery of " + recovery.what;
        return List.of(
                Cost.atMost("batches applied" + of, engine.batches(), batches),
                Cost.atMost("bytes read" + of, cost.bytesRead(), scannedBytes + SEGMENT_BYTES),
                Cost.atMost("bytes written" + of, cost.bytesWritten(), SEGMENT_BYTES),
                Cost.atMost("syncs" + of, cost.syncs() + cost.directorySyncs(), 1));
    }
}
