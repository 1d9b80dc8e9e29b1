package storagelab.memtable;

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
import java.util.Optional;
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
import storagelab.cursor.OrderedLogStore;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.file.FileMetrics;
import storagelab.sortedlog.FileNames;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.sortedlog.SortedLogStore;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;

@Tag("3.8")
class SnapshotLogStoreTest {
    private static final Slice A = Slice.utf8("a");
    private static final Slice B = Slice.utf8("b");
    private static final SortedLogOptions OPTIONS = SortedLogOptions.defaults()
            .withMaintenance(MaintenanceKind.FOREGROUND)
            .withCompactionTrigger(SortedLogOptions.NO_COMPACTION);

    private final CrashDisk disk = CrashDisk.create();
    private final Path directory = disk.root().resolve("store");

    @Test
    @DisplayName("the worked example: a batch is in, a later put is not, and a merge that drops a=2 takes nothing away")
    void workedExample() {
        try (SnapshotLogStore store = SnapshotLogStore.open(directory, OPTIONS)) {
            store.put(A, Slice.utf8("1"));
            store.write(new WriteBatch().put(A, Slice.utf8("2")).put(B, Slice.utf8("2")), Durability.BUFFERED);
            try (LogSnapshot snapshot = store.snapshot()) {
                store.put(A, Slice.utf8("4"));
                store.flush();
                store.compact();
                assertThat("get(a) from the snapshot", snapshot.get(A), is(Optional.of(Slice.utf8("2"))));
                assertThat("a walk through the snapshot", all(snapshot.cursor(KeyRange.all())), contains("a=2", "b=2"));
                assertThat("get(a) from the store", store.get(A), is(Optional.of(Slice.utf8("4"))));
            }
        }
    }

    @Test
    @DisplayName("the worked example of LogSnapshot: a table that is merged away answers for b")
    void mergedTable() {
        try (SnapshotLogStore store = SnapshotLogStore.open(directory, OPTIONS)) {
            store.put(B, Slice.utf8("0"));
            store.flush();
            List<Path> tables = tables();
            store.put(A, Slice.utf8("1"));
            store.put(A, Slice.utf8("2"));
            LogSnapshot snapshot = store.snapshot();
            store.delete(A);
            store.put(B, Slice.utf8("4"));
            store.compact();
            assertThat("get(a) from the snapshot", snapshot.get(A), is(Optional.of(Slice.utf8("2"))));
            assertThat("get(b) from the snapshot", snapshot.get(B), is(Optional.of(Slice.utf8("0"))));
            assertThat("a walk through the snapshot", all(snapshot.cursor(KeyRange.all())), contains("a=2", "b=0"));
            assertThat("files of the merged table", existing(tables), hasSize(1));
            snapshot.close();
            assertThat("files of the merged table, when the snapshot is closed", existing(tables), is(empty()));
        }
    }

    @Test
    @DisplayName("a cursor keeps the tables of its range when its snapshot is closed")
    void cursorOutlivesItsSnapshot() {
        try (SnapshotLogStore store = SnapshotLogStore.open(directory, OPTIONS)) {
            store.put(A, A);
            store.flush();
            store.put(B, B);
            store.flush();
            LogSnapshot snapshot = store.snapshot();
            Cursor cursor = snapshot.cursor(KeyRange.from(B));
            store.compact();
            assertThat("tables kept for the snapshot and the cursor", store.keptTables(), hasSize(2));
            snapshot.close();
            assertThat("tables kept for the cursor from b on", store.keptTables(), hasSize(1));
            assertThat("what the cursor shows", all(cursor), contains("b=b"));
            assertThat("tables kept", store.keptTables(), is(empty()));
        }
    }

    @Test
    @DisplayName("when the store is closed first, snapshots throw StoreClosedException, and no file is left over")
    void storeClosedFirst() {
        SnapshotLogStore store = SnapshotLogStore.open(directory, OPTIONS);
        store.put(A, A);
        store.flush();
        List<Path> tables = tables();
        LogSnapshot snapshot = store.snapshot();
        store.delete(A);
        store.compact();
        store.close();
        assertThat("files after the store was closed", existing(tables), is(empty()));
        assertThat("open files", disk.openFiles(), is(0));
        assertThrows(StoreClosedException.class, () -> snapshot.get(A), "get");
        snapshot.close();
        assertThrows(IllegalStateException.class, () -> snapshot.get(A), "get of a closed snapshot");
    }

    @Test
    @DisplayName("taking a snapshot reads no block, a get reads one of each table that covers the key")
    void cost() {
        try (SnapshotLogStore store = SnapshotLogStore.open(directory, OPTIONS)) {
            for (int i = 0; i < 4; i++) {
                store.put(A, A);
                store.put(Slice.utf8("z" + i), A);
                store.flush();
            }
            long before = store.stats().get(FileMetrics.BLOCKS_READ);
            try (LogSnapshot snapshot = store.snapshot();
                    Cursor cursor = snapshot.cursor(KeyRange.all())) {
                assertThat("blocks read by snapshot() and cursor()", blocksSince(store, before), is(0L));
                assertThat("get(a)", snapshot.get(A), is(Optional.of(A)));
                assertThat(
                        "blocks read by a get of a key in all four tables",
                        blocksSince(store, before),
                        atMost(1, "blocks", "the newest table has the answer"));
                assertThat("whether the cursor is at an entry", cursor.isValid(), is(false));
            }
        }
    }

    @Test
    @DisplayName("a snapshot is taken while a writer waits for the disk")
    void writerStuck() throws InterruptedException {
        try (SnapshotLogStore store = SnapshotLogStore.open(directory, OPTIONS);
                Crew crew = new Crew()) {
            store.put(A, Slice.utf8("1"));
            try (Hold hold = disk.faults().hold(DiskCall.SYNC, ".log")) {
                crew.start("writer", () -> store.write(new WriteBatch().put(A, Slice.utf8("2")), Durability.SYNCED));
                Eventually.holds("the writer waits for the disk", () -> hold.waiting() > 0);
                crew.start("reader", () -> {
                    try (LogSnapshot snapshot = store.snapshot()) {
                        assertThat("get(a) from the snapshot", snapshot.get(A), is(Optional.of(Slice.utf8("1"))));
                    }
                    hold.close();
                });
                crew.join();
            }
        }
    }

    @Test
    @DisplayName("what the stores of labs 1 and 2 have written is there, in tables and in logs")
    void filesOfEarlierLabs() {
        try (SortedLogStore lab1 = SortedLogStore.open(directory, OPTIONS)) {
            lab1.put(A, Slice.utf8("1"));
            lab1.flush();
            lab1.put(A, Slice.utf8("2"));
        }
        try (OrderedLogStore lab2 = OrderedLogStore.open(directory, OPTIONS)) {
            lab2.put(B, Slice.utf8("3"));
        }
        try (SnapshotLogStore store = SnapshotLogStore.open(directory, OPTIONS);
                LogSnapshot snapshot = store.snapshot()) {
            assertThat("a walk through a snapshot", all(snapshot.cursor(KeyRange.all())), contains("a=2", "b=3"));
            assertThat("get(a) from it", snapshot.get(A), is(Optional.of(Slice.utf8("2"))));
        }
    }

    private static long blocksSince(SnapshotLogStore store, long before) {
        return store.stats().get(FileMetrics.BLOCKS_READ) - before;
    }

    private List<Path> tables() {
        return FileNames.numbered(directory).stream().filter(FileNames::isTable).toList();
    }

    private static List<Path> existing(List<Path> files) {
        return files.stream().filter(Files::exists).toList();
    }

    /** What the cursor shows; closes it. */
    private static List<String> all(Cursor cursor) {
        try (cursor) {
            List<String> entries = new ArrayList<>();
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                entries.add(cursor.key() + "=" + cursor.value());
            }
            return entries;
        }
    }
}
