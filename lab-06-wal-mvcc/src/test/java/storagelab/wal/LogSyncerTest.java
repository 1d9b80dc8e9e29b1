package storagelab.wal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.StoreFailedException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.file.StatsRecorder;
import storagelab.testkit.Eventually;
import storagelab.testkit.wal.History;

@Tag("6.2")
class LogSyncerTest {
    private final CrashDisk disk = CrashDisk.create();
    private final StatsRecorder stats = new StatsRecorder();
    private final WriteAheadLog log =
            WriteAheadLog.create(disk.root(), 0, WalOptions.defaults().withAccess(SegmentAccess.CHANNEL), stats);

    @Test
    @DisplayName("with an interval, what was appended gets to the disk though no commit waits for it")
    void interval() {
        try (log;
                LogSyncer syncer = new LogSyncer(log, SyncPolicy.every(Duration.ofMillis(1)))) {
            assertThat(syncer.waits(Durability.BUFFERED), is(false));
            History.append(log, 3);

            Eventually.holds(
                    "all of the log is on the disk", () -> log.durable().equals(log.end()));
        }
    }

    @Test
    @DisplayName("a SYNCED commit waits with every policy, a BUFFERED one only where the policy is durable")
    void waits() {
        try (log) {
            for (SyncPolicy.Level level : SyncPolicy.Level.values()) {
                SyncPolicy policy = new SyncPolicy(level, Duration.ofHours(1));
                try (LogSyncer syncer = new LogSyncer(log, policy)) {
                    assertThat(level + ", SYNCED", syncer.waits(Durability.SYNCED), is(true));
                    boolean isDurable = level == SyncPolicy.Level.EVERY_COMMIT || level == SyncPolicy.Level.GROUP;
                    assertThat(level + ", BUFFERED", syncer.waits(Durability.BUFFERED), is(isDurable));
                }
            }
        }
    }

    @Test
    @DisplayName("a sync in the background that fails is told by the next append")
    void failure() {
        try (log;
                LogSyncer syncer = new LogSyncer(log, SyncPolicy.every(Duration.ofMillis(1)))) {
            assertThat(syncer.isAlone(), is(false));
            disk.faults().failFrom(DiskCall.SYNC, 1);
            History.append(log);

            Eventually.holds("the log has failed", log::hasFailed);
            assertThrows(StoreFailedException.class, () -> History.append(log));
        }
    }
}
