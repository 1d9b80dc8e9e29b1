package storagelab.btree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.StorageException;
import storagelab.api.StorageIoException;
import storagelab.api.StoreFailedException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashDiskOptions;
import storagelab.disk.DiskCall;
import storagelab.disk.SurvivalMode;
import storagelab.testkit.Seeds;
import storagelab.testkit.StoreScript;

/** The disk fails once, at every call in turn, or fills up. */
@Tag("4.14")
class BTreeStoreFaultTest {
    private static final int BATCHES = 40;
    private static final BTreeOptions OPTIONS = BTreeOptions.defaults()
            .withPageSizeBytes(1024)
            .withPoolBytes(64 << 10)
            .withCheckpointBytes(4000);

    /** How far a script got. */
    private static final class Progress {
        int acknowledged;
        int synced;
        boolean failed;
    }

    @ParameterizedTest
    @EnumSource(
            value = DiskCall.class,
            names = {"READ", "WRITE", "SYNC", "DIRECTORY_SYNC", "METADATA"})
    @DisplayName("a call to the disk fails: what was there can be read, and after reopening every promise is kept")
    void oneFailure(DiskCall call) {
        Seeds.check(1, random -> {
            StoreScript script = new StoreScript(BATCHES, random);
            int nth = 0;
            boolean struck;
            do {
                nth++;
                CrashDisk disk = CrashDisk.create();
                disk.faults().failOnce(call, nth);
                Progress progress = run(script, disk);
                struck = progress.failed;
                disk.faults().clear();
                String story = "a failure of " + call + " number " + nth;
                for (SurvivalMode mode : SurvivalMode.values()) {
                    checkRecovered(script, disk.afterCrash(mode, random.nextLong()), progress, story + ", " + mode);
                }
                checkRecovered(script, disk, progress, story);
            } while (struck);
            assertThat("failures of " + call + " tried", nth, is(greaterThan(1)));
        });
    }

    @Test
    @DisplayName(
            "the disk fills up: gets, cursors and snapshots go on, and opened again on the full disk it is consistent")
    void fullDisk() {
        Seeds.check(2, random -> {
            StoreScript script = new StoreScript(200, random);
            for (long capacityBytes = 100_000; capacityBytes > 4000; capacityBytes -= 7000) {
                CrashDisk disk = CrashDisk.create(CrashDiskOptions.defaults().withCapacityBytes(capacityBytes));
                Progress progress = run(script, disk);
                checkRecovered(script, disk, progress, "a disk of " + capacityBytes + " bytes");
            }
        });
    }

    @Test
    @DisplayName("a batch for which the disk has no room is not there, and the store takes smaller ones")
    void noRoomForABatch() {
        CrashDisk disk = CrashDisk.create(CrashDiskOptions.defaults().withCapacityBytes(100_000));
        try (BTreeStore store = BTreeStore.open(disk.root(), OPTIONS.withCheckpointBytes(Long.MAX_VALUE))) {
            store.put(Slice.utf8("a"), Slice.utf8("1"));
            Slice large = Slice.wrap(new byte[200_000]);
            for (int i = 0; i < 3; i++) {
                StorageIoException e = assertThrows(
                        StorageIoException.class,
                        () -> store.write(
                                new WriteBatch()
                                        .put(Slice.utf8("a"), Slice.utf8("2"))
                                        .put(Slice.utf8("b"), large),
                                Durability.BUFFERED),
                        "a batch of 200,000 bytes on a disk of 100,000");
                assertThat(
                        "what it says",
                        e.getMessage(),
                        allOf(containsString(BTreeStore.FILE_NAME), containsString("No space left")));
            }
            assertThat("get(a)", store.get(Slice.utf8("a")).orElseThrow().toUtf8(), is("1"));
            assertThat("get(b) has nothing", store.get(Slice.utf8("b")).isEmpty(), is(true));
            store.verify();
            store.write(new WriteBatch().put(Slice.utf8("b"), Slice.utf8("small")), Durability.SYNCED);
            store.verify();
        }
        try (BTreeStore store = BTreeStore.open(disk.root(), OPTIONS)) {
            assertThat(
                    "get(b) after reopening",
                    store.get(Slice.utf8("b")).orElseThrow().toUtf8(),
                    is("small"));
            store.verify();
        }
    }

    @Test
    @DisplayName("pages that a failed sync may have lost are not read back from the file, others are")
    void readsAfterAFailedSync() {
        CrashDisk disk = CrashDisk.create();
        int entries = 2000; // more than the pool holds
        try (BTreeStore store = BTreeStore.open(disk.root(), OPTIONS.withCheckpointBytes(Long.MAX_VALUE))) {
            fill(store, entries, "old");
            store.checkpoint();
            fill(store, entries / 2, "new");
            disk.faults().failOnce(DiskCall.SYNC, 1);
            assertThrows(StorageIoException.class, store::checkpoint, "a checkpoint whose first sync fails");
            int refused = 0;
            for (int i = 0; i < entries; i++) {
                try {
                    String expected = i < entries / 2 ? "new" : "old";
                    assertThat("get(" + i + ")", store.get(key(i)).orElseThrow().toUtf8(), is(expected));
                } catch (StorageIoException e) {
                    refused++;
                    assertThat("what it says", e.getMessage(), containsString("written before a sync that failed"));
                }
            }
            assertThat("gets that were refused", refused, is(greaterThan(0)));
            assertThrows(StoreFailedException.class, () -> store.put(key(0), key(1)), "a put");
        }
        try (BTreeStore store = BTreeStore.open(disk.root(), OPTIONS)) {
            assertThat("get(0) after reopening", store.get(key(0)).orElseThrow().toUtf8(), is("old"));
            store.verify();
        }
    }

    private static void fill(BTreeStore store, int entries, String value) {
        for (int i = 0; i < entries; i++) {
            store.put(key(i), Slice.utf8(value));
        }
    }

    private static Slice key(int number) {
        return Slice.utf8("a key that takes some room in its page, number %06d".formatted(number));
    }

    /** Runs the script until it ends or the disk fails; then reads what is there. */
    private static Progress run(StoreScript script, CrashDisk disk) {
        Progress progress = new Progress();
        try (BTreeStore store = BTreeStore.open(disk.root(), OPTIONS)) {
            try {
                while (progress.acknowledged < script.size()) {
                    int serial = progress.acknowledged + 1;
                    script.write(store, serial);
                    progress.acknowledged = serial;
                    progress.synced = script.durability(serial) == Durability.SYNCED ? serial : progress.synced;
                }
            } catch (StorageException e) {
                progress.failed = true;
                readOn(script, store, progress);
            }
        } catch (StorageException e) { // while opening or closing
            progress.failed = true;
        }
        if (!progress.failed) {
            progress.synced = progress.acknowledged; // by close
        }
        return progress;
    }

    /** After a checkpoint that failed, the batch it belongs to is seen; after a batch that failed, it is not. */
    private static void readOn(StoreScript script, BTreeStore store, Progress progress) {
        int last = StoreScript.lastSerial(store);
        assertThat(
                "the last batch that is seen after a failure",
                last,
                allOf(greaterThanOrEqualTo(progress.acknowledged), lessThanOrEqualTo(progress.acknowledged + 1)));
        script.assertHolds(store, last, "after a failure");
        store.verify();
        try (Snapshot snapshot = store.snapshot();
                Cursor cursor = snapshot.cursor(KeyRange.all())) {
            int entries = 0;
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                assertThat("get of a cursor's key", snapshot.get(cursor.key()).isPresent(), is(true));
                entries++;
            }
            assertThat("entries", entries, is(greaterThanOrEqualTo(Math.min(1, last))));
        }
    }

    private static void checkRecovered(StoreScript script, CrashDisk disk, Progress progress, String story) {
        try (BTreeStore store = BTreeStore.open(disk.root(), OPTIONS)) {
            int last = StoreScript.lastSerial(store);
            assertThat(
                    "the last batch after " + story + " and reopening",
                    last,
                    allOf(greaterThanOrEqualTo(progress.synced), lessThanOrEqualTo(progress.acknowledged + 1)));
            script.assertHolds(store, last, "after " + story + " and reopening");
            store.verify();
        } catch (StorageIoException e) {
            assertThat("why it cannot be opened after " + story, e.getMessage(), containsString("No space left"));
            assertThat("writes before it could not be opened", progress.acknowledged, is(0));
        }
    }
}
