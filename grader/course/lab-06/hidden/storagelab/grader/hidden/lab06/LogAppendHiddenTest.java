package storagelab.grader.hidden.lab06;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreFailedException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.DiskCounters;
import storagelab.disk.SurvivalMode;
import storagelab.file.StatsRecorder;
import storagelab.log.BatchRecord;
import storagelab.testkit.Step;
import storagelab.testkit.wal.History;
import storagelab.wal.Lsn;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalMetrics;
import storagelab.wal.WalOptions;
import storagelab.wal.WriteAheadLog;

/** Exercise 6.1: what an append writes, what it counts, and what it refuses. */
@Tag("6.1")
class LogAppendHiddenTest {
    private static final WalOptions ONE_SEGMENT = new WalOptions(1 << 20, SegmentAccess.CHANNEL);

    private final CrashDisk disk = CrashDisk.create();
    private final StatsRecorder stats = new StatsRecorder();
    private final WriteAheadLog log = WriteAheadLog.create(disk.root(), 0, ONE_SEGMENT, stats);

    private static WriteBatch put(String key, int valueBytes) {
        return new WriteBatch().put(Slice.utf8(key), Slice.wrap(new byte[valueBytes]));
    }

    @Test
    @DisplayName("a record says its kind, its place, and what was on the disk; it ends where append says")
    void records() {
        List<Lsn> ends = new ArrayList<>();
        List<Lsn> durable = new ArrayList<>();
        long sequence = 1;
        for (int i = 0; i < 30; i++) {
            durable.add(log.durable());
            Step.at("append number " + (i + 1));
            ends.add(log.append(sequence, List.of(put("key " + i, i * i * 97))));
            assertEquals(sequence, log.lastSequence(), "last sequence after append " + (i + 1));
            assertEquals(ends.get(i), log.end(), "end of the log after append " + (i + 1));
            sequence += 1 + i % 3;
            if (i % 4 == 3) {
                log.sync();
            }
        }
        List<SegmentRecord> written = SegmentRecord.of(disk.root(), 1, SegmentRecord.BATCH);
        assertEquals(30, written.size(), "batch records in the segment");
        for (int i = 0; i < 30; i++) {
            SegmentRecord record = written.get(i);
            assertEquals(Lsn.of(1, record.start()), record.place(), "the place that record " + (i + 1) + " says");
            assertEquals(durable.get(i), record.durable(), "the durable place that record " + (i + 1) + " says");
            assertEquals(Lsn.of(1, record.end()), ends.get(i), "what append " + (i + 1) + " returned");
        }
        log.close();
    }

    /** How long a value is whose record takes a number of bytes of one block. */
    private static int valueBytes(int recordBytes) {
        int rest = recordBytes - 7 - 17 - 12 - 1 - 2; // chunk, record, batch; kind and key of the operation
        return rest - (rest > 16_384 + 2 ? 3 : 2);
    }

    @Test
    @DisplayName("where a block of the log ends, a record says the place at which its first chunk begins")
    void blockBorders() {
        int index = 0;
        for (int left = 0; left <= 9; left++) {
            long offset = log.end().offset();
            long block = (offset / 32_768 + 1) * 32_768;
            log.append(log.lastSequence() + 1, List.of(put("k", valueBytes((int) (block - left - offset)))));
            assertEquals(
                    Lsn.of(1, block - left), log.end(), "end of a record that leaves " + left + " bytes of a block");
            log.append(log.lastSequence() + 1, List.of(put("after", 10)));
            List<SegmentRecord> written = SegmentRecord.of(disk.root(), 1, SegmentRecord.BATCH);
            index += 2;
            assertEquals(index, written.size(), "records, where one was to leave " + left + " bytes of a block");
            SegmentRecord last = written.get(index - 1);
            assertEquals(
                    Lsn.of(1, last.start()),
                    last.place(),
                    "the place that a record says after one that leaves " + left + " bytes of a block");
            log.append(log.lastSequence() + 1, List.of(put("far", 20_000)));
            index++;
        }
        log.close();
    }

    @Test
    @DisplayName("batches of one append are one record, with their operations one after the other")
    void severalBatches() {
        log.append(7, List.of(put("a", 3).delete(Slice.utf8("b")), new WriteBatch(), put("c", 0)));

        assertEquals(9, log.lastSequence(), "last sequence after three operations at 7");
        List<SegmentRecord> written = SegmentRecord.of(disk.root(), 1, SegmentRecord.BATCH);
        assertEquals(1, written.size(), "records of one append of three batches");
        BatchRecord batch = written.get(0).batch();
        assertEquals(7, batch.sequence(), "sequence of the record");
        assertEquals(
                put("a", 3)
                        .delete(Slice.utf8("b"))
                        .put(Slice.utf8("c"), Slice.EMPTY)
                        .toString(),
                batch.batch().toString(),
                "operations of the record");
        log.close();
    }

    @Test
    @DisplayName("a sequence that is not greater and an append without operations are refused, and change nothing")
    void refusals() throws Exception {
        log.append(5, List.of(put("a", 10).delete(Slice.utf8("b"))));
        Lsn end = log.end();
        long bytes = Files.size(SegmentRecord.file(disk.root(), 1));
        for (long sequence : new long[] {0, 5, 6}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> log.append(sequence, List.of(put("c", 1))),
                    "append at " + sequence + " of a log that has sequence 6");
        }
        assertThrows(IllegalArgumentException.class, () -> log.append(7, List.of()), "append of no batches");
        assertThrows(
                IllegalArgumentException.class,
                () -> log.append(7, List.of(new WriteBatch(), new WriteBatch())),
                "append of batches without operations");

        assertEquals(end, log.end(), "end of the log after appends that were refused");
        assertEquals(6, log.lastSequence(), "last sequence after appends that were refused");
        assertEquals(bytes, Files.size(SegmentRecord.file(disk.root(), 1)), "bytes of the segment after them");
        assertFalse(log.hasFailed(), "a refused append is taken for a failure of the log");
        log.append(7, List.of(put("c", 1)));
        log.append(70, List.of(put("d", 1)));
        assertEquals(3, History.read(disk.root(), 0).size(), "batches in the log");
        log.close();
        assertThrows(StoreClosedException.class, () -> log.append(1, List.of()), "append to a closed log");
    }

    @Test
    @DisplayName("a record costs one write and no sync, and a killed process loses nothing")
    void cost() {
        DiskCounters before = disk.counters();
        History.append(log, 40);
        DiskCounters cost = disk.counters().since(before);

        assertEquals(40, cost.writes(), "writes of 40 appends");
        assertEquals(0, cost.syncs() + cost.directorySyncs(), "syncs of 40 appends to one segment");
        CrashDisk killed = disk.afterCrash(SurvivalMode.EVERYTHING, 0);
        List<BatchRecord> left = History.read(killed.root(), 0);
        assertEquals(40, left.size(), "batches that a killed process leaves of 40");
        History.assertFollows(0, left);
        log.close();
    }

    @Test
    @DisplayName("records and their bytes are counted")
    void counters() {
        History.append(log, 25);
        List<SegmentRecord> written = SegmentRecord.of(disk.root(), 1, SegmentRecord.BATCH);
        long bytes = written.stream()
                .mapToLong(record -> 17 + record.body().length())
                .sum();

        assertEquals(25, stats.get(WalMetrics.RECORDS), "records that were counted");
        assertEquals(bytes, stats.get(WalMetrics.BYTES), "bytes of 25 records, heads and batches, that were counted");
        log.close();
    }

    @Test
    @DisplayName("when a write fails, append throws it, and from then on the log takes nothing and says why")
    void failedWrite() {
        History.append(log, 2);
        disk.faults().failOnce(DiskCall.WRITE, 1);

        StorageIoException failure = assertThrows(
                StorageIoException.class, () -> History.append(log), "an append whose write the disk has refused");
        assertTrue(log.hasFailed(), "the log does not know that an append has failed");
        StoreFailedException later = assertThrows(
                StoreFailedException.class, () -> History.append(log), "an append after one that has failed");
        assertTrue(later.getCause() == failure, "the exception of later appends does not say what has failed first");
        assertThrows(StoreFailedException.class, log::sync, "a sync after an append that has failed");
        log.close();
        History.assertFollows(0, History.read(disk.root(), 0));
    }

    @Test
    @DisplayName("a closed log takes no record, and a sync of it that has nothing to do returns")
    void closed() {
        History.append(log, 2);
        log.close();
        assertThrows(StoreClosedException.class, () -> History.append(log), "an append to a closed log");
        assertEquals(2, History.read(disk.root(), 0).size(), "batches after an append to a closed log");
    }
}
