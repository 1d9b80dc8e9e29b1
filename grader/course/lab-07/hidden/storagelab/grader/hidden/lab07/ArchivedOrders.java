package storagelab.grader.hidden.lab07;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.TreeMap;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.WriteBatch;
import storagelab.archive.ArchiveOptions;
import storagelab.archive.ArchiveTier;
import storagelab.archive.CountingObjectStore;
import storagelab.archive.MemoryObjectStore;
import storagelab.archive.StoreUnreachableException;
import storagelab.disk.CrashDisk;
import storagelab.sstable.Compression;
import storagelab.testkit.archive.CuedObjectStore;

/** What the tests of the archive share: object stores in front of each other, orders, comparisons. */
abstract class ArchivedOrders {
    static final ArchiveOptions OPTIONS = ArchiveOptions.defaults("orders").withCompression(Compression.NONE);
    final MemoryObjectStore memory = new MemoryObjectStore();
    final CuedObjectStore cued = new CuedObjectStore(memory);
    final CountingObjectStore counted = new CountingObjectStore(cued);
    final CrashDisk disk = CrashDisk.create();

    ArchiveTier open(ArchiveOptions options) {
        return ArchiveTier.open(disk.root().resolve("archive"), counted, options);
    }

    static Slice key(int number) {
        return Slice.utf8("order %05d".formatted(number));
    }

    static Slice value(int number) {
        return Slice.utf8("paid %d".formatted(number));
    }

    static WriteBatch orders(int from, int to) {
        WriteBatch batch = new WriteBatch();
        for (int i = from; i < to; i++) {
            batch.put(key(i), value(i));
        }
        return batch;
    }

    static Map<Slice, Slice> content(OrderedStore store) {
        Map<Slice, Slice> content = new TreeMap<>();
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                content.put(cursor.key(), cursor.value());
            }
        }
        return content;
    }

    static Map<Slice, Slice> map(int from, int to) {
        Map<Slice, Slice> map = new TreeMap<>();
        for (int i = from; i < to; i++) {
            map.put(key(i), value(i));
        }
        return map;
    }

    static StorageIoException assertUnreachable(Runnable action, String what) {
        StorageIoException failure = assertThrows(StorageIoException.class, action::run, what);
        assertThat(what, StoreUnreachableException.isCauseOf(failure), is(true));
        return failure;
    }

    static boolean succeeds(Runnable action) {
        try {
            action.run();
            return true;
        } catch (StorageIoException e) {
            assertThat(StoreUnreachableException.isCauseOf(e), is(true));
            return false;
        }
    }
}
