package storagelab.grader.hidden.lab06;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCounters;
import storagelab.testkit.Step;
import storagelab.testkit.wal.History;
import storagelab.wal.Lsn;

/** Exercise 6.1: how a segment ends, and what is damage. Segments are written here byte by byte. */
@Tag("6.1")
class SegmentEndHiddenTest {
    private final CrashDisk disk = CrashDisk.create();
    private final Path root = disk.root();
    private final Path file = SegmentRecord.file(root, 1);

    private SegmentForge forge() {
        return SegmentForge.of(root, 1, 0, 0);
    }

    private List<Long> read() {
        return History.read(root, 0).stream().map(record -> record.sequence()).toList();
    }

    private void flip(long offset) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) offset] ^= 4;
        Files.write(file, bytes);
    }

    private void assertDamaged(long offset, String what) {
        Step.at("reading a segment with " + what);
        CorruptionException error = assertThrows(CorruptionException.class, () -> History.read(root, 0), what);
        assertEquals(file.toString(), error.file(), "the file that the exception names, with " + what);
        assertEquals(offset, error.offset(), "the place that the exception names, with " + what);
    }

    @Test
    @DisplayName("a record that a later one says was on the disk is damaged, wherever its bit is flipped")
    void damaged() throws IOException {
        Lsn place;
        Lsn after;
        try (SegmentForge forge = forge().synced(1, 1)) {
            place = forge.place();
            forge.synced(2, 2);
            after = forge.place();
            forge.batch(4, 1, after).batch(5, 1, after);
        }
        assertEquals(List.of(1L, 2L, 4L, 5L), read(), "sequences of an undamaged segment");
        for (long at = place.offset(); at < after.offset(); at += 5) {
            flip(at);
            assertDamaged(place.offset(), "a flipped bit in byte " + at + " of a record that was on the disk");
            flip(at);
        }
    }

    @Test
    @DisplayName("a record that no later one says was on the disk is a torn end, and nothing after it is returned")
    void torn() throws IOException {
        Lsn place;
        Lsn after;
        try (SegmentForge forge = forge().synced(1, 1)) {
            place = forge.place();
            forge.synced(2, 2);
            after = forge.place();
            forge.batch(4, 1, place).batch(5, 1, place).batch(6, 3, place);
        }
        for (long at = place.offset(); at < after.offset(); at += 5) {
            flip(at);
            Step.at("reading a segment with a torn record, of which byte " + at + " is wrong");
            assertEquals(List.of(1L), read(), "sequences before a record that was not on the disk");
            flip(at);
        }
        Files.delete(file);
        try (SegmentForge forge = forge().synced(1, 1)) {
            place = forge.place();
            forge.batch(2, 2_000, place).batch(2_002, 1, place).batch(2_003, 1, place);
        }
        flip(place.offset() + 30);
        Step.at("reading a segment with a torn record of several blocks");
        assertEquals(List.of(1L), read(), "sequences before a torn record, where the next ones are in another block");
    }

    @Test
    @DisplayName("it need not be the next record that says so: any later one does")
    void anyLaterRecord() throws IOException {
        Lsn place;
        try (SegmentForge forge = forge().synced(1, 1)) {
            place = forge.place();
            forge.batch(2, 1, place)
                    .batch(3, 1, place)
                    .batch(4, 1, place)
                    .synced(5, 1)
                    .batch(6, 1, place);
        }
        flip(place.offset() + 30);
        assertDamaged(place.offset(), "a damaged record, where the fourth after it says that it was on the disk");
    }

    @Test
    @DisplayName("a hole of several records is damaged if its first byte was on the disk")
    void hole() throws IOException {
        Lsn place;
        Lsn second;
        try (SegmentForge forge = forge().synced(1, 1)) {
            place = forge.place();
            forge.synced(2, 1);
            second = forge.place();
            forge.batch(3, 1, second).batch(4, 1, second);
        }
        flip(place.offset() + 30);
        flip(second.offset() + 30);
        assertDamaged(place.offset(), "two unreadable records, the first of which was on the disk");
    }

    @Test
    @DisplayName("a segment that is cut anywhere ends there, unless a record was written after it that says otherwise")
    void cut() throws IOException {
        try (SegmentForge forge = forge()) {
            for (int i = 1; i <= 4; i++) {
                forge.synced(i, 1);
            }
        }
        byte[] whole = Files.readAllBytes(file);
        List<Long> ends = SegmentRecord.of(root, 1, SegmentRecord.BATCH).stream()
                .map(SegmentRecord::end)
                .toList();
        for (int size = 60; size <= whole.length; size++) {
            Files.write(file, Arrays.copyOf(whole, size));
            int left = size;
            long records = ends.stream().filter(end -> end <= left).count();
            Step.at("reading a segment of " + whole.length + " bytes that is cut to " + size);
            assertEquals(records, read().size(), "batches of a segment that is cut to " + size + " bytes");
        }
    }

    @Test
    @DisplayName("zeros after the last record are space that was made ready, and no damage")
    void zeros() throws IOException {
        try (SegmentForge forge = forge().synced(1, 1).synced(2, 1).raw(new byte[100_000])) {
            assertEquals(1, forge.place().segment(), "segment");
        }
        DiskCounters before = disk.counters();
        assertEquals(List.of(1L, 2L), read(), "sequences before zeros");
        long bytes = disk.counters().since(before).bytesRead();
        assertTrue(
                bytes < 4 * Files.size(file),
                "a segment of " + Files.size(file) + " bytes was read with " + bytes + " bytes");
    }

    @Test
    @DisplayName("a record that says more was on the disk than its own place proves nothing")
    void contradiction() throws IOException {
        Lsn place;
        try (SegmentForge forge = forge().synced(1, 1)) {
            place = forge.place();
            forge.batch(2, 1, place).batch(3, 1, Lsn.of(1, 50_000)).batch(4, 1, Lsn.of(9, 0));
        }
        flip(place.offset() + 30);
        Step.at(
                "reading a segment with a torn record, where the records after it say that more was durable than their place");
        assertEquals(List.of(1L), read(), "sequences before a torn record, where those after it contradict themselves");
    }

    @Test
    @DisplayName("a record of another log, or one that was copied to another place, is not a record here")
    void copies() throws IOException {
        Lsn place;
        try (SegmentForge forge = forge().synced(1, 1)) {
            place = forge.place();
            forge.batch(2, 1, place).misplaced(3, 1, Lsn.of(1, 5_000)).misplaced(4, 1, Lsn.of(2, 60));
        }
        assertEquals(List.of(1L, 2L), read(), "sequences before a record that says it begins elsewhere");
        byte[] other;
        Path elsewhere = Files.createDirectory(root.resolve("other"));
        try (SegmentForge forge = new SegmentForge(elsewhere, 1, 77).header(0, 0)) {
            forge.synced(1, 1).synced(2, 1).synced(3, 1).synced(4, 1);
        }
        other = Files.readAllBytes(SegmentRecord.file(elsewhere, 1));
        Files.delete(file);
        try (SegmentForge forge = forge().synced(1, 1)) {
            place = forge.place();
            forge.batch(2, 1, place)
                    .raw(Arrays.copyOfRange(other, (int) forge.place().offset(), other.length));
        }
        assertEquals(List.of(1L, 2L), read(), "sequences before the bytes of another log, at the places it had them");
        flip(place.offset() + 30);
        assertEquals(List.of(1L), read(), "sequences before a torn record, with the bytes of another log after it");
    }

    @Test
    @DisplayName("records at the borders of blocks, and larger than blocks, are read and told apart like the others")
    void largeRecords() throws IOException {
        Lsn place;
        int size;
        try (SegmentForge forge = forge()) {
            forge.synced(1, 2_000); // about three blocks
            int sequence = 2_001;
            while (forge.place().offset() < 5 * 32_768) {
                forge.synced(sequence++, 1);
            }
            place = forge.place();
            forge.synced(sequence, 2_000);
            size = sequence;
            forge.batch(sequence + 2_000, 1, place);
        }
        assertEquals(size - 2_000 + 2, read().size(), "batches of a segment with large records");
        flip(place.offset() + 20_000);
        assertEquals(size - 2_000, read().size(), "batches before a large record that is torn");
        assertTrue(Files.size(file) > 6 * 32_768, "the segment is smaller than it should be");
    }

    @Test
    @DisplayName("a record that ends a few bytes before a block ends is followed by one in the next block")
    void endsOfBlocks() throws IOException {
        for (int left = 0; left <= 8; left++) {
            try (SegmentForge forge = forge().upTo(1, 32_768 - left)) {
                forge.synced(2, 1).synced(3, 1);
            }
            Step.at("reading a segment whose first record ends " + left + " bytes before the end of its block");
            assertEquals(
                    List.of(1L, 2L, 3L), read(), "sequences, where a record ends " + left + " bytes before a block");
            Files.delete(file);
        }
    }

    @Test
    @DisplayName("each byte of a segment is read about once, however many records there are")
    void cost() throws IOException {
        try (SegmentForge forge = forge()) {
            for (int i = 1; i <= 1_000; i++) {
                forge.synced(i, 1);
            }
        }
        DiskCounters before = disk.counters();
        assertEquals(1_000, read().size(), "batches of the segment");
        long bytes = disk.counters().since(before).bytesRead();
        long blocks = 2 * 32_768; // of opening it
        assertTrue(
                bytes <= 2 * Files.size(file) + blocks,
                "a segment of " + Files.size(file) + " bytes was read with " + bytes + " bytes");
    }

    @Test
    @DisplayName("a record with a right checksum that has no batch is damaged")
    void notABatch() {
        Lsn place;
        try (SegmentForge forge = forge().synced(1, 1)) {
            place = forge.place();
            forge.record(SegmentRecord.BATCH, place, Slice.utf8("abc"));
        }
        assertDamaged(place.offset(), "a batch of three bytes");
    }
}
