package storagelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static storagelab.testkit.NumberedBatch.key;
import static storagelab.testkit.NumberedBatch.number;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.SnapshotStore;
import storagelab.api.StoreClosedException;

/** What a {@link SnapshotStore} promises to snapshots while other threads write. */
public interface ConcurrentSnapshotStoreContract {
    /** Opens the store in {@code directory}, which exists and is empty. */
    SnapshotStore open(Path directory);

    /** A fresh, empty directory. */
    Path newDirectory();

    @Test
    @DisplayName(
            "beside a writer of batches a snapshot has whole batches, the same to gets and to cursors, again and again")
    default void wholeBatchesInSnapshots() throws InterruptedException {
        int keys = 30;
        int snapshots = 150;
        try (SnapshotStore store = open(newDirectory());
                Crew crew = new Crew()) {
            NumberedBatch.write(store, keys, 0);
            new WriterBesideReaders(crew)
                    .read(2, "reader", snapshots, () -> {
                        try (Snapshot snapshot = store.snapshot()) {
                            Slice number = snapshot.get(key(keys - 1)).orElseThrow();
                            assertAll(snapshot, keys, number);
                            assertAll(snapshot, keys, number);
                        }
                    })
                    .write(number -> NumberedBatch.write(store, keys, number));
            crew.join();
        }
    }

    @Test
    @DisplayName("of single puts, one after the other, a snapshot has a beginning: if it has one, it has those before")
    default void prefixOfPuts() throws InterruptedException {
        int keys = 20;
        int snapshots = 200;
        try (SnapshotStore store = open(newDirectory());
                Crew crew = new Crew()) {
            NumberedBatch.write(store, keys, 0);
            new WriterBesideReaders(crew)
                    .read("reader", snapshots, () -> {
                        try (Snapshot snapshot = store.snapshot()) {
                            assertDescendsByOne(snapshot, keys);
                        }
                    })
                    .write(round -> {
                        for (int k = 0; k < keys; k++) {
                            store.put(key(k), number(round));
                        }
                    });
            crew.join();
        }
    }

    @Test
    @DisplayName("closing the store while snapshots are read: each call works or throws StoreClosedException")
    default void closeBesideSnapshots() throws InterruptedException {
        SnapshotStore store = open(newDirectory());
        NumberedBatch.write(store, 200, 0);
        try (Crew crew = new Crew()) {
            CountDownLatch everybodyReads = new CountDownLatch(2);
            crew.start(2, "reader", () -> {
                try (Snapshot snapshot = store.snapshot()) {
                    while (true) {
                        assertAll(snapshot, 200, number(0));
                        everybodyReads.countDown();
                    }
                } catch (StoreClosedException expected) {
                    return;
                }
            });
            Eventually.holds("both snapshots are read", () -> everybodyReads.getCount() == 0 || crew.hasFailed());
            store.close();
            crew.join();
        } finally {
            store.close();
        }
    }

    /** Every put of a round is later than those of smaller keys: numbers go down once, by one, from a key to the next. */
    private static void assertDescendsByOne(Snapshot snapshot, int keys) {
        int first = Integer.parseInt(snapshot.get(key(0)).orElseThrow().toUtf8());
        int before = first;
        for (int k = 1; k < keys; k++) {
            int here = Integer.parseInt(snapshot.get(key(k)).orElseThrow().toUtf8());
            assertTrue(
                    here <= before && here >= first - 1,
                    "one thread puts 1, 2, 3 … under all keys in turn; a snapshot has " + first + " under the first, "
                            + before + " under key " + (k - 1) + " and " + here + " under key " + k);
            before = here;
        }
    }

    private static void assertAll(Snapshot snapshot, int keys, Slice number) {
        for (int k = 0; k < keys; k++) {
            assertEquals(
                    number,
                    snapshot.get(key(k)).orElseThrow(),
                    "value of key " + k + " in a snapshot; every batch sets all " + keys + " keys to one number");
        }
        int met = 0;
        try (Cursor cursor = snapshot.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                assertEquals(
                        number, cursor.value(), "value of " + cursor.key() + " as a cursor of the snapshot has it");
                met++;
            }
        }
        assertEquals(keys, met, "entries met by a cursor of the snapshot");
    }
}
