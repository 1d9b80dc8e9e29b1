package storagelab.memtable;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import storagelab.api.MaintenanceKind;
import storagelab.api.Metric;
import storagelab.sortedlog.FileNames;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.testkit.CrashTrial;
import storagelab.testkit.HeldSnapshot;

/** Lab 1's crash tests on the memtable with versions, with snapshots and cursors open while the power is cut. */
@Tag("3.8")
class SnapshotLogStoreCrashTest {
    private static final SortedLogOptions FOREGROUND = SortedLogOptions.defaults()
            .withMaintenance(MaintenanceKind.FOREGROUND)
            .withMemtableBytes(3000)
            .withCompactionTrigger(2);

    @Test
    @DisplayName("whenever the power is cut, files that were kept for snapshots are gone, and no others")
    void everyCrash() {
        CrashTrial.check(new Subject(FOREGROUND));
    }

    @Test
    @Timeout(60)
    @DisplayName("the same with flushes and merges in the background")
    void everyCrashWithBackgroundWork() {
        CrashTrial.check(new Subject(FOREGROUND.withMaintenance(MaintenanceKind.BACKGROUND)));
    }

    private record Subject(SortedLogOptions options) implements CrashTrial.Subject<SnapshotLogStore> {
        @Override
        public SnapshotLogStore open(Path directory) {
            return SnapshotLogStore.open(directory, options);
        }

        @Override
        public void verify(SnapshotLogStore store, Path directory) {
            assertThat("tables put aside", store.recoveryReport().quarantined(), is(empty()));
            long files = FileNames.numbered(directory).stream()
                    .filter(FileNames::isTable)
                    .count();
            assertEquals(store.stats().get(Metric.TABLES), files, "table files after recovery");
            store.verify();
        }

        @Override
        public Optional<CrashTrial.Moment> hold(SnapshotLogStore store) {
            return Optional.of(new HeldSnapshot(store.snapshot()));
        }
    }
}
