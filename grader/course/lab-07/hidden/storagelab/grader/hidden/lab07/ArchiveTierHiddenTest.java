package storagelab.grader.hidden.lab07;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.api.WriteBatch;
import storagelab.archive.ArchiveMetrics;
import storagelab.archive.ArchiveOptions;
import storagelab.archive.ArchiveTier;
import storagelab.archive.DirectoryObjectStore;
import storagelab.archive.MemoryObjectStore;
import storagelab.archive.ObjectStore;
import storagelab.archive.RequestCounts;
import storagelab.archive.StoreUnreachableException;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashReport;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.testkit.CrashTrial;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.SnapshotSubject;
import storagelab.testkit.archive.CuedObjectStore;
import storagelab.testkit.archive.SmallArchives;

/** Exercise 7.8: an archive whose object store may be away, what it writes, and what it deletes. */
@Tag("7.8")
class ArchiveTierHiddenTest extends ArchivedOrders {
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

    @Test
    @DisplayName("answers nothing and stores nothing when it is closed, not even what an overlay has kept")
    void closed() {
        ArchiveTier archive = open(OPTIONS.withMemory(new ArchiveOptions.Memory(100, 0, 0)));
        archive.apply(1, orders(0, 20));
        cued.leaveAfter(0);
        assertUnreachable(archive::close, "closing an archive whose object store is away");
        cued.comeBack();
        int requests = cued.requests();
        assertThrows(StoreClosedException.class, () -> archive.get(key(0)), "a get of a key that an overlay has");
        assertThrows(StoreClosedException.class, () -> archive.check(orders(20, 21)), "the check of a batch");
        assertThrows(StoreClosedException.class, archive::checkpoint, "a checkpoint");
        assertThat("requests after the archive was closed", cued.requests() - requests, is(0));
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
            int before = cued.requests();
            crew.start("checkpoint", archive::checkpoint);
            Eventually.holds("a put is under way", () -> cued.requests() > before || crew.hasFailed());
            try {
                archive.apply(200, orders(20, 30));
                assertThat(content(archive), is(map(0, 30)));
                assertThat("durable meanwhile", archive.durableSequence(), is(10L));
            } finally {
                released.countDown();
            }
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
    @DisplayName(
            "a deletion of a key that no object covers is not stored, and durable all the same; what is durable is not stored again")
    void deletionsOfNothing() {
        try (ArchiveTier archive = open(OPTIONS)) {
            archive.apply(1, new WriteBatch().delete(key(1)).delete(key(2)));
            RequestCounts before = counted.counts();
            archive.checkpoint();
            assertThat("puts for two deletions", counted.counts().since(before).puts(), is(0L));
            assertThat("durable", archive.durableSequence(), is(2L));
            archive.checkpoint();
            assertThat("flushes", archive.stats().get(Metric.FLUSHES), is(1L));
            archive.write(orders(0, 10), Durability.SYNCED);
            archive.apply(100, new WriteBatch().delete(key(3)).delete(key(70)));
            archive.checkpoint();
            Map<Slice, Slice> expected = map(0, 10);
            expected.remove(key(3));
            assertThat(content(archive), is(expected));
            assertThat("objects", archive.stats().get(Metric.TABLES), is(2L));
            assertThat("objects that were written", archive.stats().get(ArchiveMetrics.OBJECTS_WRITTEN), is(2L));
            archive.verify();
        }
    }

    @Test
    @DisplayName("of two callers that find the overlays full, one makes room and the other waits for it")
    void oneStall() throws InterruptedException {
        try (ArchiveTier archive = open(OPTIONS.withMemory(new ArchiveOptions.Memory(2_000, 0, 0)));
                Crew crew = new Crew()) {
            int written = 0;
            while (archive.stats().get(Metric.MEMTABLE_BYTES) < 2_000) {
                archive.apply(written + 1, orders(written, written + 1));
                written++;
            }
            CountDownLatch released = new CountDownLatch(1);
            cued.hangUntil(released);
            WriteBatch next = orders(written, written + 1);
            int before = cued.requests();
            crew.start("first", () -> archive.check(next));
            Eventually.holds("a put is under way", () -> cued.requests() > before || crew.hasFailed());
            try {
                Thread second = crew.start("second", () -> archive.check(next));
                Eventually.waits(second);
            } finally {
                released.countDown();
            }
            crew.join();
            assertThat("stalls", archive.stats().get(Metric.STALLS), is(1L));
            assertThat("flushes", archive.stats().get(Metric.FLUSHES), is(1L));
            assertThat(content(archive), is(map(0, written)));
        }
    }

    @Test
    @DisplayName(
            "a checkpoint stores what was applied before it, and not what comes while it runs; two overlays are two flushes")
    void twoOverlays() {
        try (ArchiveTier archive = open(OPTIONS)) {
            archive.apply(1, orders(0, 10));
            cued.leaveAfter(0);
            assertUnreachable(archive::checkpoint, "a checkpoint");
            archive.apply(11, orders(10, 15));
            cued.comeBack();
            RequestCounts before = counted.counts();
            archive.checkpoint();
            assertThat("puts", counted.counts().since(before).puts(), is(2L));
            assertThat("flushes", archive.stats().get(Metric.FLUSHES), is(2L));
            assertThat("durable", archive.durableSequence(), is(15L));
            assertThat(archive.get(key(12)), is(Optional.of(value(12))));
            assertThat("gets", archive.stats().get(Metric.GETS), is(1L));
        }
    }

    @Test
    @DisplayName("whenever the power is cut, an object in a directory is the old one or the new one as a whole")
    void everyCrashOfAPut() throws Exception {
        Slice one = Slice.utf8("1".repeat(1_500));
        Slice two = Slice.utf8("2".repeat(2_500));
        CrashReport report = CrashExplorer.explore(
                CrashExplorerOptions.defaults(),
                crashing -> {
                    try (ObjectStore store =
                            DirectoryObjectStore.open(crashing.root().resolve("objects"))) {
                        store.put("a", one);
                        crashing.ack(1);
                        store.put("a", two);
                        crashing.ack(2);
                    }
                },
                crash -> {
                    int done = crash.acknowledged().size();
                    try (ObjectStore store =
                            DirectoryObjectStore.open(crash.root().resolve("objects"))) {
                        crash.recovered();
                        List<Optional<Slice>> states = List.of(Optional.empty(), Optional.of(one), Optional.of(two));
                        List<Optional<Slice>> legal = states.subList(done, Math.min(states.size(), done + 2));
                        assertThat("the object after " + done + " puts", legal.contains(store.get("a")), is(true));
                        assertThat("objects", store.listAll("").size(), is(lessThanOrEqualTo(1)));
                    }
                });
        assertThat("crashes tried", report.images(), is(greaterThan(30L)));
    }

    @Test
    @DisplayName("a put that fails leaves the old object, and says whether the store refuses or is away")
    void failedPuts() throws IOException {
        for (DiskCall call : List.of(DiskCall.WRITE, DiskCall.SYNC)) {
            CrashDisk own = CrashDisk.create();
            Path objects = own.root().resolve("objects");
            try (ObjectStore store = DirectoryObjectStore.open(objects)) {
                store.put("a", value(1));
                own.faults().failOnce(call, 1);
                StorageIoException failure = assertThrows(StorageIoException.class, () -> store.put("a", value(2)));
                assertThat("a refusal is not silence", StoreUnreachableException.isCauseOf(failure), is(false));
                assertThat("after a failed " + call, store.get("a"), is(Optional.of(value(1))));
                store.put("a", value(3));
                assertThat("after another put", store.get("a"), is(Optional.of(value(3))));
                Files.move(objects, own.root().resolve("elsewhere"));
                assertUnreachable(() -> store.put("b", value(1)), "a put into a directory that is not there");
                Files.move(own.root().resolve("elsewhere"), objects);
            }
        }
    }

    @Test
    @DisplayName("two puts at the same time store two whole objects")
    void putsAtTheSameTime() throws Exception {
        try (ObjectStore store = DirectoryObjectStore.open(disk.root().resolve("objects"));
                Crew crew = new Crew()) {
            store.put("c", value(3));
            try (Hold unused = disk.faults().hold(DiskCall.SYNC, "")) {
                Thread first = crew.start("first put", () -> store.put("a", value(1)));
                Eventually.waits(first);
                Thread second = crew.start("second put", () -> store.put("b", value(2)));
                Eventually.waits(second);
            }
            crew.join();
            assertThat(store.get("a"), is(Optional.of(value(1))));
            assertThat(store.get("b"), is(Optional.of(value(2))));
        }
    }

    @Test
    @DisplayName("whenever the power is cut, every SYNCED write is there and a prefix of the others, batches whole")
    void everyCrash() {
        ArchiveOptions crashed = SmallArchives.TINY.withSizes(new ArchiveOptions.Sizes(4_000, 500, 1_000));
        CrashTrial.check(
                new SnapshotSubject<>(directory -> SmallArchives.open(directory, crashed), archive -> {
                    archive.verify();
                    archive.verifyObjects();
                }),
                1);
    }
}
