package storagelab.grader.hidden.lab06;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.StoreFailedException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.file.StatsRecorder;
import storagelab.testkit.Step;
import storagelab.testkit.wal.History;
import storagelab.wal.LogSyncer;
import storagelab.wal.SegmentAccess;
import storagelab.wal.SyncPolicy;
import storagelab.wal.SyncPolicy.Level;
import storagelab.wal.WalOptions;
import storagelab.wal.WriteAheadLog;

/** Exercise 6.2: who waits, who shares, and what the timer does. */
@Tag("6.2")
class LogSyncerHiddenTest {
    private static final Duration INTERVAL = Duration.ofMillis(70);

    private final CrashDisk disk = CrashDisk.create();
    private final HandTimer timer = new HandTimer();
    private final WriteAheadLog log =
            WriteAheadLog.create(disk.root(), 0, new WalOptions(1 << 20, SegmentAccess.CHANNEL), new StatsRecorder());

    private LogSyncer syncer(Level level) {
        Step.at("a syncer of level " + level);
        return new LogSyncer(log, new SyncPolicy(level, INTERVAL), timer);
    }

    @Test
    @DisplayName("SYNCED commits wait at every level, BUFFERED ones at EVERY_COMMIT and GROUP")
    void waits() {
        Set<Level> waiting = Set.of(Level.EVERY_COMMIT, Level.GROUP);
        for (Level level : Level.values()) {
            try (LogSyncer syncer = syncer(level)) {
                assertTrue(syncer.waits(Durability.SYNCED), level + ": a SYNCED commit does not wait for a sync");
                assertEquals(
                        waiting.contains(level),
                        syncer.waits(Durability.BUFFERED),
                        level + ": whether a BUFFERED commit waits for a sync");
            }
        }
        log.close();
    }

    @Test
    @DisplayName("a commit has a sync of its own only at EVERY_COMMIT")
    void alone() {
        for (Level level : Level.values()) {
            try (LogSyncer syncer = syncer(level)) {
                assertEquals(
                        level == Level.EVERY_COMMIT, syncer.isAlone(), level + ": whether no commits share a sync");
            }
        }
        log.close();
    }

    @Test
    @DisplayName("only INTERVAL starts a timer, one, with the interval of the policy; nothing is synced at once")
    void timers() {
        History.append(log, 2);
        long syncs = disk.counters().syncs();
        for (Level level : List.of(Level.NONE, Level.EVERY_COMMIT, Level.GROUP)) {
            try (LogSyncer syncer = syncer(level)) {
                assertEquals(0, timer.intervals().size(), "timers that " + level + " has started");
                assertTrue(syncer.waits(Durability.SYNCED), "a SYNCED commit does not wait");
            }
        }
        try (LogSyncer syncer = syncer(Level.INTERVAL)) {
            assertEquals(List.of(INTERVAL), timer.intervals(), "intervals of the timers that INTERVAL has started");
            assertTrue(syncer.waits(Durability.SYNCED), "a SYNCED commit does not wait");
        }
        assertEquals(0, disk.counters().syncs() - syncs, "syncs of syncers whose timers have not run");
        log.close();
    }

    @Test
    @DisplayName("each run of the timer syncs what was appended, and nothing if there is nothing new")
    void ticks() {
        try (LogSyncer syncer = syncer(Level.INTERVAL)) {
            assertTrue(!syncer.isAlone(), "INTERVAL gives each commit a sync of its own");
            long syncs = disk.counters().syncs();
            for (int i = 1; i <= 5; i++) {
                History.append(log, 3);
                timer.tick();
                assertEquals(log.end(), log.durable(), "durable place after the timer has run " + i + " times");
                assertEquals(i, disk.counters().syncs() - syncs, "syncs of as many runs");
            }
            timer.tick();
            timer.tick();
            assertEquals(5, disk.counters().syncs() - syncs, "syncs after two runs with nothing new");
        }
        log.close();
    }

    @Test
    @DisplayName("a sync that fails throws nothing at the timer, ends it, and is told by the next append")
    void failure() {
        try (LogSyncer syncer = syncer(Level.INTERVAL)) {
            History.append(log, 3);
            disk.faults().failOnce(DiskCall.SYNC, 1);
            Step.at("a run of the timer whose sync the disk refuses");
            timer.tick();
            assertTrue(log.hasFailed(), "the log does not know that a sync has failed");
            assertEquals(0, timer.running(), "timers that still run after a sync has failed");
            assertThrows(StoreFailedException.class, () -> History.append(log), "an append after a failed sync");
            assertTrue(syncer.waits(Durability.SYNCED), "a SYNCED commit does not wait");
        }
        log.close();
    }

    @Test
    @DisplayName("a timer of a log that was closed by someone else ends without an exception")
    void closedLog() {
        try (LogSyncer syncer = syncer(Level.INTERVAL)) {
            History.append(log, 3);
            disk.faults().failOnce(DiskCall.WRITE, 1);
            assertThrows(RuntimeException.class, () -> History.append(log), "an append that the disk refuses");
            log.close();
            Step.at("a run of the timer of a log that has failed and is closed");
            timer.tick();
            assertEquals(0, timer.running(), "timers that still run when the log is closed");
            assertTrue(!syncer.waits(Durability.BUFFERED), "a BUFFERED commit waits");
        }
    }

    @Test
    @DisplayName("close closes the timer, twice does nothing, and the log goes on unsynced")
    void close() {
        LogSyncer syncer = syncer(Level.INTERVAL);
        History.append(log, 3);
        long syncs = disk.counters().syncs();
        syncer.close();
        Step.at("close, a second time");
        syncer.close();
        assertEquals(0, timer.running(), "timers that run after close");
        assertEquals(1, timer.closes(), "how often the timer was closed by two calls of close");
        Step.at("an append after the syncer was closed");
        History.append(log, 2);
        assertEquals(0, disk.counters().syncs() - syncs, "syncs that close has made");
        LogSyncer none = syncer(Level.NONE);
        none.close();
        none.close();
        log.close();
    }

    @Test
    @DisplayName("a timer that runs its task at once finds a syncer that is ready")
    void runsAtOnce() {
        History.append(log, 3);
        disk.faults().failFrom(DiskCall.SYNC, 1);
        int[] closed = new int[1];
        Step.at("a syncer whose timer runs before the constructor has returned");
        try (LogSyncer syncer = new LogSyncer(log, SyncPolicy.every(INTERVAL), (interval, task) -> {
            task.run();
            return () -> closed[0]++;
        })) {
            assertTrue(log.hasFailed(), "the log does not know that a sync has failed");
            assertTrue(syncer.waits(Durability.SYNCED), "a SYNCED commit does not wait");
        }
        assertEquals(1, closed[0], "how often the timer was closed");
        disk.faults().clear();
        log.close();
    }
}
