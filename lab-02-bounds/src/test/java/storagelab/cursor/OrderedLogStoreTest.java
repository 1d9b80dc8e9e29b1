package storagelab.cursor;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.StoreMatchers.atMost;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.StoreClosedException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.SurvivalMode;
import storagelab.file.FileMetrics;
import storagelab.sortedlog.FileNames;
import storagelab.sortedlog.SortedLogOptions;

@Tag("2.8")
class OrderedLogStoreTest {
    private static final SortedLogOptions OPTIONS = SortedLogOptions.defaults()
            .withMaintenance(MaintenanceKind.FOREGROUND)
            .withCompactionTrigger(SortedLogOptions.NO_COMPACTION);

    private final CrashDisk disk = CrashDisk.create();
    private final Path directory = disk.root().resolve("store");

    @Test
    @DisplayName("the worked example: b is deleted, flushed and merged away, and the cursor still has b=2")
    void workedExample() {
        try (OrderedLogStore store = OrderedLogStore.open(directory, OPTIONS)) {
            put(store, "a", "1");
            put(store, "b", "1");
            store.flush();
            List<Path> first = tables();
            put(store, "b", "2");
            Cursor cursor = store.cursor(KeyRange.all());
            store.delete(Slice.utf8("b"));
            store.compact();
            assertThat("what the cursor shows after the merge", all(cursor), contains("a=1", "b=2"));
            assertThat("the file of the merged table while the cursor is open", existing(first), hasSize(1));
            cursor.close();
            assertThat("the file of the merged table when the cursor is closed", existing(first), is(empty()));
            try (Cursor later = store.cursor(KeyRange.all())) {
                assertThat("what a new cursor shows", all(later), contains("a=1"));
            }
        }
    }

    @Test
    @DisplayName("files stay until the last of several cursors is closed")
    void lastCursor() {
        try (OrderedLogStore store = twoTables()) {
            List<Path> merged = tables();
            Cursor one = store.cursor(KeyRange.all());
            Cursor other = store.cursor(KeyRange.all());
            store.compact();
            one.close();
            one.close();
            assertThat("files while one of two cursors is open", existing(merged), hasSize(2));
            assertThat("tables kept for it", store.keptTables(), hasSize(2));
            assertThat("what it shows", all(other), contains("a=1", "m=1", "z=1"));
            other.close();
            assertThat("files when both are closed", existing(merged), is(empty()));
            assertThat("tables kept", store.keptTables(), is(empty()));
        }
    }

    @Test
    @DisplayName("when the store is closed first, cursors throw StoreClosedException, and no file is left over")
    void storeClosedFirst() {
        OrderedLogStore store = twoTables();
        List<Path> merged = tables();
        Cursor cursor = store.cursor(KeyRange.all());
        cursor.seekToFirst();
        store.compact();
        store.close();
        assertThat("files of merged tables after the store was closed", existing(merged), is(empty()));
        assertThat("open files", disk.openFiles(), is(0));
        assertThrows(StoreClosedException.class, cursor::next, "next");
        assertThrows(StoreClosedException.class, cursor::key, "key");
        assertThrows(StoreClosedException.class, cursor::seekToLast, "seekToLast");
        assertThrows(StoreClosedException.class, () -> store.cursor(KeyRange.all()), "cursor");
        cursor.close();
    }

    @Test
    @DisplayName("after a crash with cursors open, the next open removes the files that were kept for them")
    void crashWithCursorsOpen() {
        OrderedLogStore store = twoTables();
        List<String> merged = tables().stream()
                .map(file -> String.valueOf(file.getFileName()))
                .toList();
        Cursor cursor = store.cursor(KeyRange.all());
        store.compact();
        cursor.seekToFirst();
        CrashDisk rebooted = disk.afterCrash(SurvivalMode.EVERYTHING, 1);
        try (OrderedLogStore reopened = OrderedLogStore.open(rebooted.root().resolve("store"), OPTIONS)) {
            assertThat("leaks that opening removed", reopened.recoveryReport().removedLeaks(), is(merged));
            try (Cursor later = reopened.cursor(KeyRange.all())) {
                assertThat("what is there", all(later), contains("a=1", "m=1", "z=1"));
            }
        }
    }

    @Test
    @DisplayName("making a cursor reads no block; tables outside its range are neither read nor kept")
    void cost() {
        try (OrderedLogStore store = twoTables()) {
            long before = store.stats().get(FileMetrics.BLOCKS_READ);
            Cursor cursor = store.cursor(KeyRange.of(Slice.utf8("n"), Slice.utf8("zz")));
            assertThat("blocks read by cursor()", store.stats().get(FileMetrics.BLOCKS_READ) - before, is(0L));
            assertThat("what it shows", all(cursor), contains("z=1"));
            assertThat(
                    "blocks read for z, with the tables {a, m} and {z}",
                    store.stats().get(FileMetrics.BLOCKS_READ) - before,
                    atMost(1, "blocks", "the table {a, m} has no key from n on"));
            store.compact();
            assertThat("tables kept for a cursor from n on", store.keptTables(), hasSize(1));
            cursor.close();
        }
    }

    @Test
    @DisplayName("what is in the range, in memory and in tables, is one order in both directions")
    void bothDirections() {
        try (OrderedLogStore store = twoTables()) {
            store.write(
                    new WriteBatch()
                            .put(Slice.utf8("b"), Slice.utf8("2"))
                            .delete(Slice.utf8("m"))
                            .put(Slice.utf8("x"), Slice.utf8("2")),
                    Durability.BUFFERED);
            try (Cursor cursor = store.cursor(KeyRange.of(Slice.utf8("b"), Slice.utf8("z")))) {
                assertThat("forward", all(cursor), contains("b=2", "x=2"));
                cursor.seekToLast();
                assertThat("the last key before z", cursor.key(), is(Slice.utf8("x")));
                cursor.prev();
                assertThat("the one before, m being deleted", cursor.key(), is(Slice.utf8("b")));
                cursor.prev();
                assertThat("whether there is one before b in the range", cursor.isValid(), is(false));
            }
        }
    }

    /** A store with a and m in one table, z in another. */
    private OrderedLogStore twoTables() {
        OrderedLogStore store = OrderedLogStore.open(directory, OPTIONS);
        put(store, "a", "1");
        put(store, "m", "1");
        store.flush();
        put(store, "z", "1");
        store.flush();
        return store;
    }

    private static void put(OrderedLogStore store, String key, String value) {
        store.put(Slice.utf8(key), Slice.utf8(value));
    }

    private List<Path> tables() {
        return FileNames.numbered(directory).stream().filter(FileNames::isTable).toList();
    }

    private static List<Path> existing(List<Path> files) {
        return files.stream().filter(Files::exists).toList();
    }

    private static List<String> all(Cursor cursor) {
        List<String> entries = new ArrayList<>();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            entries.add(cursor.key() + "=" + cursor.value());
        }
        return entries;
    }
}
