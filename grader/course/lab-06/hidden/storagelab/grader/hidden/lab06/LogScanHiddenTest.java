package storagelab.grader.hidden.lab06;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCounters;
import storagelab.file.StatsRecorder;
import storagelab.log.BatchRecord;
import storagelab.testkit.Step;
import storagelab.testkit.wal.History;
import storagelab.wal.LogScan;

/** Exercise 6.1: a scan over segments that were written byte by byte. It never gives a shorter history. */
@Tag("6.1")
class LogScanHiddenTest {
    private final CrashDisk disk = CrashDisk.create();
    private final Path root = disk.root();

    /** A segment with batches of two operations from {@code first} to {@code last}, and NEXT at its end. */
    private void segment(long number, long first, long last) {
        try (SegmentForge forge = batches(number, first, last)) {
            forge.next();
        }
    }

    private SegmentForge batches(long number, long first, long last) {
        SegmentForge forge = SegmentForge.of(root, number, first - 1, first - 1);
        for (long sequence = first; sequence < last; sequence += 2) {
            forge.synced(sequence, 2);
        }
        return forge;
    }

    /** Segments 4, 5 and 6: operations 1 to 20, 21 to 60, 61 to 80. */
    private void threeSegments() {
        segment(4, 1, 20);
        segment(5, 21, 60);
        batches(6, 61, 80).close();
    }

    private List<Long> read(long afterSequence) {
        Step.at("a scan after sequence " + afterSequence);
        return History.read(root, afterSequence).stream()
                .map(BatchRecord::sequence)
                .toList();
    }

    private CorruptionException assertCorrupt(long afterSequence, long segment, String what) {
        Step.at("a scan of a log with " + what);
        CorruptionException error =
                assertThrows(CorruptionException.class, () -> History.read(root, afterSequence), what);
        assertEquals(
                SegmentRecord.file(root, segment).toString(), error.file(), "the file that is named, with " + what);
        return error;
    }

    @Test
    @DisplayName("batches come in order over all segments, from the first that has a later operation on, whole")
    void afterASequence() {
        threeSegments();
        for (int after = 0; after <= 85; after++) {
            List<Long> found = read(after);
            long first = after / 2 * 2 + 1;
            assertEquals(Math.max(0, 40 - after / 2), found.size(), "batches with operations after " + after);
            for (int i = 0; i < found.size(); i++) {
                assertEquals(first + 2L * i, (long) found.get(i), "batch " + (i + 1) + " after sequence " + after);
            }
        }
    }

    @Test
    @DisplayName("segments before the one that is needed are not read, but for their headers")
    void readsWhatIsNeeded() throws IOException {
        segment(1, 1, 4_000);
        segment(2, 4_001, 4_010);
        batches(3, 4_011, 4_020).close();
        DiskCounters before = disk.counters();
        assertEquals(10, read(4_000).size(), "batches after sequence 4,000");
        long bytes = disk.counters().since(before).bytesRead();
        long needed = Files.size(SegmentRecord.file(root, 2)) + Files.size(SegmentRecord.file(root, 3));
        assertTrue(
                bytes < 3 * 32_768 + 3 * needed,
                "to read " + needed + " bytes of two segments, " + bytes + " bytes of three were read");
    }

    @Test
    @DisplayName("one file is open at a time, and none afterwards, also when the log is damaged")
    void files() throws IOException {
        threeSegments();
        try (LogScan scan = LogScan.open(root, 0, new StatsRecorder())) {
            while (scan.next() != null) {
                assertEquals(1, disk.openFiles(), "open files in the middle of a scan");
            }
            assertTrue(scan.next() == null, "there is a batch after the end");
        }
        assertEquals(0, disk.openFiles(), "open files after a scan");
        Files.delete(SegmentRecord.file(root, 5));
        assertCorrupt(0, 5, "segment 5 of 4 to 6 missing");
        assertEquals(0, disk.openFiles(), "open files after a segment was found missing");
    }

    @Test
    @DisplayName("a missing segment is an error: in the middle, the last one, the first one, and all of them")
    void missing() throws IOException {
        threeSegments();
        Files.delete(SegmentRecord.file(root, 5));
        CorruptionException middle = assertCorrupt(70, 5, "segment 5 of 4 to 6 missing");
        assertTrue(
                String.valueOf(middle.getMessage()).contains("no such file"),
                "the message does not say that there is no such file: " + middle.getMessage());
        segment(5, 21, 60);
        Files.delete(SegmentRecord.file(root, 6));
        assertCorrupt(60, 6, "the last of three segments missing");
        batches(6, 61, 80).close();
        Files.delete(SegmentRecord.file(root, 4));
        assertCorrupt(0, 3 + 1, "the first of three segments missing");
        assertEquals(30, read(20).size(), "batches after 20, where the segment up to 20 was truncated");
        Files.delete(SegmentRecord.file(root, 5));
        Files.delete(SegmentRecord.file(root, 6));
        Step.at("a scan of an empty directory");
        assertThrows(CorruptionException.class, () -> History.read(root, 0), "a log without segments");
    }

    @Test
    @DisplayName("a last file without a header was being created, unless the segment before says that it was there")
    void withoutHeader() throws IOException {
        segment(1, 1, 20);
        try (SegmentForge forge = batches(2, 21, 40)) {
            assertEquals(2, forge.place().segment(), "segment");
        }
        for (int bytes : new int[] {0, 10, 59}) {
            Files.write(SegmentRecord.file(root, 3), new byte[bytes]);
            assertEquals(20, read(0).size(), "batches before a last file of " + bytes + " zeros");
        }
        Files.delete(SegmentRecord.file(root, 2));
        segment(2, 21, 40);
        CorruptionException error = assertCorrupt(0, 3, "a last segment without a header, and NEXT before it");
        assertTrue(
                String.valueOf(error.getMessage()).contains("first record"),
                "the message does not say that the first record is missing: " + error.getMessage());
        Files.write(SegmentRecord.file(root, 2), new byte[0]);
        error = assertCorrupt(0, 2, "a segment in the middle without a header");
        assertTrue(
                String.valueOf(error.getMessage()).contains("first record"),
                "the file is there and has no first record, and the message is " + error.getMessage());
        Files.delete(SegmentRecord.file(root, 3));
        Files.delete(SegmentRecord.file(root, 2));
        Files.write(SegmentRecord.file(root, 1), new byte[0]);
        assertCorrupt(0, 1, "an only segment without a header");
    }

    @Test
    @DisplayName("a segment of another log is an error, wherever it is")
    void otherLog() throws IOException {
        for (int foreign = 4; foreign <= 6; foreign++) {
            threeSegments();
            Path file = SegmentRecord.file(root, foreign);
            long previous = SegmentRecord.of(root, foreign).get(0).headerField(20);
            Files.delete(file);
            try (SegmentForge other = new SegmentForge(root, foreign, 77).header(previous, previous)) {
                for (long sequence = previous + 1; sequence < previous + 20; sequence += 2) {
                    other.synced(sequence, 2);
                }
            }
            assertCorrupt(70, foreign == 4 ? 5 : foreign, "segment " + foreign + " of another log");
            for (int number = 4; number <= 6; number++) {
                Files.delete(SegmentRecord.file(root, number));
            }
        }
    }

    @Test
    @DisplayName("a segment that ends before the next one begins is an error, though its end looks torn")
    void endsTooEarly() throws IOException {
        threeSegments();
        Path file = SegmentRecord.file(root, 5);
        byte[] whole = Files.readAllBytes(file);
        List<SegmentRecord> records = SegmentRecord.of(root, 5, SegmentRecord.BATCH);
        long cut = records.get(12).end();
        Files.write(file, java.util.Arrays.copyOf(whole, (int) cut + 3));
        CorruptionException error = assertCorrupt(20, 5, "a segment that ends at 46 instead of 60");
        assertEquals(cut, error.offset(), "the place where operations are missing");
        assertEquals(10, read(60).size(), "batches after 60, where the segment up to 60 is not needed");
    }

    @Test
    @DisplayName("what follows the last operation of a segment is not read: it was torn when the next one was begun")
    void afterItsLastOperation() {
        segment(1, 1, 20);
        try (SegmentForge forge = batches(2, 21, 40)) {
            forge.synced(41, 2).synced(43, 2).next();
        }
        batches(3, 41, 60).close();
        List<Long> found = read(0);
        assertEquals(30, found.size(), "batches, where segment 2 has two more than the next one says");
        assertEquals(41L, (long) found.get(20), "the batch after sequence 40");
    }

    @Test
    @DisplayName("batches must follow each other, and end where their segment does")
    void overlaps() throws IOException {
        segment(1, 1, 20);
        try (SegmentForge forge = batches(2, 21, 30)) {
            forge.synced(30, 2);
        }
        assertCorrupt(0, 2, "a batch at 30 after operation 30");
        Files.delete(SegmentRecord.file(root, 2));
        try (SegmentForge forge = batches(2, 21, 30)) {
            forge.synced(31, 4).next();
        }
        SegmentForge.of(root, 3, 33, 33).synced(34, 1).close();
        assertCorrupt(0, 2, "a batch of 31 to 34 in a segment that ends at 33");
        Files.delete(SegmentRecord.file(root, 2));
        try (SegmentForge forge = batches(2, 21, 30)) {
            forge.synced(33, 1).next();
        }
        assertEquals(17, read(0).size(), "batches of a log whose sequences have a gap within a segment");
    }

    @Test
    @DisplayName("operations between previous and base are in no segment: the caller must have them")
    void gapBetweenSegments() throws IOException {
        segment(1, 1, 20);
        SegmentForge.of(root, 2, 20, 100).synced(101, 2).synced(103, 2).close();
        assertEquals(List.of(101L, 103L), read(100), "batches after sequence 100");
        assertEquals(List.of(103L), read(102), "batches after sequence 102");
        assertCorrupt(20, 2, "a caller that has 20 operations of a log which goes on after 100");
        assertCorrupt(0, 2, "a caller that has none");
        Files.delete(SegmentRecord.file(root, 2));
        SegmentForge.of(root, 2, 20, 100).synced(100, 2).close();
        assertCorrupt(100, 2, "a batch at 100 in a segment after 100");
    }
}
