package storagelab.btree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.codec.Crc32c;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.DiskCounters;
import storagelab.disk.SurvivalMode;
import storagelab.file.FileMetrics;
import storagelab.page.MetaPage;

class ReadOnlyTreeTest {
    private static final BTreeOptions SMALL =
            BTreeOptions.defaults().withPageSizeBytes(1024).withPoolBytes(64 << 10);

    private final CrashDisk disk = CrashDisk.create();
    private final Path home = disk.root().resolve("tree");
    private final Path file = home.resolve(BTreeStore.FILE_NAME);

    private static Slice key(int number) {
        return Slice.utf8("key %04d".formatted(number));
    }

    /** Small values, and every hundredth in overflow pages. */
    private static Slice value(int number) {
        return Slice.utf8(("" + number).repeat(number % 100 == 7 ? 2_000 : 3));
    }

    private TreeMap<Slice, Slice> fill(BTreeStore store) {
        TreeMap<Slice, Slice> model = new TreeMap<>();
        for (int i = 0; i < 500; i++) {
            store.put(key(i), value(i));
            model.put(key(i), value(i));
        }
        return model;
    }

    @Test
    @DisplayName(
            "the tree of the last checkpoint is read, large values too, by gets and cursors, and nothing is written")
    void readsAndWritesNothing() {
        BTreeStore store = BTreeStore.open(home, SMALL);
        TreeMap<Slice, Slice> model = fill(store);
        store.checkpoint();
        store.put(key(1), Slice.utf8("not in the checkpoint"));
        CrashDisk left = disk.afterCrash(SurvivalMode.EVERYTHING, 0);
        store.close();
        DiskCounters before = left.counters();
        for (DiskCall call :
                new DiskCall[] {DiskCall.WRITE, DiskCall.SYNC, DiskCall.DIRECTORY_SYNC, DiskCall.METADATA}) {
            left.faults().failFrom(call, 1);
        }
        try (ReadOnlyTree tree = ReadOnlyTree.open(left.root().resolve("tree"), SMALL);
                Cursor cursor = tree.cursor(KeyRange.of(key(100), key(300)))) {
            assertThat(tree.sequence(), is(500L));
            model.forEach((key, value) -> assertThat(tree.get(key), is(Optional.of(value))));
            assertThat(tree.get(key(9999)), is(Optional.empty()));
            cursor.seekToLast();
            for (Slice key : model.subMap(key(100), true, key(300), false).descendingKeySet()) {
                assertThat(cursor.key(), is(key));
                assertThat(cursor.value(), is(model.get(key)));
                cursor.prev();
            }
            assertThat(cursor.isValid(), is(false));
        }
        DiskCounters spent = left.counters().since(before);
        assertThat(spent, is(new DiskCounters(spent.reads(), 0, 0, 0, 0, spent.bytesRead(), 0)));
        assertThat("open files", left.openFiles(), is(0));
    }

    @Test
    @DisplayName("pages stay in the cache: a key that was read is read again without the file")
    void cache() {
        try (BTreeStore store = BTreeStore.open(home, SMALL)) {
            fill(store);
        }
        try (ReadOnlyTree tree = ReadOnlyTree.open(home, SMALL)) {
            tree.get(key(1));
            long blocks = tree.stats().get(FileMetrics.BLOCKS_READ);
            tree.get(key(1));
            assertThat(tree.stats().get(FileMetrics.BLOCKS_READ), is(blocks));
        }
    }

    @Test
    @DisplayName("an empty tree has nothing; after closing, gets and cursors say that it is closed")
    void emptyAndClosed() {
        BTreeStore.open(home, SMALL).close();
        ReadOnlyTree tree = ReadOnlyTree.open(home, SMALL);
        Cursor cursor = tree.cursor(KeyRange.all());
        cursor.seekToFirst();
        assertThat(cursor.isValid(), is(false));
        assertThat(tree.get(key(1)), is(Optional.empty()));
        tree.close();
        tree.close();
        assertThrows(StoreClosedException.class, () -> tree.get(key(1)));
        assertThrows(StoreClosedException.class, cursor::seekToFirst);
    }

    @Test
    @DisplayName(
            "a flipped bit in a page is corruption with its place for every get that reads the page, and never a wrong value")
    void damagedPage() throws IOException {
        TreeMap<Slice, Slice> model;
        try (BTreeStore store = BTreeStore.open(home, SMALL)) {
            model = fill(store);
        }
        byte[] whole = Files.readAllBytes(file);
        int refusals = 0;
        for (int page = 2; page < whole.length / 1024; page += 9) {
            byte[] bytes = whole.clone();
            bytes[page * 1024 + 700] ^= 4;
            Files.write(file, bytes);
            try (ReadOnlyTree tree = ReadOnlyTree.open(home, SMALL)) {
                for (Slice key : model.keySet()) {
                    try {
                        assertThat(tree.get(key), is(Optional.of(model.get(key))));
                    } catch (CorruptionException e) {
                        assertThat(e.offset(), is(page * 1024L));
                        refusals++;
                    }
                }
            }
        }
        assertThat("keys whose page was damaged", refusals > 0, is(true));
    }

    @Test
    @DisplayName("two damaged records of a meta page, a file that was cut off, and a newer version are refused")
    void refusals() throws IOException {
        try (BTreeStore store = BTreeStore.open(home, SMALL)) {
            fill(store);
        }
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged = whole.clone();
        damaged[20] ^= 1;
        Files.write(file, damaged);
        ReadOnlyTree.open(home, SMALL).close(); // the other record of the page is whole
        damaged[512 + 20] ^= 1;
        Files.write(file, damaged);
        assertThrows(CorruptionException.class, () -> ReadOnlyTree.open(home, SMALL));
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertThrows(CorruptionException.class, () -> ReadOnlyTree.open(home, SMALL));

        byte[] newer = whole.clone();
        newer[MetaPage.FORMAT_VERSION_OFFSET]++;
        int crc = Crc32c.of(newer, 0, MetaPage.HEAD_BYTES - Integer.BYTES);
        for (int i = 0; i < Integer.BYTES; i++) {
            newer[MetaPage.HEAD_BYTES - Integer.BYTES + i] = (byte) (crc >>> Byte.SIZE * i);
        }
        Files.write(file, newer);
        StorageIoException refused = assertThrows(StorageIoException.class, () -> ReadOnlyTree.open(home, SMALL));
        assertThat(refused.getMessage(), containsString("was written by format version 3, this program reads up to 2"));
        assertThat("open files", disk.openFiles(), is(0));
    }

    @Test
    @DisplayName("a reader and a writer refuse each other, and readers share")
    void locks() {
        try (BTreeStore store = BTreeStore.open(home, SMALL)) {
            store.put(key(1), value(1));
            assertThrows(StorageIoException.class, () -> ReadOnlyTree.open(home, SMALL));
        }
        try (ReadOnlyTree one = ReadOnlyTree.open(home, SMALL);
                ReadOnlyTree other = ReadOnlyTree.open(home, SMALL)) {
            assertThat(one.get(key(1)), is(other.get(key(1))));
            assertThrows(StorageIoException.class, () -> BTreeStore.open(home, SMALL));
        }
        BTreeStore.open(home, SMALL).close();
    }
}
