package storagelab.grader.hidden.lab02;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.StoreTexts.assertShows;
import static storagelab.grader.hidden.kit.StoreTexts.existing;
import static storagelab.grader.hidden.kit.StoreTexts.put;
import static storagelab.grader.hidden.kit.StoreTexts.walk;
import static storagelab.testkit.StoreMatchers.atMost;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.cursor.OrderedLogStore;
import storagelab.disk.CrashDisk;
import storagelab.file.FileMetrics;
import storagelab.grader.hidden.kit.StoreTexts;
import storagelab.sortedlog.SortedLogOptions;

/** Exercise 2.8: what a cursor shows, what it keeps, and what it costs, with everything in one thread. */
@Tag("2.8")
class OrderedLogStoreHiddenTest {
    private static final SortedLogOptions QUIET = SortedLogOptions.defaults()
            .withMaintenance(MaintenanceKind.FOREGROUND)
            .withCompactionTrigger(SortedLogOptions.NO_COMPACTION);

    private final CrashDisk disk = CrashDisk.create();
    private final WatchedMemtable.Watch watch = new WatchedMemtable.Watch();

    @Test
    @DisplayName("a newer source hides an older one: memtable, newer table, older table; also if it says deleted")
    void newestFirst() {
        try (OrderedLogStore store = open(QUIET)) {
            put(store, "a=old b=old c=old d=old e=old");
            store.flush();
            put(store, "a=mid b=mid");
            store.delete(Slice.utf8("e"));
            store.flush();
            put(store, "a=new");
            store.delete(Slice.utf8("d"));
            try (Cursor cursor = store.cursor(KeyRange.all())) {
                assertShows("a=new b=mid c=old", cursor, "two tables and a memtable");
            }
        }
    }

    @Test
    @DisplayName(
            "what was in the memtable stays in the cursor when it is overwritten, deleted, flushed and merged away")
    void memtableUnderTheCursor() {
        try (OrderedLogStore store = open(QUIET)) {
            put(store, "a=1 b=1 c=1");
            try (Cursor cursor = store.cursor(KeyRange.all())) {
                put(store, "a=2 bb=2");
                store.delete(Slice.utf8("c"));
                assertShows("a=1 b=1 c=1", cursor, "after an overwrite, a put and a delete");
                store.flush();
                assertShows("a=1 b=1 c=1", cursor, "after the memtable was flushed");
                store.delete(Slice.utf8("a"));
                store.compact();
                assertShows("a=1 b=1 c=1", cursor, "after a merge");
            }
        }
    }

    @Test
    @DisplayName("files of merged tables stay until the last cursor that needs them is closed, and then go")
    void filesStay() {
        try (OrderedLogStore store = open(QUIET)) {
            List<Path> first = tables(store, "a=1", "b=1");
            Cursor one = store.cursor(KeyRange.all());
            store.compact();
            List<Path> second = tablesNow();
            assertEquals(first.size(), existing(first), "files of two merged tables that a cursor uses");
            Cursor other = store.cursor(KeyRange.all());
            put(store, "c=1");
            store.compact();
            assertShows("a=1 b=1", one, "made before two merges");
            assertShows("a=1 b=1", other, "made between two merges");
            one.close();
            assertEquals(0, existing(first), "files of the tables that only a closed cursor used");
            assertEquals(1, existing(second), "file of the table that another cursor still uses");
            assertShows("a=1 b=1", other, "made between two merges, after the other one was closed");
            other.close();
            other.close();
            assertEquals(0, existing(second), "file of the merged table when both cursors are closed");
            assertEquals(1, tablesNow().size(), "table files in the end");
        }
        assertEquals(0, disk.openFiles(), "files that are open when the store and all cursors are closed");
    }

    @Test
    @DisplayName("without a cursor the files of merged tables go at once")
    void noCursorNoFiles() {
        try (OrderedLogStore store = open(QUIET)) {
            List<Path> merged = tables(store, "a=1", "b=1");
            store.cursor(KeyRange.all()).close();
            store.compact();
            assertEquals(0, existing(merged), "files of merged tables, the only cursor being closed before the merge");
        }
    }

    @Test
    @DisplayName("closing the store removes kept files and closes every file; a cursor can be closed later")
    void storeClosedFirst() {
        OrderedLogStore store = open(QUIET);
        List<Path> merged = tables(store, "a=1", "b=1");
        Cursor cursor = store.cursor(KeyRange.all());
        store.compact();
        Cursor unused = store.cursor(KeyRange.all());
        store.close();
        assertEquals(0, existing(merged), "files that were kept for a cursor, after the store was closed");
        assertEquals(0, disk.openFiles(), "open files, after the store was closed with two cursors open");
        cursor.close();
        unused.close();
        assertEquals(1, tablesNow().size(), "table files after cursors were closed later than the store");
    }

    @Test
    @DisplayName("a cursor keeps no table that cannot have a key of its range, and never reads it")
    void tablesOutsideTheRange() {
        try (OrderedLogStore store = open(QUIET)) {
            tables(store, "a=1 c=1", "d=1 f=1", "g=1 i=1");
            long before = blocksRead(store);
            Cursor cursor = store.cursor(KeyRange.of(Slice.utf8("d"), Slice.utf8("g")));
            assertEquals(before, blocksRead(store), "BLOCKS_READ after cursor(), which has nothing to read yet");
            assertShows("d=1 f=1", cursor, "over [d, g), with tables a to c, d to f, and g to i");
            assertThat(
                    "two walks over [d, g), with tables a to c, d to f, and g to i of a block each",
                    blocksRead(store) - before,
                    atMost(1, "blocks read", "leave out what TableInfo.meets says cannot have a key of the range"));
            store.compact();
            assertEquals(
                    1, store.keptTables().size(), "tables kept for a cursor over [d, g); one of three has such keys");
            cursor.close();
            assertEquals(0, store.keptTables().size(), "tables kept when the cursor is closed");
        }
    }

    @Test
    @DisplayName("tables that touch the range with one key are in it")
    void tablesAtTheEndsOfTheRange() {
        try (OrderedLogStore store = open(QUIET)) {
            tables(store, "a=1 c=1", "c=2 d=1", "f=1 g=1", "g=2 h=1");
            try (Cursor cursor = store.cursor(KeyRange.of(Slice.utf8("c"), Slice.utf8("g")))) {
                assertShows("c=2 d=1 f=1", cursor, "over [c, g), with tables a to c, c to d, f to g, and g to h");
            }
            try (Cursor cursor = store.cursor(KeyRange.from(Slice.utf8("h")))) {
                assertShows("h=1", cursor, "from h on, the last key of the last table");
            }
        }
    }

    @Test
    @DisplayName("of the memtable only what is in the range is walked through")
    void memtableCost() {
        try (OrderedLogStore store = open(QUIET)) {
            for (int i = 0; i < 1000; i++) {
                put(store, "k" + (1000 + i) + "=1");
            }
            int before = watch.entriesMet();
            try (Cursor cursor = store.cursor(KeyRange.of(Slice.utf8("k1500"), Slice.utf8("k1510")))) {
                int seen = walk(cursor).split(" ", -1).length;
                assertEquals(10, seen, "entries of a cursor over ten keys");
            }
            assertThat(
                    "cursor over 10 of 1,000 keys in the memtable",
                    (long) watch.entriesMet() - before,
                    atMost(11, "entries met in the memtable", "Memtable.entries takes a range"));
        }
    }

    @Test
    @DisplayName("a step of a cursor reads at most one block")
    void stepCost() {
        try (OrderedLogStore store = open(QUIET)) {
            for (int table = 0; table < 3; table++) {
                for (int i = 0; i < 60; i++) {
                    store.put(key(3 * i + table), Slice.wrap(new byte[900]));
                }
                store.flush();
            }
            try (Cursor cursor = store.cursor(KeyRange.all())) {
                cursor.seekToFirst();
                for (int step = 1; cursor.isValid(); step++) {
                    long before = blocksRead(store);
                    cursor.next();
                    assertThat(
                            "step " + step + " through three tables",
                            blocksRead(store) - before,
                            atMost(1, "blocks read", "only one table has to move on, and to its next entry"));
                }
            }
        }
    }

    @Test
    @DisplayName("when making a cursor fails, no table stays pinned")
    void failureKeepsNothing() {
        try (OrderedLogStore store = open(QUIET)) {
            List<Path> merged = tables(store, "a=1", "b=1");
            put(store, "c=1");
            watch.beforeEntries(() -> {
                throw new IllegalArgumentException("there is no memory for a copy");
            });
            assertThrows(
                    IllegalArgumentException.class,
                    () -> store.cursor(KeyRange.all()),
                    "cursor() when the memtable throws");
            store.compact();
            assertEquals(0, store.keptTables().size(), "tables kept after cursor() has thrown and tables were merged");
            assertEquals(0, existing(merged), "files of merged tables after cursor() has thrown");
        }
    }

    private OrderedLogStore open(SortedLogOptions options) {
        return OrderedLogStore.open(disk.root(), options, watch::newMemtable);
    }

    /** Makes a table of each of {@code contents} and returns the files that there are then. */
    private List<Path> tables(OrderedLogStore store, String... contents) {
        for (String content : contents) {
            put(store, content);
            store.flush();
        }
        return tablesNow();
    }

    private List<Path> tablesNow() {
        return StoreTexts.tables(disk.root());
    }

    private static long blocksRead(OrderedLogStore store) {
        return store.stats().get(FileMetrics.BLOCKS_READ);
    }

    private static Slice key(int number) {
        return Slice.utf8(String.format("key %05d", number));
    }
}
