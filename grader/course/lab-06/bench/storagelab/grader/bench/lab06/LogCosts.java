package storagelab.grader.bench.lab06;

import java.util.ArrayList;
import java.util.List;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCounters;
import storagelab.file.StatsRecorder;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.log.BatchRecord;
import storagelab.wal.LogScan;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalMetrics;
import storagelab.wal.WalOptions;
import storagelab.wal.WriteAheadLog;

/** What a log writes and syncs for records and for segments, and what a scan reads. */
public final class LogCosts implements CostProbe {
    private static final int RECORDS = 4_000;
    private static final long SEGMENT_BYTES = 128 << 10;
    private static final double RECORD_BYTES = Accounts.HEAD_BYTES + Accounts.PUT_BYTES;

    /** The header of a segment is read with the block that it is in. */
    private static final double BLOCK_BYTES = 32 << 10;

    /** For a look at the end of a segment, say. */
    private static final double SLACK = 1.05;

    @Override
    public List<Cost> count(long seed) {
        List<Cost> costs = new ArrayList<>(oneSegment(seed));
        costs.addAll(segments(seed));
        return costs;
    }

    private static List<Cost> oneSegment(long seed) {
        CrashDisk disk = CrashDisk.create();
        WalOptions options = WalOptions.defaults().withAccess(SegmentAccess.CHANNEL);
        try (WriteAheadLog log = WriteAheadLog.create(disk.root(), 0, options, new StatsRecorder())) {
            DiskCounters before = disk.counters();
            append(log, seed);
            DiskCounters appended = disk.counters().since(before);
            return List.of(
                    Cost.atMost("writes a record", (double) appended.writes() / RECORDS, Accounts.BORDERS),
                    Cost.atMost(
                            "bytes written a record of 116",
                            (double) appended.bytesWritten() / RECORDS,
                            RECORD_BYTES * Accounts.BORDERS),
                    Cost.atMost("syncs of 4,000 records", appended.syncs() + appended.directorySyncs(), 0));
        }
    }

    private static List<Cost> segments(long seed) {
        CrashDisk disk = CrashDisk.create();
        StatsRecorder stats = new StatsRecorder();
        WalOptions options = new WalOptions(SEGMENT_BYTES, SegmentAccess.CHANNEL);
        try (WriteAheadLog log = WriteAheadLog.create(disk.root(), 0, options, stats)) {
            DiskCounters before = disk.counters();
            long begun = stats.get(WalMetrics.SEGMENTS_BEGUN);
            append(log, seed);
            DiskCounters appended = disk.counters().since(before);
            double segments = stats.get(WalMetrics.SEGMENTS_BEGUN) - begun;
            double headerBytes = (segments + 1) * BLOCK_BYTES;
            double logBytes = disk.counters().bytesWritten();
            return List.of(
                    Cost.atMost("syncs a segment", (appended.syncs() + appended.directorySyncs()) / segments, 4),
                    Cost.atMost("bytes read by a scan", scan(disk, 0, seed), (logBytes + headerBytes) * SLACK),
                    Cost.atMost(
                            "bytes read by a scan of the last record",
                            scan(disk, RECORDS - 1, seed),
                            (SEGMENT_BYTES + RECORD_BYTES + headerBytes) * SLACK));
        }
    }

    private static void append(WriteAheadLog log, long seed) {
        for (int i = 1; i <= RECORDS; i++) {
            log.append(i, List.of(Accounts.put(seed + i)));
        }
    }

    /** How many bytes a scan reads that finds all records after a sequence. */
    private static long scan(CrashDisk disk, long after, long seed) {
        long before = disk.counters().bytesRead();
        long last = after;
        try (LogScan scan = LogScan.open(disk.root(), after, new StatsRecorder())) {
            for (BatchRecord record = scan.next(); record != null; record = scan.next()) {
                last++;
                if (record.sequence() != last || Accounts.number(record.batch()) != seed + last) {
                    throw new WrongAnswerException(
                            "a scan gave " + record.batch() + " with sequence " + record.sequence() + " as number " + last);
                }
            }
        }
        if (last != RECORDS) {
            throw new WrongAnswerException("a scan ended after record " + last + " of " + RECORDS);
        }
        return disk.counters().bytesRead() - before;
    }
}
