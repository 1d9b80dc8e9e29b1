package storagelab.archive;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.sstable.Compression;
import storagelab.testkit.archive.CuedObjectStore;

/** What an archive does that other engines do not: requests, an object store that is away, ranges, garbage. */
@Tag("7.8")
class ArchiveTierTest {
    private static final ArchiveOptions OPTIONS =
            ArchiveOptions.defaults("orders").withCompression(Compression.NONE);

    private final MemoryObjectStore memory = new MemoryObjectStore();
    private final CuedObjectStore cued = new CuedObjectStore(memory);
    private final CountingObjectStore counted = new CountingObjectStore(cued);
    private final CrashDisk disk = CrashDisk.create();

    private ArchiveTier open(ArchiveOptions options) {
        return ArchiveTier.open(disk.root().resolve("archive"), counted, options);
    }

    private static Slice key(int number) {
        return Slice.utf8("order %05d".formatted(number));
    }

    private static Slice value(int number) {
        return Slice.utf8("paid %d".formatted(number));
    }

    private static WriteBatch orders(int from, int to) {
        WriteBatch batch = new WriteBatch();
        for (int i = from; i < to; i++) {
            batch.put(key(i), value(i));
        }
        return batch;
    }

    private static Map<Slice, Slice> content(OrderedStore store) {
        Map<Slice, Slice> content = new TreeMap<>();
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                content.put(cursor.key(), cursor.value());
            }
        }
        return content;
    }

    private static Map<Slice, Slice> map(int from, int to) {
        Map<Slice, Slice> map = new TreeMap<>();
        for (int i = from; i < to; i++) {
            map.put(key(i), value(i));
        }
        return map;
    }

    private static StorageIoException assertUnreachable(Runnable action, String what) {
        StorageIoException failure = assertThrows(StorageIoException.class, action::run, what);
        assertThat(what, StoreUnreachableException.isCauseOf(failure), is(true));
        return failure;
    }

    @Test
    @DisplayName("a checkpoint is one put, the first get of an object two gets, later ones a get a block or none")
    void requests() {
        try (ArchiveTier archive = open(OPTIONS)) {
            archive.apply(1, orders(0, 10_000));
            archive.checkpoint();
            RequestCounts stored = counted.counts();
            assertThat(
                    "puts, and lists: of a new archive, and for what a crash left",
                    stored,
                    is(new RequestCounts(1, 0, 2, 0, 0, archive.stats().get(Metric.TABLE_BYTES), 0)));
            assertThat(archive.get(key(5_000)), is(Optional.of(value(5_000))));
            assertThat("for the first get", counted.counts().since(stored).gets(), is(2L));
            assertThat(archive.get(key(5_001)), is(Optional.of(value(5_001))));
            assertThat(
                    "for a get in the same block",
                    counted.counts().since(stored).gets(),
                    is(2L));
            assertThat(archive.get(key(9_000)), is(Optional.of(value(9_000))));
            assertThat(
                    "for a get in another block", counted.counts().since(stored).gets(), is(3L));
            assertThat(archive.get(Slice.utf8("nothing")), is(Optional.empty()));
            assertThat(archive.get(Slice.utf8("zero")), is(Optional.empty()));
            archive.apply(20_000, new WriteBatch().put(key(1), Slice.utf8("back")));
            assertThat(archive.get(key(1)), is(Optional.of(Slice.utf8("back"))));
            assertThat(
                    "for keys that no object has, or the overlay",
                    counted.counts().since(stored).gets(),
                    is(3L));
            archive.checkpoint();
            archive.checkpoint();
            assertThat(
                    "puts for one write and two checkpoints",
                    counted.counts().since(stored).puts(),
                    is(1L));
            assertThat(archive.get(key(1)), is(Optional.of(Slice.utf8("back"))));
        }
    }

    @Test
    @DisplayName("while the store is away, all but reads of objects goes on, and when it is back nothing is missing")
    void unreachable() {
        try (ArchiveTier archive = open(OPTIONS)) {
            archive.write(orders(0, 100), Durability.SYNCED);
            cued.leaveAfter(0);
            archive.apply(200, orders(100, 150));
            archive.apply(300, new WriteBatch().delete(key(3)).put(key(4), Slice.utf8("changed")));
            assertThat("a key written since", archive.get(key(120)), is(Optional.of(value(120))));
            assertThat("a key deleted since", archive.get(key(3)), is(Optional.empty()));
            assertThat("a key that no object covers", archive.get(key(700)), is(Optional.empty()));
            try (Cursor cursor = archive.cursor(KeyRange.from(key(100)))) {
                cursor.seekToLast();
                assertThat("a range without objects", cursor.key(), is(key(149)));
            }
            StorageIoException failure = assertUnreachable(() -> archive.get(key(5)), "a key of an object");
            assertThat(failure.getMessage(), containsString("nothing is lost, so try again"));
            assertUnreachable(() -> content(archive), "all keys");
            assertUnreachable(archive::checkpoint, "a checkpoint");
            assertUnreachable(archive::checkpoint, "a second one");
            assertThat("durable", archive.durableSequence(), is(100L));
            archive.apply(400, new WriteBatch().put(key(3), Slice.utf8("again")));
            archive.verify();
            cued.comeBack();
            Map<Slice, Slice> expected = map(0, 150);
            expected.put(key(3), Slice.utf8("again"));
            expected.put(key(4), Slice.utf8("changed"));
            assertThat(content(archive), is(expected));
            archive.checkpoint();
            assertThat("durable", archive.durableSequence(), is(400L));
            assertThat(content(archive), is(expected));
            archive.verify();
        }
    }

    @Test
    @DisplayName("an archive opens, and takes writes, while its store is away; a new one is not made then")
    void opensWithoutItsStore() {
        cued.leaveAfter(0);
        assertUnreachable(() -> open(OPTIONS), "making a new archive");
        cued.comeBack();
        try (ArchiveTier archive = open(OPTIONS)) {
            archive.apply(1, orders(0, 10));
        }
        cued.leaveAfter(0);
        try (ArchiveTier archive = open(OPTIONS)) {
            assertThat(archive.lastSequence(), is(10L));
            archive.apply(11, orders(10, 20));
            assertThat(archive.get(key(15)), is(Optional.of(value(15))));
            assertUnreachable(() -> archive.get(key(5)), "a key of an object");
            cued.comeBack();
            assertThat(archive.get(key(5)), is(Optional.of(value(5))));
        }
    }

    @Test
    @DisplayName("a full overlay refuses writes while the store is away, before a log has them, and is bounded")
    void fullOverlay() {
        try (ArchiveTier archive = open(OPTIONS.withMemory(new ArchiveOptions.Memory(5_000, 0, 0)))) {
            cued.leaveAfter(0);
            int written = 0;
            while (archive.stats().get(Metric.MEMTABLE_BYTES) < 5_000) {
                archive.put(key(written), value(written));
                written++;
            }
            WriteBatch next = orders(written, written + 1);
            assertUnreachable(() -> archive.check(next), "a check when the overlay is full");
            assertUnreachable(() -> archive.write(next, Durability.BUFFERED), "a write when the overlay is full");
            assertThat(archive.get(key(written)), is(Optional.empty()));
            assertThat(archive.get(key(0)), is(Optional.of(value(0))));
            cued.comeBack();
            archive.write(next, Durability.BUFFERED);
            assertThat(content(archive), is(map(0, written + 1)));
            assertThat(archive.stats().get(Metric.MEMTABLE_BYTES), is(lessThanOrEqualTo(1_000L)));
        }
    }

    @Test
    @DisplayName("what is in memory of objects stays within its budgets")
    void memoryIsBounded() {
        ArchiveOptions.Memory budget = new ArchiveOptions.Memory(1 << 20, 3_000, 2_000);
        try (ArchiveTier archive = open(
                OPTIONS.withSizes(new ArchiveOptions.Sizes(4_000, 500, 1_000)).withMemory(budget))) {
            archive.write(orders(0, 3_000), Durability.SYNCED);
            for (int i = 0; i < 3_000; i += 7) {
                assertThat(archive.get(key(i)), is(Optional.of(value(i))));
                assertThat("bytes after " + key(i), archive.cachedBytes(), is(lessThanOrEqualTo(5_000L)));
            }
        }
    }
}
