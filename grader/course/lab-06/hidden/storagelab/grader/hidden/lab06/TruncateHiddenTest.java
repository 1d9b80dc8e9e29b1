package storagelab.grader.hidden.lab06;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashPoint;
import storagelab.disk.CrashReport;
import storagelab.disk.DiskCall;
import storagelab.disk.DiskOperation;
import storagelab.disk.Hold;
import storagelab.file.StatsRecorder;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;
import storagelab.testkit.wal.History;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalMetrics;
import storagelab.wal.WalOptions;
import storagelab.wal.WriteAheadLog;

/** Exercise 6.4: which segments go, in which order, and what a power cut leaves of a log that is cut. */
@Tag("6.4")
class TruncateHiddenTest {
    private final CrashDisk disk = CrashDisk.create();
    private final StatsRecorder stats = new StatsRecorder();

    /** A log, and the last sequence of each of its segments but the last. */
    private static List<Long> fill(WriteAheadLog log, int segments) {
        List<Long> lasts = new ArrayList<>();
        long segment = 1;
        while (segment < segments) {
            long last = log.lastSequence();
            long now = History.append(log).segment();
            if (now != segment) {
                lasts.add(last);
                segment = now;
            }
        }
        return lasts;
    }

    private List<Integer> files() {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 1; number <= 100; number++) {
            if (Files.exists(SegmentRecord.file(disk.root(), number))) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private WriteAheadLog create() {
        return WriteAheadLog.create(disk.root(), 0, new WalOptions(300, SegmentAccess.CHANNEL), stats);
    }

    @Test
    @DisplayName("a segment goes when its last operation is not greater, and not before; the last one never goes")
    void boundaries() {
        WriteAheadLog log = create();
        List<Long> lasts = fill(log, 6);
        for (int i = 0; i < lasts.size(); i++) {
            long last = lasts.get(i);
            Step.at("truncate(" + (last - 1) + ")");
            log.truncate(last - 1);
            assertEquals(i + 1, (long) files().get(0), "first segment after truncate(" + (last - 1) + ")");
            log.truncate(last);
            assertEquals(i + 2, (long) files().get(0), "first segment after truncate(" + last + ")");
            History.assertFollows(last, History.read(disk.root(), last));
        }
        log.truncate(Long.MAX_VALUE);
        assertEquals(List.of(6), files(), "segments after everything was truncated");
        assertEquals(5, stats.get(WalMetrics.SEGMENTS_DELETED), "segments that were counted as deleted");
        History.append(log, 30);
        long end = log.lastSequence();
        log.close();
        assertEquals(
                end, History.assertFollows(lasts.get(4), History.read(disk.root(), lasts.get(4))), "last sequence");
    }

    @Test
    @DisplayName(
            "the oldest goes first, and each deletion is on the disk before the next; nothing to delete costs nothing")
    void order() {
        WriteAheadLog log = create();
        List<Long> lasts = fill(log, 5);
        int before = disk.operations().size();
        log.truncate(0);
        assertEquals(before, disk.operations().size(), "operations of the disk, where no segment can go");
        log.truncate(lasts.get(2));
        List<String> done = new ArrayList<>();
        for (DiskOperation operation :
                disk.operations().subList(before, disk.operations().size())) {
            done.add(operation.toString().replace("/", "").strip());
        }
        assertEquals(
                List.of(
                        "delete 00000001.wal",
                        "sync directory",
                        "delete 00000002.wal",
                        "sync directory",
                        "delete 00000003.wal",
                        "sync directory"),
                done,
                "what the disk was told to truncate three segments");
        log.close();
    }

    @Test
    @DisplayName("appends and syncs go on while a file is deleted")
    void besideAppends() throws InterruptedException {
        WriteAheadLog log = create();
        List<Long> lasts = fill(log, 4);
        try (Crew crew = new Crew();
                Hold sync = disk.faults().hold(DiskCall.SYNC, "4.wal")) {
            crew.start("syncer", log::sync);
            Eventually.holds("a sync is under way", () -> sync.waiting() == 1);
            Thread truncating = crew.start("truncating", () -> log.truncate(lasts.get(1)));
            Eventually.ends("truncate waits for a sync", truncating);
            sync.close();
            crew.join();
        }
        assertEquals(List.of(3, 4), files(), "segments");
        log.close();
    }

    @Test
    @DisplayName("truncations at the same time delete each segment once")
    void twoAtOnce() throws InterruptedException {
        WriteAheadLog log = create();
        List<Long> lasts = fill(log, 100);
        AtomicInteger arrived = new AtomicInteger();
        try (Crew crew = new Crew()) {
            crew.start(2, "truncating", () -> {
                for (int i = 0; i < lasts.size(); i++) {
                    arrived.incrementAndGet();
                    while (arrived.get() < 2 * (i + 1)) {
                        Thread.yield(); // both begin at the same moment
                    }
                    try {
                        log.truncate(lasts.get(i));
                    } catch (RuntimeException | Error e) {
                        arrived.set(2 * lasts.size()); // the other one does not wait
                        throw e;
                    }
                }
            });
            crew.join();
        }
        assertEquals(List.of(100), files(), "segments after two threads have truncated all they could");
        assertEquals(99, stats.get(WalMetrics.SEGMENTS_DELETED), "segments that were counted as deleted");
        log.close();
    }

    @Test
    @DisplayName("whenever the power is cut, what is needed is there, and no segment is missing in between")
    void everyCrash() {
        Seeds.check(2, random -> {
            WalOptions options = new WalOptions(200 + random.nextInt(400), SegmentAccess.CHANNEL);
            long seed = random.nextLong();
            CrashReport report = CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()),
                    crashing -> run(crashing, options, new Random(seed)),
                    TruncateHiddenTest::check);
            assertTrue(report.images() > 300, "too few crashes were tried: " + report);
        });
    }

    /** What the program knew. */
    private record Known(long synced, long needed) {}

    private static void run(CrashDisk crashing, WalOptions options, Random random) {
        WriteAheadLog log = WriteAheadLog.create(crashing.root(), 0, options, new StatsRecorder());
        long needed = 0;
        long synced = 0;
        crashing.ack(new Known(0, 0));
        for (int step = 0; step < 60; step++) {
            if (random.nextInt(8) == 0) {
                log.sync();
                synced = log.lastSequence();
                needed += random.nextInt((int) (synced - needed) + 1);
                crashing.ack(new Known(synced, needed));
                log.truncate(needed);
            } else {
                History.append(log);
            }
            crashing.ack(new Known(synced, needed));
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
        long last =
                Math.max(known.needed, History.assertFollows(known.needed, History.read(crash.root(), known.needed)));
        assertTrue(last >= known.synced, "synced up to " + known.synced + ", and the log ends at " + last);
    }
}
