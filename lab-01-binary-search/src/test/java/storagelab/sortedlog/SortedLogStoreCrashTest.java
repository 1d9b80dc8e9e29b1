package storagelab.sortedlog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static storagelab.testkit.StoreMatchers.holds;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashPoint;
import storagelab.disk.CrashReport;
import storagelab.testkit.Seeds;

/** The power is cut after every operation on the disk, in every way that can leave a different disk. */
class SortedLogStoreCrashTest {
    private static final int ROUNDS = 3;
    private static final int BATCHES = 60;
    private static final int BATCHES_IN_SESSION = 7;

    private static final SortedLogOptions FOREGROUND = SortedLogOptions.defaults()
            .withMaintenance(MaintenanceKind.FOREGROUND)
            .withMemtableBytes(1500)
            .withCompactionTrigger(3);

    /** A batch that was acknowledged. */
    private record Written(int serial, Durability durability) {}

    @Test
    @Tag("1.9")
    @DisplayName("after every crash: SYNCED batches are there, BUFFERED ones are a prefix, each whole or not at all")
    void everyCrash() {
        explore(FOREGROUND);
    }

    @Test
    @Timeout(60)
    @Tag("1.10")
    @DisplayName("the same with flushes and merges in the background")
    void everyCrashWithBackgroundWork() {
        explore(FOREGROUND.withMaintenance(MaintenanceKind.BACKGROUND));
    }

    private static void explore(SortedLogOptions options) {
        Seeds.check(ROUNDS, random -> {
            StoreScript script = new StoreScript(BATCHES, random);
            CrashReport report = CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()),
                    disk -> run(script, disk, options),
                    crash -> check(script, crash, options));
            assertThat("crashes tried", report.images(), is(greaterThan(500L)));
        });
    }

    /** Writes the script in several sessions, so that a memtable comes to have several logs. */
    private static void run(StoreScript script, CrashDisk disk, SortedLogOptions options) {
        for (int serial = 1; serial <= script.size(); ) {
            try (SortedLogStore store = SortedLogStore.open(disk.root(), options)) {
                for (int left = BATCHES_IN_SESSION; left > 0 && serial <= script.size(); left--, serial++) {
                    script.write(store, serial);
                    disk.ack(new Written(serial, script.durability(serial)));
                }
            }
        }
    }

    private static void check(StoreScript script, CrashPoint crash, SortedLogOptions options) {
        int acknowledged = 0;
        int synced = 0;
        for (Object marker : crash.acknowledged()) {
            if (marker instanceof Written written) {
                acknowledged = written.serial;
                synced = written.durability == Durability.SYNCED ? written.serial : synced;
            }
        }
        int last;
        try (SortedLogStore store = SortedLogStore.open(crash.root(), options)) {
            crash.recovered();
            last = StoreScript.lastSerial(store);
            String promise = "the last batch there is (acknowledged: " + acknowledged + ", synced: " + synced + ")";
            assertThat(promise, last, allOf(greaterThanOrEqualTo(synced), lessThanOrEqualTo(acknowledged + 1)));
            script.assertHolds(store, last, "after the crash");
            assertThat("tables put aside", store.recoveryReport().quarantined(), is(empty()));
            store.verify();
            store.write(new WriteBatch().put(Slice.utf8("after"), Slice.utf8("1")), Durability.SYNCED);
        }
        try (SortedLogStore store = SortedLogStore.open(crash.root(), options)) {
            assertThat("a write after recovery", store, holds("after", "1"));
            script.assertHolds(store, last, "when opened once more");
        }
    }
}
