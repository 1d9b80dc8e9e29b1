package storagelab.grader.hidden.lab06;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCounters;
import storagelab.disk.DiskOperation;
import storagelab.disk.SurvivalMode;
import storagelab.file.StatsRecorder;
import storagelab.log.BatchRecord;
import storagelab.testkit.Step;
import storagelab.testkit.wal.History;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalOptions;
import storagelab.wal.WriteAheadLog;

/** Exercise 6.5: a log that is opened again, after a close and after a crash. */
@Tag("6.5")
class LogOpenHiddenTest {
    private static final WalOptions SMALL = new WalOptions(400, SegmentAccess.CHANNEL);

    private final CrashDisk disk = CrashDisk.create();
    private final Path root = disk.root();
    private final List<BatchRecord> replayed = new ArrayList<>();

    private WriteAheadLog create() {
        return WriteAheadLog.create(root, 0, SMALL, new StatsRecorder());
    }

    private WriteAheadLog open(Path directory, long afterSequence) {
        replayed.clear();
        Step.at("opening a log after sequence " + afterSequence);
        return WriteAheadLog.open(directory, afterSequence, SMALL, new StatsRecorder(), replayed::add);
    }

    @Test
    @DisplayName("replay is given the batches with later operations, in order, and the log goes on in a new segment")
    void replays() {
        long end;
        try (WriteAheadLog log = create()) {
            History.append(log, 50);
            end = log.lastSequence();
        }
        for (long after = 0; after <= end; after += 3) {
            try (WriteAheadLog log = open(root, after)) {
                assertEquals(end, log.lastSequence(), "last sequence of the log, opened after " + after);
                assertEquals(log.end(), log.durable(), "durable place of a log that was just opened");
                long last = History.assertFollows(after, replayed);
                assertEquals(end, Math.max(after, last), "last sequence that was handed over");
                assertTrue(
                        replayed.isEmpty() || replayed.get(0).sequence() <= after + 1,
                        "the first batch that was handed over after " + after + " is at "
                                + (replayed.isEmpty() ? 0 : replayed.get(0).sequence()));
            }
        }
        try (WriteAheadLog log = open(root, end)) {
            assertEquals(0, replayed.size(), "batches that were handed over to an engine that has everything");
            long segment = log.end().segment();
            assertEquals(segment + 1, History.append(log).segment(), "segment of the first record after opening");
        }
        History.assertFollows(0, History.read(root, 0));
        assertEquals(51, History.read(root, 0).size(), "batches of the log");
    }

    @Test
    @DisplayName("opening a log that was closed, and closing it, changes nothing on the disk, however often")
    void changesNothing() {
        try (WriteAheadLog log = create()) {
            History.append(log, 20);
        }
        int before = disk.operations().size();
        for (int i = 0; i < 10; i++) {
            open(root, 5).close();
        }
        List<String> done = disk.operations().subList(before, disk.operations().size()).stream()
                .map(DiskOperation::toString)
                .filter(operation -> !operation.startsWith("sync"))
                .toList();
        assertEquals(List.of(), done, "changes of the disk by opening and closing ten times");
        DiskCounters counters = disk.counters();
        open(root, 5).close();
        assertEquals(0, disk.counters().since(counters).syncs(), "syncs to open a log that was closed");
        assertEquals(0, disk.openFiles(), "open files");
    }

    @Test
    @DisplayName("after a kill, everything that was handed over is on the disk when open returns")
    void makesDurable() {
        WriteAheadLog killed = create();
        History.append(killed, 30);
        CrashDisk left = disk.afterCrash(SurvivalMode.EVERYTHING, 0);
        // What a killed process leaves is with the operating system, and not on the disk.
        replayed.clear();
        StatsRecorder stats = new StatsRecorder();
        try (WriteAheadLog log = WriteAheadLog.open(disk.root(), 0, SMALL, stats, replayed::add)) {
            assertEquals(30, replayed.size(), "batches that were handed over");
            CrashDisk cut = disk.afterCrash(SurvivalMode.NOTHING, 0);
            assertEquals(
                    30,
                    History.read(cut.root(), 0).size(),
                    "batches after a power cut, of 30 that were handed over when the log was opened");
            assertEquals(killed.lastSequence(), log.lastSequence(), "last sequence");
        }
        try (WriteAheadLog log = open(left.root(), 0)) {
            assertEquals(log.end(), log.durable(), "durable place");
        }
    }

    @Test
    @DisplayName("a torn end is cut off, so that nothing of it is ever read again")
    void cutsTheTornEnd() throws IOException {
        WriteAheadLog killed = create();
        History.append(killed, 3);
        killed.sync();
        Path file = SegmentRecord.file(root, killed.end().segment());
        long size = Files.size(file);
        byte[] torn = new byte[100];
        java.util.Arrays.fill(torn, (byte) 7);
        Files.write(file, torn, StandardOpenOption.APPEND);
        try (WriteAheadLog log = open(root, 0)) {
            assertEquals(3, replayed.size(), "batches before a torn end");
            assertEquals(size, Files.size(file), "bytes of the segment, whose torn end was cut off");
            History.append(log, 5);
        }
        assertEquals(8, History.read(root, 0).size(), "batches of the log");
        CrashDisk cut = disk.afterCrash(SurvivalMode.NOTHING, 0);
        assertEquals(8, History.read(cut.root(), 0).size(), "batches of the log after a power cut");
    }

    @Test
    @DisplayName("a segment that was being created is deleted, durably")
    void deletesTheUnfinished() throws IOException {
        WriteAheadLog killed = create();
        History.append(killed, 3);
        killed.sync();
        long last = killed.end().segment();
        Path unfinished = SegmentRecord.file(root, last + 1);
        Files.write(unfinished, new byte[20]);
        disk.syncAll();
        try (WriteAheadLog log = open(root, 0)) {
            assertTrue(!Files.exists(unfinished), "the segment that was being created is still there");
            CrashDisk cut = disk.afterCrash(SurvivalMode.NOTHING, 0);
            assertTrue(
                    !Files.exists(SegmentRecord.file(cut.root(), last + 1)),
                    "after a power cut, the segment that was being created is there again");
            assertEquals(last + 1, History.append(log).segment(), "segment of the next record");
        }
        assertEquals(4, History.read(root, 0).size(), "batches of the log");
    }

    @Test
    @DisplayName("what replay throws propagates; the disk is as it was, no file is open, and opening works again")
    void replayFails() throws IOException {
        WriteAheadLog killed = create();
        History.append(killed, 20);
        Path file = SegmentRecord.file(root, killed.end().segment());
        Files.write(file, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, StandardOpenOption.APPEND);
        long size = Files.size(file);
        int open = disk.openFiles();
        int operations = disk.operations().size();
        IllegalStateException failure = new IllegalStateException("the engine is full");
        IllegalStateException thrown = assertThrows(
                IllegalStateException.class,
                () -> WriteAheadLog.open(root, 0, SMALL, new StatsRecorder(), batch -> {
                    if (batch.sequence() > 10) {
                        throw failure;
                    }
                }),
                "opening a log whose replay throws");
        assertTrue(thrown == failure, "open throws something else than replay did");
        assertEquals(open, disk.openFiles(), "open files after replay has failed");
        assertEquals(operations, disk.operations().size(), "operations of the disk before replay has failed");
        assertEquals(size, Files.size(file), "bytes of the last segment");
        open(root, 0).close();
        assertEquals(20, replayed.size(), "batches that were handed over the second time");
    }

    @Test
    @DisplayName("a damaged log is an error, and nothing on the disk has changed")
    void damaged() throws IOException {
        try (WriteAheadLog log = create()) {
            History.append(log, 50);
        }
        Path file = SegmentRecord.file(root, 3);
        byte[] bytes = Files.readAllBytes(file);
        bytes[70] ^= 4;
        Files.write(file, bytes);
        int operations = disk.operations().size();
        assertThrows(CorruptionException.class, () -> open(root, 0), "opening a log with a flipped bit in its middle");
        assertEquals(operations, disk.operations().size(), "operations of the disk");
        assertEquals(0, disk.openFiles(), "open files");
    }

    @Test
    @DisplayName(
            "an engine that has more than its log goes on after its own last sequence, and the next segment says so")
    void engineAhead() {
        long had;
        try (WriteAheadLog log = create()) {
            History.append(log, 5);
            had = log.lastSequence();
        }
        long segment;
        try (WriteAheadLog log = open(root, had + 100)) {
            assertEquals(0, replayed.size(), "batches that were handed over");
            assertEquals(had + 100, log.lastSequence(), "last sequence of a log whose engine has more");
            segment = History.append(log).segment();
        }
        SegmentRecord header = SegmentRecord.of(root, segment).get(0);
        assertEquals(had, header.headerField(20), "previous sequence of the next segment");
        assertEquals(had + 100, header.headerField(28), "base sequence of the next segment");
        assertEquals(1, History.read(root, had + 100).size(), "batches after the engine's sequence");
    }

    @Test
    @DisplayName("a log that was truncated, crashed and opened several times goes on, and is truncated further")
    void goesOnAndOn() {
        WriteAheadLog log = create();
        History.append(log, 20);
        for (int i = 0; i < 6; i++) {
            log.sync();
            CrashDisk next = disk.afterCrash(SurvivalMode.EVERYTHING, i);
            assertTrue(next.counters().writes() == 0, "a new disk has counted writes");
            log = open(root, log.lastSequence() / 2);
            History.append(log, 20);
        }
        long end = log.lastSequence();
        log.close();
        assertEquals(end, History.assertFollows(0, History.read(root, 0)), "last sequence");
        assertEquals(140, History.read(root, 0).size(), "batches of the log");
    }
}
