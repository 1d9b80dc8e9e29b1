package storagelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.SnapshotStore;
import storagelab.api.StoreClosedException;
import storagelab.api.WriteBatch;

/**
 * What every {@link SnapshotStore} promises besides what an {@link OrderedStoreContract} says: a snapshot has one state for
 * its whole life. A test class implements it and says how to open a store; what is promised to many threads is in {@link
 * ConcurrentSnapshotStoreContract}.
 */
public interface SnapshotStoreContract {
    /** Opens the store in {@code directory}, which exists and is empty. */
    SnapshotStore open(Path directory);

    /** A fresh, empty directory. */
    Path newDirectory();

    @Test
    @DisplayName("a snapshot of a new store has nothing, also when there is something later")
    default void snapshotOfANewStore() {
        try (SnapshotStore store = open(newDirectory());
                Snapshot snapshot = store.snapshot()) {
            put(store, "a=1");
            assertEquals(Optional.empty(), snapshot.get(utf8("a")), "get(a), which was put after the snapshot");
            assertEquals("", walk(snapshot), "a walk through a snapshot of a new store");
        }
    }

    @Test
    @DisplayName("a snapshot has the values and deletions there were, and no later put, overwrite or delete")
    default void oneMoment() {
        try (SnapshotStore store = open(newDirectory())) {
            put(store, "a=0 a=1 b=1 c=1 d=1");
            store.delete(utf8("d"));
            try (Snapshot snapshot = store.snapshot()) {
                put(store, "a=2 d=2 e=2");
                store.delete(utf8("b"));
                assertEquals(value("1"), snapshot.get(utf8("a")), "get(a), overwritten after the snapshot");
                assertEquals(value("1"), snapshot.get(utf8("b")), "get(b), deleted after the snapshot");
                assertEquals(value("1"), snapshot.get(utf8("c")), "get(c), never touched again");
                assertEquals(Optional.empty(), snapshot.get(utf8("d")), "get(d), deleted before, put after");
                assertEquals(Optional.empty(), snapshot.get(utf8("e")), "get(e), put after the snapshot");
                assertEquals("a=1 b=1 c=1", walk(snapshot), "a walk through the snapshot");
            }
            try (Snapshot later = store.snapshot()) {
                assertEquals("a=2 c=1 d=2 e=2", walk(later), "a walk through a later snapshot");
            }
        }
    }

    @Test
    @DisplayName("snapshots of different moments do not disturb each other, in whatever order they are closed")
    default void severalMoments() {
        try (SnapshotStore store = open(newDirectory())) {
            List<Snapshot> snapshots = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                put(store, "counter=" + i);
                snapshots.add(store.snapshot());
            }
            for (int closed : new int[] {0, 5, 2}) {
                snapshots.get(closed).close();
            }
            for (int open : new int[] {1, 3, 4}) {
                assertEquals(
                        value(Integer.toString(open)),
                        snapshots.get(open).get(utf8("counter")),
                        "the counter in snapshot " + open + ", after snapshots 0, 5 and 2 were closed");
                snapshots.get(open).close();
            }
        }
    }

    @Test
    @DisplayName("a batch is in a snapshot as a whole or not at all")
    default void wholeBatch() {
        try (SnapshotStore store = open(newDirectory())) {
            put(store, "a=1 b=1");
            try (Snapshot before = store.snapshot()) {
                WriteBatch batch = new WriteBatch().put(utf8("a"), utf8("2")).delete(utf8("b"));
                store.write(batch.put(utf8("c"), utf8("2")).put(utf8("c"), utf8("3")), Durability.SYNCED);
                assertEquals("a=1 b=1", walk(before), "a snapshot from before the batch");
                try (Snapshot after = store.snapshot()) {
                    assertEquals("a=2 c=3", walk(after), "a snapshot from after the batch");
                }
            }
        }
    }

    @Test
    @DisplayName("a snapshot stays as it is while every key is overwritten many times, and deleted in the end")
    default void manyOverwrites() {
        int keys = 50;
        try (SnapshotStore store = open(newDirectory())) {
            fill(store, keys, "first");
            try (Snapshot snapshot = store.snapshot()) {
                for (int round = 0; round < 20; round++) {
                    fill(store, keys, "round " + round);
                }
                for (int i = 0; i < keys; i++) {
                    store.delete(key(i));
                }
                List<String> seen = new ArrayList<>();
                try (Cursor cursor = snapshot.cursor(KeyRange.all())) {
                    for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                        assertEquals(utf8("first"), cursor.value(), "value of " + cursor.key() + " in the snapshot");
                        assertEquals(
                                Optional.of(cursor.value()),
                                snapshot.get(cursor.key()),
                                "get(" + cursor.key() + ") from a snapshot whose cursor has it");
                        seen.add(cursor.key().toUtf8());
                    }
                }
                assertEquals(keys, seen.size(), "keys in the snapshot, after all were deleted: " + seen);
            }
        }
    }

    @Test
    @DisplayName("a cursor of a snapshot keeps to its range, in both directions, and outlives the snapshot")
    default void cursorOfASnapshot() {
        try (SnapshotStore store = open(newDirectory())) {
            put(store, "a=1 b=1 c=1 d=1");
            Snapshot snapshot = store.snapshot();
            try (Cursor cursor = snapshot.cursor(KeyRange.of(utf8("b"), utf8("d")))) {
                fill(store, 100, "later");
                put(store, "b=2 bb=2 c=2");
                snapshot.close();
                put(store, "b=3 c=3");
                assertEquals("b=1 c=1", walk(cursor), "a walk over [b, d), after the snapshot was closed");
                cursor.seekBefore(utf8("z"));
                assertEquals(utf8("c"), cursor.key(), "seekBefore(z) over [b, d)");
                cursor.prev();
                assertEquals(utf8("b"), cursor.key(), "seekBefore(z), prev over [b, d)");
            }
        }
    }

    @Test
    @DisplayName("a closed snapshot throws IllegalStateException, and closing it twice does nothing")
    default void closedSnapshot() {
        try (SnapshotStore store = open(newDirectory())) {
            put(store, "a=1");
            Snapshot snapshot = store.snapshot();
            try (Snapshot other = store.snapshot()) {
                snapshot.close();
                snapshot.close();
                assertThrows(IllegalStateException.class, () -> snapshot.get(utf8("a")), "get of a closed snapshot");
                assertThrows(
                        IllegalStateException.class,
                        () -> snapshot.cursor(KeyRange.all()),
                        "cursor of a closed snapshot");
                assertEquals("a=1", walk(other), "another snapshot of the same moment");
            }
        }
    }

    @Test
    @DisplayName("once the store is closed, snapshots and their cursors throw StoreClosedException, and can be closed")
    default void closedStoreEndsSnapshots() {
        SnapshotStore store = open(newDirectory());
        put(store, "a=1");
        Snapshot snapshot = store.snapshot();
        Cursor cursor = snapshot.cursor(KeyRange.all());
        assertEquals(value("1"), snapshot.get(utf8("a")), "get(a) before the store is closed");
        store.close();
        assertThrows(StoreClosedException.class, store::snapshot, "snapshot of a closed store");
        assertThrows(StoreClosedException.class, () -> snapshot.get(utf8("a")), "get after the store was closed");
        assertThrows(
                StoreClosedException.class, () -> snapshot.cursor(KeyRange.all()), "cursor after the store was closed");
        assertThrows(StoreClosedException.class, cursor::seekToFirst, "seekToFirst after the store was closed");
        cursor.close();
        snapshot.close();
    }

    private static void put(SnapshotStore store, String assignments) {
        for (String assignment : assignments.split(" ", -1)) {
            int equals = assignment.indexOf('=');
            store.put(utf8(assignment.substring(0, equals)), utf8(assignment.substring(equals + 1)));
        }
    }

    private static void fill(SnapshotStore store, int keys, String value) {
        for (int i = 0; i < keys; i++) {
            store.put(key(i), utf8(value));
        }
    }

    private static String walk(Snapshot snapshot) {
        try (Cursor cursor = snapshot.cursor(KeyRange.all())) {
            return walk(cursor);
        }
    }

    private static String walk(Cursor cursor) {
        List<String> entries = new ArrayList<>();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            entries.add(cursor.key() + "=" + cursor.value());
        }
        return String.join(" ", entries);
    }

    private static Slice key(int number) {
        return utf8(String.format("key%03d", number));
    }

    private static Optional<Slice> value(String text) {
        return Optional.of(utf8(text));
    }

    private static Slice utf8(String text) {
        return Slice.utf8(text);
    }
}
