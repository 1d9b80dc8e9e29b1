package storagelab.sortedlog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import storagelab.api.MaintenanceKind;
import storagelab.testkit.CrashTrial;

/** The power is cut after every operation on the disk, in every way that can leave a different disk. */
class SortedLogStoreCrashTest {
    private static final SortedLogOptions FOREGROUND = SortedLogOptions.defaults()
            .withMaintenance(MaintenanceKind.FOREGROUND)
            .withMemtableBytes(1500)
            .withCompactionTrigger(3);

    @Test
    @Tag("1.9")
    @DisplayName("after every crash: SYNCED batches are there, BUFFERED ones are a prefix, each whole or not at all")
    void everyCrash() {
        CrashTrial.check(new Subject(FOREGROUND));
    }

    @Test
    @Timeout(60)
    @Tag("1.10")
    @DisplayName("the same with flushes and merges in the background")
    void everyCrashWithBackgroundWork() {
        CrashTrial.check(new Subject(FOREGROUND.withMaintenance(MaintenanceKind.BACKGROUND)));
    }

    private record Subject(SortedLogOptions options) implements CrashTrial.Subject<SortedLogStore> {
        @Override
        public SortedLogStore open(Path directory) {
            return SortedLogStore.open(directory, options);
        }

        @Override
        public void verify(SortedLogStore store, Path directory) {
            assertThat("tables put aside", store.recoveryReport().quarantined(), is(empty()));
            store.verify();
        }
    }
}
