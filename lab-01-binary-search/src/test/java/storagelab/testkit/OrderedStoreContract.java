package storagelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.StoreClosedException;
import storagelab.api.WriteBatch;

/**
 * What every {@link OrderedStore} promises besides what a {@link KeyValueStoreContract} says: order, ranges, and cursors
 * that show one state for their whole life. A test class implements it and says how to open a store; what is promised to
 * many threads is in {@link ConcurrentOrderedStoreContract}.
 */
public interface OrderedStoreContract {
    /** Opens the store in {@code directory}, which exists and is empty. */
    OrderedStore open(Path directory);

    /** A fresh, empty directory. */
    Path newDirectory();

    @Test
    @DisplayName("a cursor over a new store has no entries")
    default void nothingInANewStore() {
        try (OrderedStore store = open(newDirectory());
                Cursor cursor = store.cursor(KeyRange.all())) {
            assertFalse(cursor.isValid(), "isValid() of a new cursor");
            cursor.seekToFirst();
            assertFalse(cursor.isValid(), "isValid() after seekToFirst in a new store");
            cursor.seekToLast();
            assertFalse(cursor.isValid(), "isValid() after seekToLast in a new store");
        }
    }

    @Test
    @DisplayName("a cursor shows the newest value of each key in the order of the keys, and no deleted key")
    default void newestInOrder() {
        try (OrderedStore store = open(newDirectory())) {
            put(store, "d=1 a=1 c=1 b=1 a=2 e=1");
            store.delete(utf8("c"));
            store.delete(utf8("never there"));
            store.delete(utf8("e"));
            put(store, "e=2 b=3");
            assertShows("a=2 b=3 d=1 e=2", store, KeyRange.all());
        }
    }

    @Test
    @DisplayName("a cursor over [b, d) has b and not d, and seeks outside of the range end inside of it or at none")
    default void ranges() {
        try (OrderedStore store = open(newDirectory())) {
            put(store, "a=1 b=1 b2=1 c=1 d=1 e=1");
            assertShows("b=1 b2=1 c=1", store, KeyRange.of(utf8("b"), utf8("d")));
            assertShows("b2=1 c=1", store, KeyRange.of(utf8("b1"), utf8("c1")));
            assertShows("d=1 e=1", store, KeyRange.from(utf8("d")));
            assertShows("b=1 b2=1", store, KeyRange.prefix(utf8("b")));
            assertShows("", store, KeyRange.of(utf8("c"), utf8("c")));
            assertShows("", store, KeyRange.of(utf8("f"), utf8("g")));
            try (Cursor cursor = store.cursor(KeyRange.of(utf8("b"), utf8("d")))) {
                cursor.seek(utf8("a"));
                assertEquals("b=1", here(cursor), "seek(a) over [b, d)");
                cursor.prev();
                assertEquals("none", here(cursor), "seek(a), prev over [b, d)");
                cursor.seekBefore(utf8("z"));
                assertEquals("c=1", here(cursor), "seekBefore(z) over [b, d)");
                cursor.next();
                assertEquals("none", here(cursor), "seekBefore(z), next over [b, d)");
                cursor.seek(utf8("d"));
                assertEquals("none", here(cursor), "seek(d) over [b, d)");
                cursor.seekBefore(utf8("b"));
                assertEquals("none", here(cursor), "seekBefore(b) over [b, d)");
            }
        }
    }

    @Test
    @DisplayName("a cursor shows what was there when it was made: no later put, overwrite or delete")
    default void oneState() {
        try (OrderedStore store = open(newDirectory())) {
            put(store, "a=1 b=1 c=1 d=1");
            try (Cursor positionedLater = store.cursor(KeyRange.all());
                    Cursor positioned = store.cursor(KeyRange.all())) {
                positioned.seek(utf8("b"));
                put(store, "a=2 bb=2 d=2 e=2");
                store.delete(utf8("c"));
                store.delete(utf8("b"));
                assertEquals("b=1", here(positioned), "a cursor at b, after b was deleted");
                positioned.next();
                assertEquals("c=1", here(positioned), "next() after bb was put and c deleted");
                positioned.next();
                assertEquals("d=1", here(positioned), "the next() after that; d was overwritten");
                positioned.next();
                assertEquals("none", here(positioned), "the next() after that; e was put");
                assertEquals("a=1 b=1 c=1 d=1", walk(positioned), "the same cursor, walked from the first entry");
                assertEquals(
                        "a=1 b=1 c=1 d=1",
                        walk(positionedLater),
                        "a cursor made before the writes and first positioned after them");
            }
            assertShows("a=2 bb=2 d=2 e=2", store, KeyRange.all());
        }
    }

    @Test
    @DisplayName("a cursor shows a batch that was written before it, whole, and two cursors do not disturb each other")
    default void batchesAndTwoCursors() {
        try (OrderedStore store = open(newDirectory())) {
            WriteBatch batch = new WriteBatch();
            batch.put(utf8("a"), utf8("1")).put(utf8("b"), utf8("1")).put(utf8("b"), utf8("2"));
            store.write(batch.put(utf8("c"), utf8("1")).delete(utf8("a")), Durability.BUFFERED);
            try (Cursor first = store.cursor(KeyRange.all())) {
                first.seekToFirst();
                store.write(new WriteBatch().delete(utf8("b")).put(utf8("d"), utf8("1")), Durability.SYNCED);
                try (Cursor second = store.cursor(KeyRange.all())) {
                    second.seekToLast();
                    assertEquals("b=2", here(first), "the first of two cursors");
                    assertEquals("d=1", here(second), "the second, made after a batch that deleted b and put d");
                    first.next();
                    second.prev();
                    assertEquals("c=1", here(first), "the first of two cursors after next()");
                    assertEquals("c=1", here(second), "the second after prev()");
                }
                assertEquals("c=1", here(first), "a cursor after another was closed");
                first.prev();
                assertEquals("b=2", here(first), "a cursor after another was closed, and prev()");
            }
        }
    }

    @Test
    @DisplayName("a store of 800 entries is walked through in both directions, in full and in part")
    default void manyEntries() {
        int count = 800;
        try (OrderedStore store = open(newDirectory())) {
            List<Slice> expected = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                store.put(key(i * 7 % count), utf8("value " + i * 7 % count));
                expected.add(key(i));
            }
            List<Slice> backward = new ArrayList<>();
            try (Cursor cursor = store.cursor(KeyRange.of(key(100), key(700)))) {
                for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
                    backward.add(cursor.key());
                }
                cursor.seek(key(400));
                assertEquals("key00400=value 400", here(cursor), "seek(key00400)");
            }
            Collections.reverse(backward);
            assertEquals(expected.subList(100, 700), backward, "keys from key00100 to key00699, met backward");
            List<Slice> forward = new ArrayList<>();
            try (Cursor cursor = store.cursor(KeyRange.all())) {
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    forward.add(cursor.key());
                }
            }
            assertEquals(expected, forward, "all keys, met forward");
        }
    }

    @Test
    @DisplayName("random walks over random ranges go where an index into the sorted entries goes")
    default void randomWalks() {
        Seeds.check(15, random -> {
            List<Entry> entries = CursorModel.randomEntries(random, 30, 4);
            KeyRange range = KeyRange.from(CursorModel.randomKey(random));
            try (OrderedStore store = open(newDirectory())) {
                for (Entry entry : entries) {
                    store.put(entry.key(), entry.value());
                }
                List<Entry> visible = new ArrayList<>();
                for (Entry entry : entries) {
                    if (entry.tombstone()) {
                        store.delete(entry.key());
                    } else if (range.contains(entry.key())) {
                        visible.add(entry);
                    }
                }
                CursorModel.of(visible, () -> store.cursor(range)).check(random);
            }
        });
    }

    @Test
    @DisplayName("a closed cursor throws IllegalStateException, and closing it twice does nothing")
    default void closedCursor() {
        try (OrderedStore store = open(newDirectory())) {
            put(store, "a=1 b=1");
            Cursor cursor = store.cursor(KeyRange.all());
            cursor.seekToFirst();
            cursor.close();
            cursor.close();
            assertThrows(IllegalStateException.class, cursor::isValid, "isValid of a closed cursor");
            assertThrows(IllegalStateException.class, cursor::key, "key of a closed cursor");
            assertThrows(IllegalStateException.class, cursor::next, "next of a closed cursor");
            assertThrows(IllegalStateException.class, cursor::seekToFirst, "seekToFirst of a closed cursor");
            assertShows("a=1 b=1", store, KeyRange.all());
        }
    }

    @Test
    @DisplayName("once the store is closed there are no new cursors, and those there were throw StoreClosedException")
    default void closedStore() {
        OrderedStore store = open(newDirectory());
        put(store, "a=1 b=1");
        Cursor cursor = store.cursor(KeyRange.all());
        cursor.seekToFirst();
        assertEquals("a=1", here(cursor), "before the store is closed");
        store.close();
        assertThrows(StoreClosedException.class, () -> store.cursor(KeyRange.all()), "cursor of a closed store");
        assertThrows(StoreClosedException.class, cursor::isValid, "isValid after the store was closed");
        assertThrows(StoreClosedException.class, cursor::next, "next after the store was closed");
        assertThrows(StoreClosedException.class, cursor::prev, "prev after the store was closed");
        assertThrows(StoreClosedException.class, cursor::key, "key after the store was closed");
        assertThrows(StoreClosedException.class, cursor::value, "value after the store was closed");
        assertThrows(StoreClosedException.class, cursor::seekToFirst, "seekToFirst after the store was closed");
        assertThrows(StoreClosedException.class, cursor::seekToLast, "seekToLast after the store was closed");
        assertThrows(StoreClosedException.class, () -> cursor.seek(utf8("a")), "seek after the store was closed");
        assertThrows(
                StoreClosedException.class,
                () -> cursor.seekBefore(utf8("b")),
                "seekBefore after the store was closed");
        cursor.close();
        cursor.close();
    }

    private static void assertShows(String expected, OrderedStore store, KeyRange range) {
        try (Cursor cursor = store.cursor(range)) {
            assertEquals(expected, walk(cursor), "a walk over " + range + ", from the first entry");
            List<String> backward = new ArrayList<>();
            for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
                backward.add(here(cursor));
            }
            Collections.reverse(backward);
            assertEquals(expected, String.join(" ", backward), "a walk over " + range + ", from the last entry");
        }
    }

    private static String walk(Cursor cursor) {
        List<String> entries = new ArrayList<>();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            entries.add(here(cursor));
        }
        return String.join(" ", entries);
    }

    private static String here(Cursor cursor) {
        return cursor.isValid() ? cursor.key() + "=" + cursor.value() : "none";
    }

    private static void put(OrderedStore store, String assignments) {
        for (String assignment : assignments.split(" ", -1)) {
            int equals = assignment.indexOf('=');
            store.put(utf8(assignment.substring(0, equals)), utf8(assignment.substring(equals + 1)));
        }
    }

    private static Slice key(int number) {
        return utf8(String.format("key%05d", number));
    }

    private static Slice utf8(String text) {
        return Slice.utf8(text);
    }
}
