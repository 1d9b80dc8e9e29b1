package storagelab.sortedlog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.ByteMatchers.sameBytesAs;
import static storagelab.testkit.StoreMatchers.findsDamageIn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreFailedException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.DiskCounters;
import storagelab.file.StatsRecorder;
import storagelab.sortedlog.RecordLog.Replayed;

@Tag("1.3")
class RecordLogTest {
    private static final int FRAME_BYTES = RecordLogLayout.HEADER_BYTES + 5;

    private final CrashDisk disk = CrashDisk.create();
    private final Path file = disk.root().resolve("000001.log");
    private final StatsRecorder stats = new StatsRecorder();

    @Test
    @DisplayName("replay hands over every record in order, and passes over empty ones")
    void appendAndReplay() {
        try (RecordLog log = RecordLog.create(file, stats)) {
            assertThat("offset that append(first) returned, in a new log", log.append(Slice.utf8("first")), is(0L));
            assertThat("offset of the next frame, after a payload of 5 bytes", log.append(Slice.EMPTY), is(21L));
            assertThat("offset of the next frame, after an empty payload", log.append(Slice.utf8("third")), is(37L));
        }
        List<Slice> records = new ArrayList<>();
        assertThat(
                "records that replay counts of [first, an empty one, third]",
                RecordLog.replay(file, records::add).records(),
                is(2L));
        assertThat(
                "what replay handed over of [first, an empty one, third]",
                records,
                contains(Slice.utf8("first"), Slice.utf8("third")));
    }

    @Test
    @DisplayName("the bytes are those of notes/formats/record-log.md")
    void format() throws IOException {
        try (RecordLog log = RecordLog.create(file, stats)) {
            log.append(Slice.utf8("hello"));
            log.sync();
            log.append(Slice.utf8("hi"));
        }
        assertThat(
                "the file after append(hello), sync(), append(hi), close()",
                Files.readAllBytes(file),
                sameBytesAs(FormatExamples.bytes(FormatExamples.RECORD_LOG)));
    }

    @Test
    @DisplayName("an append is one write and no sync; a sync makes all of it durable")
    void cost() {
        RecordLog log = RecordLog.create(file, stats);
        DiskCounters before = disk.counters();
        log.append(Slice.utf8("hello"));
        DiskCounters append = disk.counters().since(before);
        assertThat("calls to the disk that one append writes with", append.writes(), is(1L));
        assertThat("syncs of an append", append.syncs(), is(0L));
        assertThat("durableBytes() after an append and before a sync", log.durableBytes(), is(0L));
        log.sync();
        assertThat(
                "durableBytes() after the sync: everything that was appended", log.durableBytes(), is(log.sizeBytes()));
    }

    @Test
    @DisplayName("a file cut at any byte replays up to the last whole record, without a complaint")
    void tornTail() throws IOException {
        byte[] whole = threeRecords(false);
        for (int size = 0; size < whole.length; size++) {
            Files.write(file, Arrays.copyOf(whole, size));
            long records = size / FRAME_BYTES;
            assertThat(
                    "three records of 21 bytes, the file cut at byte " + size,
                    replay(),
                    is(new Replayed(records, records * FRAME_BYTES, size % FRAME_BYTES)));
        }
    }

    @Test
    @DisplayName("a changed record that had not been synced ends replay quietly, though a good one follows")
    void tornInTheMiddle() throws IOException {
        Files.write(file, withBitFlipped(threeRecords(false), 30));
        assertThat("three records, never synced, a bit changed at byte 30", replay(), is(new Replayed(1, 21, 42)));
    }

    @Test
    @DisplayName("a changed record that a later one says was synced is damage, at its offset")
    void damage() throws IOException {
        Files.write(file, withBitFlipped(threeRecords(true), 30));
        List<Slice> records = new ArrayList<>();
        assertThat(
                "three synced records, a bit changed at byte 30",
                () -> RecordLog.replay(file, records::add),
                findsDamageIn("000001.log", 21, 21));
        assertThat("handed over before the damage", records, contains(Slice.utf8("one..")));
    }

    @Test
    @DisplayName("after a clean close every record is known to have been synced, the last one too")
    void damageAfterClose() throws IOException {
        try (RecordLog log = RecordLog.create(file, stats)) {
            log.append(Slice.utf8("only"));
        }
        Files.write(file, withBitFlipped(Files.readAllBytes(file), 17));
        assertThat(
                "one record in a closed log, a bit changed at byte 17",
                this::replay,
                findsDamageIn("000001.log", 0, 0));
    }

    @Test
    @DisplayName("a tail of zeros, as a file system leaves it when only the size arrived, is torn")
    void zeros() throws IOException {
        Files.write(file, new byte[5000]);
        assertThat("a file of 5,000 zeros", replay(), is(new Replayed(0, 0, 5000)));
    }

    @Test
    @DisplayName("after a failed sync nothing is written any more: nobody knows what the file holds")
    void failedSync() {
        RecordLog log = RecordLog.create(file, stats);
        log.append(Slice.utf8("one"));
        disk.faults().failOnce(DiskCall.SYNC, 1);
        assertThrows(StorageIoException.class, log::sync, "the sync that the disk lets fail");
        assertThrows(StoreFailedException.class, log::sync, "a second sync, which the disk would let succeed");
        assertThrows(StoreFailedException.class, () -> log.append(Slice.utf8("two")), "an append after a failed sync");
        log.close();
        assertThrows(StoreClosedException.class, () -> log.append(Slice.utf8("three")), "an append after close()");
    }

    @Test
    @DisplayName("a log on which nothing was written is closed as an empty file")
    void emptyLog() throws IOException {
        RecordLog.create(file, stats).close();
        assertThat("bytes in the file of a log that was created and closed", Files.size(file), is(0L));
        List<Slice> records = new ArrayList<>();
        RecordLog.replay(file, records::add);
        assertThat("records of an empty file", records, is(empty()));
    }

    private Replayed replay() {
        return RecordLog.replay(file, record -> {});
    }

    private byte[] threeRecords(boolean synced) throws IOException {
        RecordLog log = RecordLog.create(file, stats);
        for (String text : List.of("one..", "two..", "three")) {
            log.append(Slice.utf8(text));
            if (synced) {
                log.sync();
            }
        }
        return Files.readAllBytes(file);
    }

    private static byte[] withBitFlipped(byte[] bytes, int offset) {
        bytes[offset] ^= 1;
        return bytes;
    }
}
