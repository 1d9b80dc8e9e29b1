package storagelab.grader.hidden.lab06;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.api.StoreFailedException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashPoint;
import storagelab.disk.CrashReport;
import storagelab.disk.DiskCall;
import storagelab.disk.DiskCounters;
import storagelab.disk.DiskOperation;
import storagelab.disk.Hold;
import storagelab.file.StatsRecorder;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;
import storagelab.testkit.wal.History;
import storagelab.wal.Lsn;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalMetrics;
import storagelab.wal.WalOptions;
import storagelab.wal.WriteAheadLog;

/** Exercise 6.1: when a segment is begun, in which order, and what a power cut leaves at every moment of it. */
@Tag("6.1")
class LogSegmentsHiddenTest {
    private static final int HEADER_BYTES = 60;

    private final CrashDisk disk = CrashDisk.create();
    private final StatsRecorder stats = new StatsRecorder();

    private WriteAheadLog create(long segmentBytes) {
        return WriteAheadLog.create(disk.root(), 0, new WalOptions(segmentBytes, SegmentAccess.CHANNEL), stats);
    }

    /** A record that takes so many bytes of the segment. */
    private static Lsn append(WriteAheadLog log, int bytes) {
        int empty = 7 + 17 + 12 + 3 + 1;
        byte[] value = new byte[bytes - empty - (bytes - empty < 128 ? 0 : 1)];
        return log.append(log.lastSequence() + 1, List.of(new WriteBatch().put(Slice.utf8("k"), Slice.wrap(value))));
    }

    @Test
    @DisplayName("a segment with segmentBytes or more takes no record, and a record is never divided")
    void full() {
        WriteAheadLog log = create(300);
        assertEquals(Lsn.of(1, 200), append(log, 200 - HEADER_BYTES), "end of a record of 140 bytes");
        assertEquals(Lsn.of(1, 299), append(log, 99), "end of a record that leaves one byte of 300");
        Lsn beyond = append(log, 1_000);
        assertEquals(Lsn.of(1, 1_299), beyond, "end of a record that begins at byte 299 of segments of 300");
        assertEquals(2, append(log, 300 - HEADER_BYTES).segment(), "segment of the record after 1,299 bytes");
        assertEquals(3, append(log, 60).segment(), "segment of the record after exactly 300 bytes");
        assertEquals(3, stats.get(WalMetrics.SEGMENTS_BEGUN), "segments that were begun");
        log.close();
        assertEquals(5, History.read(disk.root(), 0).size(), "batches in the log");
    }

    @Test
    @DisplayName(
            "the old segment is synced, the next one created with header and name, then NEXT is appended to the old one")
    void order() {
        WriteAheadLog log = create(100);
        append(log, 60);
        int before = disk.operations().size();
        DiskCounters counters = disk.counters();
        append(log, 60);
        DiskCounters cost = disk.counters().since(counters);
        List<String> done = new ArrayList<>();
        for (DiskOperation operation :
                disk.operations().subList(before, disk.operations().size())) {
            done.add(operation
                    .toString()
                    .replaceAll(" \\[.*", "")
                    .replace("/", "")
                    .strip());
        }
        List<String> wanted = List.of(
                "sync 00000001.wal",
                "create 00000002.wal",
                "write 00000002.wal",
                "sync 00000002.wal",
                "sync directory",
                "write 00000001.wal",
                "sync 00000001.wal",
                "write 00000002.wal");
        assertEquals(wanted, done, "what the disk was told for the first record of segment 2");
        assertEquals(3, cost.syncs(), "syncs of files to begin a segment");
        assertEquals(1, cost.directorySyncs(), "syncs of the directory to begin a segment");
        log.close();
    }

    @Test
    @DisplayName("a segment's header has the identity and the last sequence of the log; NEXT is its last record")
    void headers() {
        WriteAheadLog log = create(200);
        List<Long> lasts = new ArrayList<>(List.of(0L));
        long segment = 1;
        while (segment < 6) {
            long last = log.lastSequence();
            long now = History.append(log).segment();
            if (now != segment) {
                lasts.add(last);
                segment = now;
            }
        }
        long identity = SegmentRecord.of(disk.root(), 1).get(0).headerField(12);
        for (int number = 1; number <= 6; number++) {
            List<SegmentRecord> records = SegmentRecord.of(disk.root(), number);
            SegmentRecord header = records.get(0);
            assertEquals(Lsn.of(number, 0), header.place(), "place of the header of segment " + number);
            assertEquals(identity, header.headerField(12), "identity of segment " + number);
            assertEquals(
                    (long) lasts.get(number - 1), header.headerField(20), "previous sequence of segment " + number);
            assertEquals((long) lasts.get(number - 1), header.headerField(28), "base sequence of segment " + number);
            SegmentRecord last = records.get(records.size() - 1);
            assertEquals(
                    number < 6 ? SegmentRecord.NEXT : SegmentRecord.BATCH,
                    last.kind(),
                    "kind of the last record of segment " + number + " of 6");
            assertEquals(Lsn.of(number, last.start()), last.place(), "place of that record");
        }
        log.close();
    }

    @Test
    @DisplayName("a segment is not closed while another thread's sync of it is under way")
    void besideASync() throws InterruptedException {
        WriteAheadLog log = create(100);
        append(log, 60);
        try (Crew crew = new Crew();
                Hold sync = disk.faults().hold(DiskCall.SYNC, ".wal")) {
            crew.start("syncer", log::sync);
            Eventually.holds("a sync is under way", () -> sync.waiting() == 1);
            Thread writer = crew.start("writer", () -> append(log, 60));
            Eventually.waits(writer);
            assertEquals(1, sync.waiting(), "syncs under way, when a segment is begun beside a sync");
            sync.close();
            crew.join();
        }
        assertEquals(2, History.read(disk.root(), 0).size(), "batches in the log");
        log.close();
    }

    @Test
    @DisplayName(
            "when the disk fails at any call while a segment is begun, append throws it, and the log takes no more")
    void failures() {
        for (DiskCall call : List.of(DiskCall.WRITE, DiskCall.SYNC, DiskCall.DIRECTORY_SYNC, DiskCall.METADATA)) {
            for (int nth = 1; nth <= 3; nth++) {
                CrashDisk failing = CrashDisk.create();
                WriteAheadLog log =
                        WriteAheadLog.create(failing.root(), 0, new WalOptions(100, SegmentAccess.CHANNEL), stats);
                append(log, 60);
                log.sync();
                failing.faults().failOnce(call, nth);
                Step.at("an append that begins a segment, where " + call + " number " + nth + " fails");
                try {
                    append(log, 60);
                    failing.faults().clear();
                } catch (StorageException e) {
                    assertTrue(log.hasFailed(), call + " " + nth + " has failed, and the log does not know");
                    assertThrows(
                            StoreFailedException.class,
                            () -> append(log, 60),
                            "an append after " + call + " " + nth + " has failed while a segment was begun");
                }
                Step.at("close after " + call + " number " + nth + " has failed");
                log.close();
                Step.at("reading after " + call + " number " + nth + " has failed");
                assertTrue(
                        History.read(failing.root(), 0).size() >= 1,
                        "a batch is gone after " + call + " " + nth + " has failed while a segment was begun");
            }
        }
    }

    @Test
    @DisplayName(
            "whenever the power is cut, the log is read without an error: what was synced, and a prefix of the rest")
    void everyCrash() {
        Seeds.check(3, random -> {
            WalOptions options = new WalOptions(200 + random.nextInt(800), SegmentAccess.CHANNEL);
            long seed = random.nextLong();
            CrashReport report = CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()),
                    crashing -> run(crashing, options, new Random(seed)),
                    LogSegmentsHiddenTest::check);
            assertTrue(report.images() > 400, "too few crashes were tried: " + report);
        });
    }

    /** What the program knew. */
    private record Known(long appended, long synced) {}

    private static void run(CrashDisk crashing, WalOptions options, Random random) {
        WriteAheadLog log = WriteAheadLog.create(crashing.root(), 0, options, new StatsRecorder());
        long synced = 0;
        crashing.ack(new Known(0, 0));
        for (int step = 0; step < 60; step++) {
            if (random.nextInt(6) == 0) {
                log.sync();
                synced = log.lastSequence();
            } else {
                History.append(log);
            }
            crashing.ack(new Known(log.lastSequence(), synced));
        }
    }

    private static void check(CrashPoint crash) {
        Known known = null;
        for (Object marker : crash.acknowledged()) {
            known = (Known) marker;
        }
        if (known == null) {
            return; // the log was being created
        }
        long last = History.assertFollows(0, History.read(crash.root(), 0));
        assertTrue(last >= known.synced, "synced up to " + known.synced + ", and the log ends at " + last);
        // An append that was under way may be there: at most three operations.
        assertTrue(last <= known.appended + 3, "appended up to " + known.appended + ", and the log has " + last);
    }
}
