package storagelab.btree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static storagelab.testkit.StoreMatchers.atMost;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.WriteBatch;
import storagelab.cursor.ListCursor;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashDiskOptions;
import storagelab.disk.DiskCounters;

/** Bulk loads, large values and cursors in a store with a file. The loads need more than one exercise and are of none. */
class BTreeStoreLoadTest {
    private static final BTreeOptions SMALL =
            BTreeOptions.defaults().withPageSizeBytes(1024).withPoolBytes(64 << 10);

    private final CrashDisk disk = CrashDisk.create();
    private final Path directory = disk.root().resolve("store");

    @Test
    @DisplayName("a bulk load writes each page once, many of them with one call, though its pool has 64 pages")
    void largeWrites() {
        List<Entry> entries = numbered(20_000);
        try (BTreeStore store = BTreeStore.open(directory, SMALL)) {
            DiskCounters before = disk.counters();
            store.bulkLoad(new ListCursor(entries));
            DiskCounters cost = disk.counters().since(before);
            long pages = store.lastCheckpoint().pageCount();
            assertThat(
                    "a load of " + pages + " pages",
                    cost.writes(),
                    atMost(pages / 64 + 8, "write calls", "are pages finished in the order of their numbers?"));
            assertThat(
                    "a load of " + pages + " pages of 1,024 bytes",
                    cost.bytesWritten(),
                    atMost((pages + 2) * 1024, "bytes written", "is every page written once?"));
            assertThat("reads", cost.reads(), lessThanOrEqualTo(4L)); // the checkpoint wants to know the depth
            assertEquals(20_000, store.verify().entries(), "entries");
        }
    }

    @Test
    @DisplayName("a load that fails leaves an empty store, and a store with entries takes none")
    void failedLoad() {
        try (BTreeStore store = BTreeStore.open(directory, SMALL)) {
            List<Entry> entries = new ArrayList<>(numbered(500));
            entries.add(Entry.value(Slice.utf8("x".repeat(500)), Slice.EMPTY));
            assertThrows(IllegalArgumentException.class, () -> store.bulkLoad(new ListCursor(entries)), "a long key");
            assertEquals(0, store.verify().entries(), "entries after a load that failed");
            assertEquals(500, store.bulkLoad(new ListCursor(entries.subList(0, 500))), "entries of a second try");
            assertThrows(
                    IllegalStateException.class, () -> store.bulkLoad(new ListCursor(numbered(1))), "a third load");
            assertEquals(500, store.verify().entries(), "entries after a load that was refused");
        }
    }

    @Test
    @DisplayName("a load that fills the disk leaves an empty store, which takes a smaller one")
    void fullDisk() {
        CrashDisk small = CrashDisk.create(CrashDiskOptions.defaults().withCapacityBytes(300_000));
        try (BTreeStore store = BTreeStore.open(small.root().resolve("store"), SMALL)) {
            ListCursor tooMuch = new ListCursor(numbered(20_000));
            assertThrows(StorageIoException.class, () -> store.bulkLoad(tooMuch), "900 KB onto a disk of 300");
            assertEquals(0, store.verify().entries(), "entries after a load that filled the disk");
            assertEquals(2000, store.bulkLoad(new ListCursor(numbered(2000))), "entries of a smaller load");
            assertEquals(2000, store.verify().entries(), "entries after a smaller load");
        }
    }

    @Test
    @Tag("4.14")
    @DisplayName("the file does not grow when large values are overwritten, and is small again when they are deleted")
    void largeValuesAreFreed() {
        try (BTreeStore store = BTreeStore.open(directory, SMALL)) {
            store.put(Slice.utf8("small"), Slice.utf8("value"));
            store.checkpoint();
            int small = store.lastCheckpoint().pageCount();
            Random random = new Random(1);
            for (int round = 0; round < 20; round++) {
                Slice value = random(random, 90_000 + random.nextInt(10_000));
                store.write(new WriteBatch().put(Slice.utf8("large"), value), Durability.SYNCED);
                assertEquals(Optional.of(value), store.get(Slice.utf8("large")), "the value of round " + round);
            }
            store.verify();
            assertThat(
                    "pages of the file, for a value of a hundred pages that was overwritten twenty times",
                    store.lastCheckpoint().pageCount(),
                    lessThanOrEqualTo(350));
            store.delete(Slice.utf8("large"));
            for (int round = 0; round < 3; round++) {
                store.put(Slice.utf8("small"), Slice.utf8("value " + round));
                store.checkpoint();
            }
            store.verify();
            assertThat("pages when it is gone", store.lastCheckpoint().pageCount(), lessThanOrEqualTo(small + 4));
        }
    }

    @Test
    @Tag("4.14")
    @DisplayName(
            "what a cursor has handed out stays when it has moved on, everything was overwritten, and the store closed")
    void slicesStay() {
        List<Entry> entries = numbered(3000);
        List<Entry> read = new ArrayList<>();
        try (BTreeStore store = BTreeStore.open(directory, SMALL)) {
            entries.forEach(entry -> store.put(entry.key(), entry.value()));
            try (Cursor cursor = store.cursor(KeyRange.all())) {
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    read.add(Entry.value(cursor.key(), cursor.value()));
                    store.put(cursor.key(), Slice.utf8("overwritten"));
                }
            }
            for (int round = 0; round < 3; round++) {
                store.delete(entries.get(round).key());
                store.checkpoint();
            }
        }
        assertTrue(read.equals(entries), "keys or values that a cursor has handed out are other ones now");
    }

    @Test
    @Tag("4.14")
    @DisplayName("a value of 16 MiB is as good as others, one of 64 MiB and a byte is refused")
    void longest() {
        Slice key = Slice.utf8("key");
        byte[] bytes = new byte[OverflowPages.VALUE_BYTES_MAX + 1];
        new Random(7).nextBytes(bytes);
        try (BTreeStore store = BTreeStore.open(directory, BTreeOptions.defaults())) {
            assertThrows(IllegalArgumentException.class, () -> store.put(key, Slice.wrap(bytes)), "64 MiB and a byte");
            Slice longest = Slice.wrap(Arrays.copyOf(bytes, OverflowPages.VALUE_BYTES_MAX / 4));
            store.put(key, longest);
            assertTrue(store.get(key).orElseThrow().equals(longest), "16 MiB came back as something else");
            assertThat("entries", store.verify().entries(), is(1L));
        }
    }

    private static List<Entry> numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Entry.value(Slice.utf8(String.format("key%07d", i)), Slice.utf8("value number " + i)))
                .toList();
    }

    private static Slice random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Slice.wrap(bytes);
    }
}
