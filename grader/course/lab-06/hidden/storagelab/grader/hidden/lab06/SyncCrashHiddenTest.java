package storagelab.grader.hidden.lab06;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashPoint;
import storagelab.disk.CrashReport;
import storagelab.disk.SurvivalMode;
import storagelab.file.StatsRecorder;
import storagelab.testkit.Seeds;
import storagelab.testkit.wal.History;
import storagelab.wal.LogSyncer;
import storagelab.wal.SegmentAccess;
import storagelab.wal.SyncPolicy;
import storagelab.wal.SyncPolicy.Level;
import storagelab.wal.WalOptions;
import storagelab.wal.WriteAheadLog;

/**
 * Exercise 6.2: what a power cut may take of commits at each level, at every moment; and that a killed process loses nothing. One
 * thread commits as the syncer says; the timer runs at random moments.
 */
@Tag("6.2")
class SyncCrashHiddenTest {
    private static final int STEPS = 70;

    /** What the program knew: the last sequence that was committed, and the last that must not be lost. */
    private record Known(long committed, long kept) {}

    /** A log, and one thread that commits to it. */
    private static final class Writer implements AutoCloseable {
        private final HandTimer timer = new HandTimer();
        private final WriteAheadLog log;
        private final LogSyncer syncer;
        private final Level level;
        private Known known = new Known(0, 0);

        private Writer(CrashDisk disk, Level level, long segmentBytes) {
            this.level = level;
            this.log = WriteAheadLog.create(
                    disk.root(), 0, new WalOptions(segmentBytes, SegmentAccess.CHANNEL), new StatsRecorder());
            this.syncer = new LogSyncer(log, new SyncPolicy(level, Duration.ofSeconds(1)), timer);
        }

        /** What the policy promises, not what the syncer does. */
        private void commit(Durability durability) {
            History.append(log);
            if (syncer.waits(durability)) {
                log.sync();
            }
            boolean promised = durability == Durability.SYNCED || level == Level.EVERY_COMMIT || level == Level.GROUP;
            known = new Known(log.lastSequence(), promised ? log.lastSequence() : known.kept);
        }

        private void tick() {
            timer.tick();
            known = new Known(known.committed, level == Level.INTERVAL ? known.committed : known.kept);
        }

        @Override
        public void close() {
            syncer.close();
            log.close();
        }
    }

    private static void explore(Level level) {
        Seeds.check(2, random -> {
            long segmentBytes = 300 + random.nextInt(1_500);
            long seed = random.nextLong();
            CrashReport report = CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()),
                    disk -> run(disk, level, segmentBytes, new Random(seed)),
                    crash -> check(level, crash));
            assertTrue(report.images() > 300, "too few crashes were tried: " + report);
        });
    }

    private static void run(CrashDisk disk, Level level, long segmentBytes, Random random) {
        Writer writer = new Writer(disk, level, segmentBytes);
        disk.ack(writer.known);
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(8)) {
                case 0 -> writer.tick();
                case 1 -> writer.commit(Durability.SYNCED);
                default -> writer.commit(Durability.BUFFERED);
            }
            disk.ack(writer.known);
        }
    }

    private static void check(Level level, CrashPoint crash) {
        Known known = null;
        for (Object marker : crash.acknowledged()) {
            known = (Known) marker;
        }
        if (known == null) {
            return; // the log was being created
        }
        long last = History.assertFollows(0, History.read(crash.root(), 0));
        assertTrue(
                last >= known.kept,
                level + " promised that commits up to " + known.kept + " are kept, and the log ends at " + last);
        assertTrue(last <= known.committed + 3, "commits up to " + last + " of " + known.committed);
    }

    @Test
    @DisplayName("NONE: a power cut takes a suffix, and no SYNCED commit")
    void none() {
        explore(Level.NONE);
    }

    @Test
    @DisplayName("INTERVAL: a power cut takes at most what came after the timer's last run, and no SYNCED commit")
    void interval() {
        explore(Level.INTERVAL);
    }

    @Test
    @DisplayName("EVERY_COMMIT: a power cut takes no commit that has returned")
    void everyCommit() {
        explore(Level.EVERY_COMMIT);
    }

    @Test
    @DisplayName("GROUP: a power cut takes no commit that has returned")
    void group() {
        explore(Level.GROUP);
    }

    @Test
    @DisplayName("a killed process loses no commit that has returned, at any level")
    void killed() {
        for (Level level : Level.values()) {
            CrashDisk disk = CrashDisk.create();
            try (Writer writer = new Writer(disk, level, 700)) {
                for (int i = 1; i <= 30; i++) {
                    writer.commit(Durability.BUFFERED);
                    CrashDisk left = disk.afterCrash(SurvivalMode.EVERYTHING, 0);
                    assertEquals(
                            i,
                            History.read(left.root(), 0).size(),
                            level + ": commits that a killed process leaves of " + i);
                }
            }
        }
    }

    @Test
    @DisplayName("what a level need not keep costs no sync: 40 BUFFERED commits, and the timer runs four times")
    void cost() {
        long[] wanted = {0, 4, 40, 40};
        for (Level level : Level.values()) {
            CrashDisk disk = CrashDisk.create();
            try (Writer writer = new Writer(disk, level, 1 << 20)) {
                long before = disk.counters().syncs();
                for (int i = 1; i <= 40; i++) {
                    writer.commit(Durability.BUFFERED);
                    if (i % 10 == 0) {
                        writer.tick();
                    }
                }
                assertEquals(wanted[level.ordinal()], disk.counters().syncs() - before, level + ": syncs");
            }
        }
    }
}
