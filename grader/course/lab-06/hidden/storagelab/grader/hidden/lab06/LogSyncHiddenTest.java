package storagelab.grader.hidden.lab06;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreFailedException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.disk.SurvivalMode;
import storagelab.file.StatsRecorder;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.wal.History;
import storagelab.wal.Lsn;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalMetrics;
import storagelab.wal.WalOptions;
import storagelab.wal.WriteAheadLog;

/** Exercise 6.1: what a sync covers, who shares it, and what it costs. */
@Tag("6.1")
class LogSyncHiddenTest {
    private final CrashDisk disk = CrashDisk.create();
    private final StatsRecorder stats = new StatsRecorder();
    private final WriteAheadLog log =
            WriteAheadLog.create(disk.root(), 0, new WalOptions(1 << 20, SegmentAccess.CHANNEL), stats);

    @Test
    @DisplayName("what was appended before a sync survives a power cut, and durable says so")
    void durable() {
        for (int i = 1; i <= 5; i++) {
            History.append(log, 3);
            log.sync();
            assertEquals(log.end(), log.durable(), "durable place after a sync of everything");
            CrashDisk cut = disk.afterCrash(SurvivalMode.NOTHING, 0);
            assertEquals(
                    3 * i, History.read(cut.root(), 0).size(), "batches after a power cut, of " + 3 * i + " synced");
        }
        log.close();
    }

    @Test
    @DisplayName("appends go on beside a sync, which does not cover them")
    void besideAppends() throws InterruptedException {
        History.append(log, 3);
        Lsn before = log.end();
        try (Crew crew = new Crew();
                Hold sync = disk.faults().hold(DiskCall.SYNC, ".wal")) {
            Thread syncer = crew.start("syncer", log::sync);
            Eventually.holds("a sync is under way", () -> sync.waiting() == 1);
            Thread writer = crew.start("writer", () -> History.append(log, 2));
            Eventually.ends("an append waits for a sync of another thread", writer);
            assertTrue(
                    log.durable().compareTo(before) < 0, "durable is " + log.durable() + " before the sync has ended");
            sync.close();
            Eventually.ends("a sync does not end", syncer);
            crew.join();
        }
        assertEquals(before, log.durable(), "durable place, where two records came while the sync was under way");
        log.sync();
        assertEquals(log.end(), log.durable(), "durable place after one more sync");
        assertEquals(2, stats.get(WalMetrics.SYNCS), "syncs that were counted");
        log.close();
    }

    @Test
    @DisplayName("threads that sync at the same time share one sync")
    void shared() throws InterruptedException {
        History.append(log, 3);
        long syncs = disk.counters().syncs();
        try (Crew crew = new Crew();
                Hold sync = disk.faults().hold(DiskCall.SYNC, ".wal")) {
            crew.start("first", log::sync);
            Eventually.holds("a sync is under way", () -> sync.waiting() == 1);
            History.append(log);
            for (int i = 0; i < 4; i++) {
                Eventually.waits(crew.start("later-" + i, () -> {
                    log.sync();
                    assertEquals(log.end(), log.durable(), "durable place when a later sync has returned");
                }));
            }
            assertEquals(1, sync.waiting(), "syncs of one log at one time");
            sync.close();
            crew.join();
        }
        assertEquals(
                2, disk.counters().syncs() - syncs, "syncs for one thread, and for four that came while it synced");
        assertEquals(2, stats.get(WalMetrics.SYNCS), "syncs that were counted");
        log.close();
    }

    @Test
    @DisplayName("with nothing to sync, nothing is synced")
    void nothingToDo() {
        long syncs = disk.counters().syncs();
        log.sync();
        assertEquals(0, disk.counters().syncs() - syncs, "syncs of a new log");
        History.append(log);
        log.sync();
        log.sync();
        log.sync();
        assertEquals(1, disk.counters().syncs() - syncs, "syncs of one record by three calls");
        assertEquals(1, stats.get(WalMetrics.SYNCS), "syncs that were counted");
        log.close();
        log.sync();
    }

    @Test
    @DisplayName("a sync that fails is thrown, is no sync, and ends the log")
    void failed() {
        History.append(log, 2);
        Lsn durable = log.durable();
        disk.faults().failOnce(DiskCall.SYNC, 1);

        StorageIoException failure =
                assertThrows(StorageIoException.class, log::sync, "a sync that the disk has refused");
        assertEquals(durable, log.durable(), "durable place after a sync that has failed");
        assertTrue(log.hasFailed(), "the log does not know that a sync has failed");
        for (int i = 0; i < 2; i++) {
            StoreFailedException again =
                    assertThrows(StoreFailedException.class, log::sync, "a sync after one that has failed");
            assertTrue(again.getCause() == failure, "a later sync does not say what has failed first");
        }
        assertThrows(StoreFailedException.class, () -> History.append(log), "an append after a sync that has failed");
        assertEquals(0, stats.get(WalMetrics.SYNCS), "syncs that were counted, where the only one has failed");
        log.close();
        assertThrows(StoreClosedException.class, log::sync, "a sync of a closed log that has something to sync");
    }
}
