package storagelab.grader.hidden.lab01;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.testkit.ByteMatchers.sameBytesAs;
import static storagelab.testkit.StoreMatchers.atMost;

import java.nio.file.Path;
import java.util.ArrayList;
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
import storagelab.disk.DiskCrashedError;
import storagelab.disk.SurvivalMode;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.grader.hidden.lab01.LogBytes.Frame;
import storagelab.sortedlog.RecordLog;
import storagelab.sortedlog.RecordLog.Replayed;
import storagelab.testkit.Seeds;

/** Exercise 1.3: the format of the record log, what it costs, and what it does when the disk refuses. */
@Tag("1.3")
class RecordLogHiddenTest {
    private final CrashDisk disk = CrashDisk.create();
    private final Path file = disk.root().resolve("000001.log");
    private final StatsRecorder stats = new StatsRecorder();

    @Test
    @DisplayName("the bytes of a log are those of the format: frames with checksum, length and durable bytes")
    void goldenBytes() {
        try (RecordLog log = RecordLog.create(file, stats)) {
            log.append(Slice.utf8("apple"));
            log.sync();
            log.append(Slice.utf8("pie"));
            assertThat(
                    "append(\"apple\"), sync(), append(\"pie\")",
                    Bytes.read(file),
                    sameBytesAs(Bytes.hex("6434cf2f 05000000 0000000000000000 6170706c65"
                            + "ad54fd6b 03000000 1500000000000000 706965")));
        }
        assertThat(
                "the same log closed: an empty frame that says what was on disk follows",
                Bytes.read(file),
                sameBytesAs(Bytes.hex("6434cf2f 05000000 0000000000000000 6170706c65"
                        + "ad54fd6b 03000000 1500000000000000 706965" + "1ed45b64 00000000 2800000000000000")));
    }

    @Test
    @DisplayName("append returns where the frame begins, and the sizes follow appends and syncs")
    void offsetsAndSizes() {
        try (RecordLog log = RecordLog.create(file, stats)) {
            assertEquals(0, log.sizeBytes(), "size of a new log");
            assertEquals(0, Bytes.read(file).length, "bytes in the file of a new log");
            assertEquals(0, log.append(Slice.utf8("hello")), "what append returns for the first frame of a log");
            assertEquals(21, log.append(Slice.EMPTY), "what append returns after a payload of 5 bytes");
            assertEquals(37, log.append(Slice.utf8("x")), "what append returns after payloads of 5 and 0 bytes");
            assertEquals(54, log.sizeBytes(), "size after payloads of 5, 0 and 1 bytes");
            assertEquals(0, log.durableBytes(), "durable bytes before the first sync");
            log.sync();
            assertEquals(54, log.durableBytes(), "durable bytes after a sync");
            log.append(Slice.utf8("y"));
            assertEquals(54, log.durableBytes(), "durable bytes after an append that was not synced");
            assertEquals(71, log.sizeBytes(), "size after payloads of 5, 0, 1 and 1 bytes");
        }
    }

    @Test
    @DisplayName("each frame says how many bytes had been synced when it was appended")
    void durableOfEachFrame() {
        Seeds.check(20, random -> {
            Path path = disk.root().resolve("random-" + random.nextLong());
            List<Long> expected = new ArrayList<>();
            List<Slice> payloads = new ArrayList<>();
            try (RecordLog log = RecordLog.create(path, stats)) {
                for (int i = 0; i < 30; i++) {
                    if (random.nextInt(3) == 0) {
                        log.sync();
                    }
                    expected.add(log.durableBytes());
                    payloads.add(Bytes.random(random, random.nextInt(100)));
                    log.append(payloads.get(i));
                }
            }
            List<Frame> frames = LogBytes.frames(Bytes.read(path));
            assertEquals(31, frames.size(), "frames after 30 appends and a close");
            for (int i = 0; i < 30; i++) {
                assertEquals(payloads.get(i), frames.get(i).payload(), "payload of frame " + i);
                assertEquals(expected.get(i).longValue(), frames.get(i).durable(), "durable bytes in frame " + i);
            }
            Frame last = frames.get(30);
            assertEquals(Slice.EMPTY, last.payload(), "payload of the frame that close appends");
            assertEquals(last.offset(), last.durable(), "durable bytes in the frame that close appends");
        });
    }

    @Test
    @DisplayName("replay hands over what was appended, in order, whatever its size and its bytes")
    void replayReturnsWhatWasAppended() {
        Seeds.check(5, random -> {
            Path path = disk.root().resolve("sizes-" + random.nextLong());
            List<Slice> payloads = new ArrayList<>();
            for (int size : new int[] {1, 2, 15, 16, 17, 495, 496, 497, 511, 512, 513, 4096, 70_000, 300_000, 3}) {
                payloads.add(Bytes.random(random, size));
            }
            payloads.add(Slice.wrap(new byte[100]));
            try (RecordLog log = RecordLog.create(path, stats)) {
                for (Slice payload : payloads) {
                    log.append(payload);
                }
                log.sync();
                assertReplays("a log that is synced and still open", path, payloads);
            }
            assertReplays("the log after it was closed", path, payloads);
        });
    }

    @Test
    @DisplayName("a log written by another program of the same format is read; empty records are passed over")
    void replayReadsTheFormat() {
        LogBytes log = new LogBytes();
        log.add(0, "one");
        log.add(0, "");
        long durable = log.size();
        log.add(durable, "two");
        log.add(durable, "");
        log.add(log.size(), "three");
        Bytes.write(file, log.toByteArray());
        List<Slice> seen = new ArrayList<>();
        Replayed replayed = RecordLog.replay(file, seen::add);
        assertEquals(
                List.of(Slice.utf8("one"), Slice.utf8("two"), Slice.utf8("three")),
                seen,
                "records handed over of [one, an empty one, two, an empty one, three]");
        assertEquals(new Replayed(3, log.size(), 0), replayed, "what replay says of three records and two empty ones");
    }

    @Test
    @DisplayName("an empty file is a log without records, and closing an empty log writes nothing")
    void emptyLog() {
        RecordLog.create(file, stats).close();
        assertEquals(0, Bytes.read(file).length, "bytes in a log that was closed without an append");
        assertEquals(new Replayed(0, 0, 0), RecordLog.replay(file, record -> {}), "replay of an empty file");
    }

    @Test
    @DisplayName("an append is one write and no sync; a sync is one sync and no write")
    void costOfAppendAndSync() {
        try (RecordLog log = RecordLog.create(file, stats)) {
            for (int i = 0; i < 10; i++) {
                DiskCounters before = disk.counters();
                log.append(Slice.utf8("payload " + i));
                DiskCounters cost = disk.counters().since(before);
                assertThat(
                        "an append of " + ("payload " + i).length() + " bytes",
                        cost.writes(),
                        atMost(1, "writes", "hand header and payload to the disk together"));
                assertEquals(0, cost.syncs(), "syncs of an append: the caller says when to sync");
                before = disk.counters();
                log.sync();
                cost = disk.counters().since(before);
                assertEquals(1, cost.syncs(), "syncs of a sync");
                assertEquals(0, cost.writes(), "writes of a sync");
            }
        }
    }

    @Test
    @DisplayName("replay reads each byte of a long log about once")
    void costOfReplay() {
        LogBytes log = new LogBytes();
        for (int i = 0; i < 20_000; i++) {
            log.add(0, "a record of some forty bytes, number " + i);
        }
        Bytes.write(file, log.toByteArray());
        DiskCounters before = disk.counters();
        assertEquals(
                20_000,
                RecordLog.replay(file, record -> {}).records(),
                "records that replay counts in a log of 20,000");
        assertThat(
                "replaying a log of " + log.size() + " bytes",
                disk.counters().since(before).bytesRead(),
                atMost(log.size() + log.size() / 4L, "bytes read", "go through the file once"));
    }

    @Test
    @DisplayName("replay reads a long log in pieces, not with one call")
    void piecesOfReplay() {
        LogBytes log = new LogBytes();
        for (int i = 0; i < 4000; i++) {
            log.add(0, Slice.wrap(new byte[4000]));
        }
        Bytes.write(file, log.toByteArray());
        DiskCounters before = disk.counters();
        RecordLog.replay(file, record -> {});
        DiskCounters cost = disk.counters().since(before);
        assertTrue(
                cost.reads() >= 4,
                "replay of a log of " + log.size() + " bytes read it with " + cost.reads()
                        + " calls: read pieces of a bounded size, not the whole file");
    }

    @Test
    @DisplayName("what was synced survives a power cut, and close leaves everything synced")
    void closeSyncs() {
        RecordLog log = RecordLog.create(file, stats);
        log.append(Slice.utf8("a"));
        log.append(Slice.utf8("b"));
        Bytes.syncDirectory(disk.root());
        log.close();
        Path rebooted = disk.afterCrash(SurvivalMode.NOTHING, 0).root();
        assertThat(
                "a closed log after a power cut that loses all that is not synced",
                Bytes.read(rebooted.resolve(file.getFileName().toString())),
                sameBytesAs(Bytes.read(file)));
        assertEquals(0, disk.openFiles(), "files still open after close");
        long syncsBefore = stats.get(FileMetrics.SYNCS);
        log.close();
        assertEquals(syncsBefore, stats.get(FileMetrics.SYNCS), "syncs after closing a second time");
        byte[] bytes = Bytes.read(file);
        Frame last = LogBytes.frames(bytes).get(2);
        assertEquals(last.offset(), last.durable(), "durable bytes in the last frame of a closed log");
    }

    @Test
    @DisplayName("bytes and syncs are counted in the statistics")
    void statistics() {
        try (RecordLog log = RecordLog.create(file, stats)) {
            log.append(Slice.utf8("hello"));
            assertEquals(21, stats.get(FileMetrics.BYTES_WRITTEN), "BYTES_WRITTEN after one frame of 21 bytes");
            assertEquals(0, stats.get(FileMetrics.SYNCS), "SYNCS before a sync");
            log.sync();
            assertEquals(1, stats.get(FileMetrics.SYNCS), "SYNCS after a sync");
        }
    }

    @Test
    @DisplayName("a closed log throws StoreClosedException")
    void useAfterClose() {
        RecordLog log = RecordLog.create(file, stats);
        log.append(Slice.utf8("a"));
        log.close();
        int size = Bytes.read(file).length;
        assertThrows(StoreClosedException.class, () -> log.append(Slice.utf8("b")), "append after close");
        assertThrows(StoreClosedException.class, log::sync, "sync after close");
        assertEquals(size, Bytes.read(file).length, "size of the file after an append was refused");
    }

    @Test
    @DisplayName("creating a log where a file is, and replaying one that is not there, throw StorageIoException")
    void createNewAndMissing() {
        Bytes.write(file, new byte[] {1, 2, 3});
        assertThrows(StorageIoException.class, () -> RecordLog.create(file, stats), "creating a log over a file");
        assertThat("the file over which a log was to be created", Bytes.read(file), sameBytesAs(new byte[] {1, 2, 3}));
        assertThrows(
                StorageIoException.class,
                () -> RecordLog.replay(disk.root().resolve("missing"), record -> {}),
                "replaying a file that does not exist");
    }

    @Test
    @DisplayName("after a failed write the log takes nothing more, and close does not pretend that all is well")
    void failedWrite() {
        RecordLog log = RecordLog.create(file, stats);
        log.append(Slice.utf8("good"));
        disk.faults().failOnce(DiskCall.WRITE, 1);
        assertThrows(StorageIoException.class, () -> log.append(Slice.utf8("bad")), "append when the write fails");
        DiskCounters before = disk.counters();
        assertThrows(StoreFailedException.class, () -> log.append(Slice.utf8("more")), "append after a failed append");
        assertThrows(StoreFailedException.class, log::sync, "sync after a failed append");
        log.close();
        assertEquals(0, disk.counters().since(before).writes(), "writes after a failed one");
        assertEquals(0, disk.counters().since(before).syncs(), "syncs after a failed write");
    }

    @Test
    @DisplayName("after a failed sync the log takes nothing more: a second sync would succeed without the data")
    void failedSync() {
        RecordLog log = RecordLog.create(file, stats);
        log.append(Slice.utf8("a"));
        disk.faults().failOnce(DiskCall.SYNC, 1);
        assertThrows(StorageIoException.class, log::sync, "sync when the disk fails it");
        assertEquals(0, log.durableBytes(), "durable bytes after a failed sync");
        DiskCounters before = disk.counters();
        assertThrows(StoreFailedException.class, log::sync, "sync after a failed sync");
        assertThrows(StoreFailedException.class, () -> log.append(Slice.utf8("b")), "append after a failed sync");
        log.close();
        assertEquals(0, disk.counters().since(before).syncs(), "syncs after a failed one");
    }

    @Test
    @DisplayName("a disk that takes and gives fewer bytes than asked for loses nothing")
    void shortTransfers() {
        disk.faults().transferShort(DiskCall.WRITE, Seeds.base());
        disk.faults().transferShort(DiskCall.READ, Seeds.base() + 1);
        List<Slice> payloads = new ArrayList<>();
        try (RecordLog log = RecordLog.create(file, stats)) {
            for (int i = 0; i < 50; i++) {
                payloads.add(Slice.utf8("payload number " + i));
                log.append(payloads.get(i));
            }
        }
        assertReplays("a log written and read in pieces", file, payloads);
    }

    @Test
    @DisplayName("an append that ends in an Error has failed like any other")
    void errorInAnAppend() {
        RecordLog log = RecordLog.create(file, stats);
        disk.faults().crashAt(DiskCall.WRITE, 1);
        assertThrows(DiskCrashedError.class, () -> log.append(Slice.utf8("a")), "append when the disk crashes");
        assertThrows(StoreFailedException.class, () -> log.append(Slice.utf8("b")), "append after an Error in append");
        assertThrows(StoreFailedException.class, log::sync, "sync after an Error in append");
        log.close();
    }

    @Test
    @DisplayName("close closes the file also when its sync fails, and a second close does nothing")
    void closeWithAFailedSync() {
        RecordLog log = RecordLog.create(file, stats);
        log.append(Slice.utf8("a"));
        disk.faults().failOnce(DiskCall.SYNC, 1);
        assertThrows(StorageIoException.class, log::close, "close when its sync fails");
        assertEquals(0, disk.openFiles(), "files still open after a close whose sync failed");
        DiskCounters before = disk.counters();
        log.close();
        assertEquals(0, disk.counters().since(before).syncs(), "syncs of a second close");
    }

    private static void assertReplays(String what, Path path, List<Slice> expected) {
        List<Slice> seen = new ArrayList<>();
        Replayed replayed = RecordLog.replay(path, seen::add);
        for (int i = 0; i < Math.min(expected.size(), seen.size()); i++) {
            assertThat(what + ": record " + i, seen.get(i), sameBytesAs(expected.get(i)));
        }
        assertEquals(expected.size(), seen.size(), what + ": records handed over");
        assertEquals(new Replayed(expected.size(), Bytes.read(path).length, 0), replayed, what);
    }
}
