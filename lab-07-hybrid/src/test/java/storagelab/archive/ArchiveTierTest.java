package storagelab.archive;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.StorageIoException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashReport;
import storagelab.sstable.Compression;
import storagelab.testkit.Crew;
import storagelab.testkit.archive.CuedObjectStore;
import storagelab.testkit.archive.SmallArchives;

/** What an archive does that other engines do not: requests, an object store that is away, ranges, garbage. */
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
    @DisplayName(
            "whichever request is the last that is answered, nothing is lost, and what was stored for nothing goes")
    void leavesAtEachRequest() {
        for (int answers = 0; answers < 40; answers++) {
            for (boolean isCarriedOut : new boolean[] {false, true}) {
                MemoryObjectStore objects = new MemoryObjectStore();
                CuedObjectStore leaving = new CuedObjectStore(objects);
                Path directory = CrashDisk.create().root().resolve("archive");
                try (ArchiveTier archive = ArchiveTier.open(directory, leaving, SmallArchives.TINY)) {
                    archive.write(orders(0, 30), Durability.SYNCED);
                    if (isCarriedOut) {
                        leaving.loseAnswerAfter(answers);
                    } else {
                        leaving.leaveAfter(answers);
                    }
                    archive.apply(100, orders(20, 50));
                    boolean unused = succeeds(archive::checkpoint) && succeeds(archive::compact);
                    archive.verify();
                    leaving.comeBack();
                    assertThat("after " + answers + " answers", content(archive), is(map(0, 50)));
                    archive.compact();
                    archive.checkpoint();
                    archive.verifyObjects();
                    assertThat("after " + answers + " answers", content(archive), is(map(0, 50)));
                    assertThat(
                            "objects that are stored, after " + answers + " answers",
                            (long) objects.listAll("").size(),
                            is(archive.stats().get(Metric.TABLES)));
                }
            }
        }
    }

    private static boolean succeeds(Runnable action) {
        try {
            action.run();
            return true;
        } catch (StorageIoException e) {
            assertThat(StoreUnreachableException.isCauseOf(e), is(true));
            return false;
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
    @DisplayName("while a put hangs, reads and writes go on")
    void hangs() throws InterruptedException {
        try (ArchiveTier archive = open(OPTIONS);
                Crew crew = new Crew()) {
            archive.write(orders(0, 10), Durability.SYNCED);
            CountDownLatch released = new CountDownLatch(1);
            cued.hangUntil(released);
            archive.apply(100, orders(10, 20));
            crew.start("checkpoint", archive::checkpoint);
            cued.awaitHanging();
            archive.apply(200, orders(20, 30));
            assertThat(content(archive), is(map(0, 30)));
            assertThat("durable meanwhile", archive.durableSequence(), is(10L));
            released.countDown();
            crew.join();
            assertThat(content(archive), is(map(0, 30)));
            assertThat("durable afterwards", archive.durableSequence() >= 109, is(true));
        }
    }

    @Test
    @DisplayName("an object of which half was stored is reported as damaged, and nothing of it is read")
    void halfAnObject() {
        try (ArchiveTier archive = open(OPTIONS)) {
            cued.storeHalves();
            archive.write(orders(0, 1_000), Durability.SYNCED);
            for (int i : new int[] {0, 499, 999}) {
                assertThrows(CorruptionException.class, () -> archive.get(key(i)), "get of " + key(i));
            }
            assertThrows(CorruptionException.class, () -> content(archive), "a cursor");
            assertThrows(CorruptionException.class, archive::verifyObjects, "verifyObjects");
        }
    }

    @Test
    @DisplayName("objects that were replaced are deleted when no snapshot and no cursor needs them")
    void garbage() {
        try (ArchiveTier archive = open(OPTIONS)) {
            archive.write(orders(0, 100), Durability.SYNCED);
            Snapshot snapshot = archive.snapshot();
            Cursor cursor = archive.cursor(KeyRange.all());
            archive.write(orders(50, 150), Durability.SYNCED);
            archive.compact();
            assertThat(
                    "objects with a snapshot and a cursor", memory.listAll("").size(), is(3));
            assertThat(snapshot.get(key(70)), is(Optional.of(value(70))));
            assertThat(snapshot.get(key(120)), is(Optional.empty()));
            snapshot.close();
            archive.checkpoint();
            assertThat("objects with a cursor", memory.listAll("").size(), is(3));
            cursor.seekToLast();
            assertThat(cursor.key(), is(key(99)));
            cursor.close();
            archive.checkpoint();
            assertThat("objects without readers", memory.listAll("").size(), is(1));
            memory.put("orders/left-by-a-crash", Slice.EMPTY);
            memory.put("orders-of-others", Slice.EMPTY);
        }
        try (ArchiveTier archive = open(OPTIONS)) {
            archive.checkpoint();
            assertThat("objects after the first checkpoint", memory.listAll("").size(), is(2));
            assertThat(memory.get("orders-of-others"), is(Optional.of(Slice.EMPTY)));
            assertThat(content(archive), is(map(0, 150)));
        }
    }

    @Test
    @DisplayName("a range is replaced in one step; objects inside of it are not read, what is outside stays")
    void replacesRanges() {
        try (ArchiveTier archive = open(OPTIONS.withSizes(new ArchiveOptions.Sizes(2_000, 200, 1_000)))) {
            archive.write(orders(0, 1_000), Durability.SYNCED);
            archive.apply(2_000, orders(300, 400));
            Snapshot before = archive.snapshot();
            RequestCounts earlier = counted.counts();
            archive.deleteRange(KeyRange.of(key(100), key(900)));
            RequestCounts deleting = counted.counts().since(earlier);
            assertThat("gets for deleting most of the objects", deleting.gets(), is(lessThanOrEqualTo(8L)));
            Map<Slice, Slice> expected = map(0, 100);
            expected.putAll(map(900, 1_000));
            assertThat(content(archive), is(expected));
            assertThat(before.get(key(500)), is(Optional.of(value(500))));
            before.close();
            try (ArchiveTier source =
                    SmallArchives.open(disk.root().resolve("source"), new MemoryObjectStore(), SmallArchives.TINY)) {
                source.apply(1, orders(0, 600));
                try (Cursor entries = source.cursor(KeyRange.all())) {
                    archive.replace(KeyRange.of(key(200), key(500)), entries);
                }
            }
            expected.putAll(map(200, 500));
            assertThat(content(archive), is(expected));
            assertThat(archive.lastSequence(), is(archive.durableSequence()));
            archive.apply(3_000, new WriteBatch().delete(key(250)));
            expected.remove(key(250));
            archive.checkpoint();
            archive.compact();
            archive.verify();
            archive.verifyObjects();
            assertThat(content(archive), is(expected));
        }
    }

    @Test
    @DisplayName("whenever the power is cut while a range is replaced, it is the old one or the new one")
    void everyCrashOfReplacing() throws Exception {
        CrashReport report = CrashExplorer.explore(
                CrashExplorerOptions.defaults(),
                crashing -> {
                    try (ArchiveTier archive = SmallArchives.open(crashing.root(), SmallArchives.TINY)) {
                        archive.write(orders(0, 20), Durability.SYNCED);
                        crashing.ack(1);
                        archive.deleteRange(KeyRange.of(key(5), key(15)));
                        crashing.ack(2);
                    }
                },
                crash -> {
                    int done = crash.acknowledged().size();
                    try (ArchiveTier archive = SmallArchives.open(crash.root(), SmallArchives.TINY)) {
                        crash.recovered();
                        Map<Slice, Slice> cut = map(0, 5);
                        cut.putAll(map(15, 20));
                        List<Map<Slice, Slice>> states = List.of(Map.of(), map(0, 20), cut);
                        List<Map<Slice, Slice>> legal = states.subList(done, Math.min(states.size(), done + 2));
                        Map<Slice, Slice> found = content(archive);
                        assertThat(found + " after " + done + " steps", legal.contains(found), is(true));
                        archive.verify();
                        archive.verifyObjects();
                    }
                });
        assertThat("crashes tried", report.images(), is(greaterThan(100L)));
    }

    @Test
    @DisplayName("an archive is not made where objects of one with its name are, which would be garbage to it")
    void lostIndex() {
        memory.put("orders/0000000000000001-00000000", Slice.utf8("x"));
        StorageIoException refused = assertThrows(StorageIoException.class, () -> open(OPTIONS));
        assertThat(refused.getMessage(), containsString("bring its INDEX back"));
        assertThat(StoreUnreachableException.isCauseOf(refused), is(false));
        assertThat(memory.listAll("").size(), is(1));
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
