package storagelab.sortedlog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.StoreMatchers.holds;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Durability;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.api.StoreFailedException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashDiskOptions;
import storagelab.disk.DiskCall;
import storagelab.disk.SurvivalMode;
import storagelab.testkit.Seeds;
import storagelab.testkit.StoreScript;

/** The disk fails once, at every call in turn; afterwards nothing that was promised may be missing. */
class SortedLogStoreFaultTest {
    private static final int BATCHES = 30;
    private static final Slice AFTER = Slice.utf8("after");

    private static final SortedLogOptions FOREGROUND = SortedLogOptions.defaults()
            .withMaintenance(MaintenanceKind.FOREGROUND)
            .withMemtableBytes(1500)
            .withCompactionTrigger(3);
    private static final SortedLogOptions BACKGROUND = FOREGROUND.withMaintenance(MaintenanceKind.BACKGROUND);

    /** How far a run got. */
    private static final class Progress {
        final String fault;
        int acknowledged;
        int synced;
        boolean failed;

        /** Nothing is written yet. */
        Progress(String fault) {
            this.fault = fault;
        }

        String story() {
            return failed ? fault : "a run in which nothing failed";
        }
    }

    @ParameterizedTest
    @Tag("1.9")
    @EnumSource(
            value = DiskCall.class,
            names = {"WRITE", "SYNC", "DIRECTORY_SYNC", "METADATA"})
    @DisplayName("a call to the disk fails: gets go on, no more writes, and after reopening every promise is kept")
    void oneFailure(DiskCall call) {
        failEveryCall(call, FOREGROUND);
    }

    @ParameterizedTest
    @Tag("1.10")
    @EnumSource(
            value = DiskCall.class,
            names = {"WRITE", "SYNC", "DIRECTORY_SYNC", "METADATA"})
    @DisplayName("the same with work in the background")
    void oneFailureWithBackgroundWork(DiskCall call) {
        failEveryCall(call, BACKGROUND);
    }

    @Test
    @Tag("1.9")
    @DisplayName("the disk fills up: gets go on, and the store can be opened and read on the full disk")
    void fullDisk() {
        Seeds.check(3, random -> {
            StoreScript script = new StoreScript(200, random);
            long capacityBytes = 20_000;
            CrashDisk disk = diskOf(capacityBytes);
            Progress progress = run(script, disk, FOREGROUND, new Progress("the disk filling up"));
            while (!progress.failed) { // a script that found room: the next disk is half as large
                capacityBytes /= 2;
                disk = diskOf(capacityBytes);
                progress = run(script, disk, FOREGROUND, new Progress("the disk filling up"));
            }
            try (SortedLogStore store = SortedLogStore.open(disk.root(), FOREGROUND)) {
                checkRecovered(script, store, progress, "reopening");
                store.verify();
            }
        });
    }

    private static CrashDisk diskOf(long capacityBytes) {
        return CrashDisk.create(CrashDiskOptions.defaults().withCapacityBytes(capacityBytes));
    }

    private static void failEveryCall(DiskCall call, SortedLogOptions options) {
        Seeds.check(1, random -> {
            StoreScript script = new StoreScript(BATCHES, random);
            int nth = 0;
            boolean struck;
            do {
                nth++;
                CrashDisk disk = CrashDisk.create();
                disk.faults().failOnce(call, nth);
                Progress progress = run(script, disk, options, new Progress("a failure of " + call + " number " + nth));
                struck = progress.failed;
                disk.faults().clear();
                checkAfterCrash(script, disk, progress, random);
                checkReopenedAndThenCrashed(script, disk, progress);
            } while (struck);
            assertThat("failures tried", nth, is(greaterThan(5)));
        });
    }

    /** Runs the script until it ends or the disk fails. */
    private static Progress run(StoreScript script, CrashDisk disk, SortedLogOptions options, Progress progress) {
        try (SortedLogStore store = SortedLogStore.open(disk.root(), options)) {
            try {
                while (progress.acknowledged < script.size()) {
                    int serial = progress.acknowledged + 1;
                    script.write(store, serial);
                    progress.acknowledged = serial;
                    progress.synced = script.durability(serial) == Durability.SYNCED ? serial : progress.synced;
                }
            } catch (StorageException e) {
                progress.failed = true;
                script.assertHolds(store, progress.acknowledged, "after " + progress.story());
                assertThrows(StoreFailedException.class, () -> script.write(store, 1), "a write after a failure");
            }
        } catch (StorageException e) { // while opening, while closing, or in the background without a later write
            progress.failed = true;
        }
        if (!progress.failed) {
            progress.synced = progress.acknowledged; // by close
        }
        return progress;
    }

    /** The power goes right after the failure. */
    private static void checkAfterCrash(StoreScript script, CrashDisk disk, Progress progress, Random random) {
        for (SurvivalMode mode : SurvivalMode.values()) {
            CrashDisk survivor = disk.afterCrash(mode, random.nextLong());
            try (SortedLogStore store = SortedLogStore.open(survivor.root(), FOREGROUND)) {
                checkRecovered(script, store, progress, "a crash that left " + mode);
                store.verify();
            }
        }
    }

    /** The store is reopened on the machine as it is, goes on, and then the power goes. */
    private static void checkReopenedAndThenCrashed(StoreScript script, CrashDisk disk, Progress progress) {
        int last;
        try (SortedLogStore store = SortedLogStore.open(disk.root(), FOREGROUND)) {
            last = checkRecovered(script, store, progress, "reopening");
            store.write(new WriteBatch().put(AFTER, AFTER), Durability.SYNCED);
            CrashDisk survivor = disk.afterCrash(SurvivalMode.NOTHING, 0);
            try (SortedLogStore survived = SortedLogStore.open(survivor.root(), FOREGROUND)) {
                assertThat(survived, holds(AFTER, AFTER));
                script.assertHolds(survived, last, "after " + progress.story() + ", reopening, and a crash");
            }
        }
    }

    private static int checkRecovered(StoreScript script, SortedLogStore store, Progress progress, String then) {
        int last = StoreScript.lastSerial(store);
        String when = "after " + progress.story() + " and " + then;
        String promise = "the last batch there is %s (acknowledged: %d, synced: %d)"
                .formatted(when, progress.acknowledged, progress.synced);
        assertThat(
                promise,
                last,
                allOf(greaterThanOrEqualTo(progress.synced), lessThanOrEqualTo(progress.acknowledged + 1)));
        script.assertHolds(store, last, when);
        return last;
    }
}
