package storagelab.wal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashPoint;
import storagelab.disk.CrashReport;
import storagelab.file.StatsRecorder;
import storagelab.log.BatchRecord;
import storagelab.testkit.Seeds;
import storagelab.testkit.wal.History;

@Tag("6.5")
class WriteAheadLogCrashTest {
    /** What the program knew: the log has the first sequence appended, the second on the disk, and is needed after the third. */
    private record Known(long appended, long synced, long needed) {}

    @Test
    @DisplayName(
            "whenever the power is cut, the log has what was synced and a prefix of the rest, and goes on from there")
    void everyCrash() {
        Seeds.check(
                4, random -> assertThat(explore(random, SegmentAccess.CHANNEL).images(), is(greaterThan(500L))));
    }

    @Test
    @DisplayName("the same with zeros written ahead of the log")
    void everyCrashWithPreparedSpace() {
        Seeds.check(
                1, random -> assertThat(explore(random, SegmentAccess.PREPARED).images(), is(greaterThan(500L))));
    }

    private static CrashReport explore(Random random, SegmentAccess access) throws Exception {
        WalOptions options = new WalOptions(300 + random.nextInt(1_000), access);
        long seed = random.nextLong();
        return CrashExplorer.explore(
                CrashExplorerOptions.defaults().withSeed(random.nextLong()),
                disk -> run(disk, options, new Random(seed)),
                crash -> check(crash, options));
    }

    private static void run(CrashDisk disk, WalOptions options, Random random) {
        StatsRecorder stats = new StatsRecorder();
        WriteAheadLog log = WriteAheadLog.create(disk.root(), 0, options, stats);
        Known known = new Known(0, 0, 0);
        disk.ack(known);
        for (int step = 0; step < 90; step++) {
            int kind = random.nextInt(12);
            if (kind == 0) {
                log.sync();
                known = new Known(known.appended, known.appended, known.needed);
            } else if (kind == 1) {
                long needed = known.needed + random.nextInt((int) (known.synced - known.needed) + 1);
                known = new Known(known.appended, known.synced, needed);
                disk.ack(known);
                log.truncate(needed);
            } else if (kind == 2) {
                log.close();
                known = new Known(known.appended, known.appended, known.needed);
                log = WriteAheadLog.open(disk.root(), known.needed, options, stats, batch -> {});
            } else {
                History.append(log);
                known = new Known(log.lastSequence(), known.synced, known.needed);
            }
            disk.ack(known);
        }
        log.close();
    }

    private static void check(CrashPoint crash, WalOptions options) {
        Known known = null;
        for (Object marker : crash.acknowledged()) {
            known = (Known) marker;
        }
        if (known == null) {
            return; // the log was being created
        }
        StatsRecorder stats = new StatsRecorder();
        List<BatchRecord> replayed = new ArrayList<>();
        long last;
        try (WriteAheadLog log = WriteAheadLog.open(crash.root(), known.needed, options, stats, replayed::add)) {
            crash.recovered();
            last = log.lastSequence();
            assertThat("the last operation", last, is(Math.max(known.needed, History.assertFollows(last, replayed))));
            // the next batch has at most three operations
            assertThat(last, allOf(greaterThanOrEqualTo(known.synced), lessThanOrEqualTo(known.appended + 3)));
            History.append(log, 3);
            log.sync();
        }
        List<BatchRecord> again = History.read(crash.root(), known.needed);
        long end = History.assertFollows(known.needed, again);
        assertThat("batches after three more", again.size(), is(replayed.size() + 3));
        assertThat(end, is(greaterThan(last)));
    }
}
