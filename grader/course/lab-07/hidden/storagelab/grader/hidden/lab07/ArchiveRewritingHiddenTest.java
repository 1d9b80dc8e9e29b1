package storagelab.grader.hidden.lab07;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.WriteBatch;
import storagelab.archive.ArchiveMetrics;
import storagelab.archive.ArchiveOptions;
import storagelab.archive.ArchiveTier;
import storagelab.archive.MemoryObjectStore;
import storagelab.archive.ObjectPage;
import storagelab.archive.ObjectStore;
import storagelab.archive.RequestCounts;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.SurvivalMode;
import storagelab.testkit.archive.CuedObjectStore;
import storagelab.testkit.archive.SmallArchives;

/** Exercise 7.8: which objects an archive rewrites, what an index on the disk names, and what is deleted. */
@Tag("7.8")
class ArchiveRewritingHiddenTest extends ArchivedOrders {
    @Test
    @DisplayName("rewriting leaves out what was replaced and deleted; one object alone is neither read nor written")
    void rewriting() {
        try (ArchiveTier archive = open(OPTIONS)) {
            archive.write(orders(0, 1_000), Durability.SYNCED);
            RequestCounts one = counted.counts();
            archive.compact();
            assertThat("requests for one object", counted.counts().since(one).gets(), is(0L));
            assertThat("puts for one object", counted.counts().since(one).puts(), is(0L));
            archive.compact();
            assertThat("compactions so far", archive.stats().get(Metric.COMPACTIONS), is(0L));
            assertThat(
                    "a get, which needs objects only while it lasts", archive.get(key(7)), is(Optional.of(value(7))));
            WriteBatch deletions = new WriteBatch();
            for (int i = 0; i < 999; i++) {
                deletions.delete(key(i));
            }
            archive.apply(2_000, deletions);
            archive.checkpoint();
            archive.compact();
            assertThat("compactions", archive.stats().get(Metric.COMPACTIONS), is(1L));
            assertThat(content(archive), is(map(999, 1_000)));
            assertThat("objects", archive.stats().get(Metric.TABLES), is(1L));
            assertThat(
                    "bytes of the object with one entry",
                    archive.stats().get(Metric.TABLE_BYTES),
                    is(lessThanOrEqualTo(500L)));
            archive.apply(4_000, new WriteBatch().delete(key(999)));
            archive.checkpoint();
            archive.compact();
            assertThat("objects when all is deleted", archive.stats().get(Metric.TABLES), is(0L));
            assertThat("objects that are stored", memory.listAll("").size(), is(0));
            archive.verify();
        }
    }

    @Test
    @DisplayName("a rewriting that fails is thrown by the checkpoint, and what was applied is durable all the same")
    void failedRewriting() {
        try (ArchiveTier archive = open(OPTIONS.withRecentMax(0))) {
            archive.write(orders(0, 10), Durability.SYNCED);
            archive.apply(11, orders(5, 15));
            cued.leaveAfter(1); // the put of the flush is answered, and what the rewriting reads is not
            assertUnreachable(archive::checkpoint, "a checkpoint whose rewriting fails");
            assertThat("durable", archive.durableSequence(), is(20L));
            cued.comeBack();
            assertThat(content(archive), is(map(0, 15)));
        }
    }

    @Test
    @DisplayName("groups that do not overlap are rewritten one by one, all of them")
    void manyGroups() {
        try (ArchiveTier archive = open(OPTIONS.withSizes(new ArchiveOptions.Sizes(2_000, 200, 1_000)))) {
            archive.write(orders(0, 500), Durability.SYNCED);
            archive.write(orders(250, 750), Durability.SYNCED);
            archive.write(orders(2_000, 2_500), Durability.SYNCED);
            archive.write(orders(2_250, 2_750), Durability.SYNCED);
            archive.compact();
            assertThat("compactions", archive.stats().get(Metric.COMPACTIONS), is(greaterThan(1L)));
            Map<Slice, Slice> expected = map(0, 750);
            expected.putAll(map(2_000, 2_750));
            assertThat(content(archive), is(expected));
            assertThat(
                    "objects that are stored",
                    (long) memory.listAll("").size(),
                    is(archive.stats().get(Metric.TABLES)));
            long written = archive.stats().get(ArchiveMetrics.OBJECTS_WRITTEN);
            archive.compact();
            assertThat(
                    "objects that were written when there was nothing to do",
                    archive.stats().get(ArchiveMetrics.OBJECTS_WRITTEN),
                    is(written));
        }
    }

    @Test
    @DisplayName("a step that changes nothing writes no index")
    void sameIndex() throws IOException {
        try (ArchiveTier archive = open(OPTIONS)) {
            archive.write(orders(0, 10), Durability.SYNCED);
            archive.compact(); // names the object as one of the base
            String index = Files.readString(disk.root().resolve("archive").resolve("INDEX"));
            assertThat(index, containsString("\nbase "));
            assertThat(index, not(containsString("\nrecent ")));
            long syncs = disk.counters().syncs();
            archive.compact();
            archive.deleteRange(KeyRange.from(key(500)));
            assertThat("syncs of the disk with the index", disk.counters().syncs(), is(syncs));
        }
    }

    @Test
    @DisplayName("an overlay that could not be stored counts, too, when the overlays are full")
    void sealedCounts() {
        try (ArchiveTier archive = open(OPTIONS.withMemory(new ArchiveOptions.Memory(3_000, 0, 0)))) {
            archive.apply(1, orders(0, 10));
            cued.leaveAfter(0);
            assertUnreachable(archive::checkpoint, "a checkpoint");
            int written = 10;
            while (archive.stats().get(Metric.MEMTABLE_BYTES) < 3_000) {
                archive.apply(written + 1, orders(written, written + 1));
                written++;
            }
            WriteBatch next = orders(written, written + 1);
            assertUnreachable(() -> archive.check(next), "a check with a sealed overlay and an active one");
            cued.comeBack();
            archive.check(next);
            assertThat(content(archive), is(map(0, written)));
        }
    }

    @Test
    @DisplayName("what a step has stored before it failed is deleted, also if the next step stores something else")
    void garbageOfFailures() {
        for (int answers = 0; answers < 30; answers++) {
            MemoryObjectStore objects = new MemoryObjectStore();
            CuedObjectStore leaving = new CuedObjectStore(objects);
            Path directory = CrashDisk.create().root().resolve("archive");
            try (ArchiveTier archive = ArchiveTier.open(directory, leaving, SmallArchives.TINY)) {
                archive.write(orders(0, 30), Durability.SYNCED);
                leaving.leaveAfter(answers);
                archive.apply(100, orders(20, 50));
                boolean unused = succeeds(archive::checkpoint) && succeeds(archive::compact);
                leaving.comeBack();
                archive.write(orders(10, 60), Durability.SYNCED);
                archive.compact();
                archive.checkpoint();
                assertThat("after " + answers + " answers", content(archive), is(map(0, 60)));
                assertThat(
                        "objects that are stored, after " + answers + " answers",
                        (long) objects.listAll("").size(),
                        is(archive.stats().get(Metric.TABLES)));
            }
        }
    }

    @Test
    @DisplayName("a range in the middle of an object leaves an object before it and one after it")
    void inTheMiddle() {
        try (ArchiveTier archive = open(OPTIONS);
                ArchiveTier source = SmallArchives.open(
                        disk.root().resolve("source"), new MemoryObjectStore(), SmallArchives.SMALL)) {
            archive.write(orders(0, 100), Durability.SYNCED);
            archive.compact();
            source.apply(1, orders(0, 200));
            Map<Slice, Slice> expected = map(0, 30);
            expected.putAll(map(60, 100));
            archive.deleteRange(KeyRange.of(key(30), key(60)));
            archive.verify();
            assertThat(content(archive), is(expected));
            assertThat("objects", archive.stats().get(Metric.TABLES), is(2L));
            try (Cursor entries = source.cursor(KeyRange.all())) {
                archive.replace(KeyRange.of(key(70), key(80)), entries);
            }
            archive.verify();
            assertThat(content(archive), is(expected));
            assertThat("objects", archive.stats().get(Metric.TABLES), is(4L));
        }
    }

    @Test
    @DisplayName("a checkpoint rewrites when there are more recent objects than the options allow, and not before")
    void rewritesIfMany() {
        try (ArchiveTier archive = open(OPTIONS.withRecentMax(2))) {
            for (int i = 0; i < 3; i++) {
                assertThat("compactions before " + i, archive.stats().get(Metric.COMPACTIONS), is(0L));
                archive.write(orders(10 * i, 10 * i + 15), Durability.SYNCED);
            }
            assertThat("compactions", archive.stats().get(Metric.COMPACTIONS), is(1L));
            assertThat("objects", archive.stats().get(Metric.TABLES), is(1L));
            for (int i = 3; i < 5; i++) {
                archive.write(orders(10 * i, 10 * i + 15), Durability.SYNCED);
            }
            assertThat("compactions, with two recent objects", archive.stats().get(Metric.COMPACTIONS), is(1L));
            assertThat(content(archive), is(map(0, 55)));
        }
    }

    @Test
    @DisplayName("what is left of a recent object beside a range that was replaced is as new as it was")
    void recentStaysRecent() {
        try (ArchiveTier archive = open(OPTIONS)) {
            archive.write(orders(0, 10), Durability.SYNCED);
            archive.compact(); // a base object
            archive.write(
                    new WriteBatch()
                            .delete(key(5))
                            .put(key(7), Slice.utf8("new"))
                            .put(key(20), value(20)),
                    Durability.SYNCED);
            archive.deleteRange(KeyRange.from(key(15)));
            archive.verify();
            Map<Slice, Slice> expected = map(0, 10);
            expected.remove(key(5));
            expected.put(key(7), Slice.utf8("new"));
            assertThat(content(archive), is(expected));
            assertThat(archive.get(key(5)), is(Optional.empty()));
            archive.compact();
            assertThat(content(archive), is(expected));
        }
    }

    @Test
    @DisplayName(
            "to replace a range without anything by nothing changes nothing; entries outside of the range are not taken")
    void replacesNothing() {
        try (ArchiveTier archive = open(OPTIONS);
                ArchiveTier source = SmallArchives.open(
                        disk.root().resolve("source"), new MemoryObjectStore(), SmallArchives.SMALL)) {
            archive.write(orders(0, 10), Durability.SYNCED);
            RequestCounts before = counted.counts();
            archive.deleteRange(KeyRange.from(key(100)));
            assertThat("puts", counted.counts().since(before).puts(), is(0L));
            source.apply(1, orders(0, 200));
            try (Cursor entries = source.cursor(KeyRange.all())) {
                entries.seekToLast();
                archive.replace(KeyRange.of(key(100), key(110)), entries);
                assertThat("the cursor stays open", entries.isValid() || !entries.isValid(), is(true));
            }
            Map<Slice, Slice> expected = map(0, 10);
            expected.putAll(map(100, 110));
            assertThat(content(archive), is(expected));
            assertThat(archive.lastSequence(), is(10L));
        }
    }

    @Test
    @DisplayName(
            "while it is not known which index is on the disk, nothing is deleted; the next checkpoint writes it again")
    void uncertainIndex() {
        for (DiskCall call : List.of(DiskCall.WRITE, DiskCall.SYNC, DiskCall.DIRECTORY_SYNC)) {
            for (int nth = 1; nth <= 8; nth++) {
                CrashDisk own = CrashDisk.create();
                MemoryObjectStore objects = new MemoryObjectStore();
                Path directory = own.root().resolve("archive");
                String when = call + " number " + nth + " fails";
                try (ArchiveTier archive = ArchiveTier.open(directory, objects, OPTIONS)) {
                    archive.write(orders(0, 20), Durability.SYNCED);
                    archive.write(orders(10, 30), Durability.SYNCED);
                    own.faults().failOnce(call, nth);
                    archive.apply(100, orders(25, 40));
                    boolean isStored = succeedsOnDisk(archive::checkpoint) && succeedsOnDisk(archive::compact);
                    assertAfterCrashes(own, objects, isStored ? 40 : 30, when);
                    archive.checkpoint();
                    assertAfterCrashes(own, objects, 40, when + ", and after a checkpoint");
                    archive.compact();
                    assertThat(when, content(archive), is(map(0, 40)));
                    archive.verifyObjects();
                    assertThat(
                            "objects that are stored, when " + when,
                            (long) objects.listAll("").size(),
                            is(archive.stats().get(Metric.TABLES)));
                }
            }
        }
    }

    /** Whatever a crash leaves now has orders up to 40, or, if that is less, up to {@code least}. */
    private static void assertAfterCrashes(CrashDisk own, MemoryObjectStore objects, int least, String when) {
        for (SurvivalMode mode : SurvivalMode.values()) {
            Path crashed = own.afterCrash(mode, 1).root().resolve("archive");
            try (ArchiveTier again = ArchiveTier.open(crashed, new Unclosed(objects), OPTIONS)) {
                Map<Slice, Slice> content = assertDoesNotThrow(
                        () -> content(again), "an object that the index on the disk names is gone: " + when);
                boolean isLegal = content.equals(map(0, 40)) || content.equals(map(0, least));
                assertThat(when + ", after a crash: " + content.size() + " entries", isLegal, is(true));
                again.verifyObjects();
            }
        }
    }

    private static boolean succeedsOnDisk(Runnable action) {
        try {
            action.run();
            return true;
        } catch (StorageIoException e) {
            return false;
        }
    }

    @Test
    @DisplayName("indexes and filters of objects that no index names any more leave the memory")
    void forgetsDroppedObjects() {
        ArchiveOptions noBlocks = OPTIONS.withMemory(new ArchiveOptions.Memory(1 << 20, 0, 1 << 20));
        try (ArchiveTier archive = open(noBlocks)) {
            archive.write(orders(0, 100), Durability.SYNCED);
            archive.checkpoint();
            assertThat(archive.get(key(7)), is(Optional.of(value(7))));
            assertThat("bytes in memory of the object that was read", archive.cachedBytes(), is(greaterThan(0L)));
            archive.deleteRange(KeyRange.all());
            assertThat("bytes in memory when there is no object", archive.cachedBytes(), is(0L));
        }
    }

    /** An object store that stays open, and deletes nothing: other archives use it. */
    private static final class Unclosed implements ObjectStore {
        private final ObjectStore store;

        Unclosed(ObjectStore store) {
            this.store = store;
        }

        @Override
        public void put(String name, Slice content) {
            store.put(name, content);
        }

        @Override
        public Optional<Slice> get(String name) {
            return store.get(name);
        }

        @Override
        public Optional<Slice> get(String name, long offset, int length) {
            return store.get(name, offset, length);
        }

        @Override
        public OptionalLong sizeBytes(String name) {
            return store.sizeBytes(name);
        }

        @Override
        public ObjectPage list(String prefix, String after, int countMax) {
            return store.list(prefix, after, countMax);
        }

        @Override
        public void delete(String name) {}

        @Override
        public void close() {}
    }
}
