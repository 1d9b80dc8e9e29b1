package storagelab.lsm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.api.StoreClosedException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.file.StatsRecorder;
import storagelab.log.CommitLog;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.VersionSet;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.lsm.NoMerges;

/** What closing a store waits for, and what cursors, gets and maintenance leave alone after it. */
class LsmCloseTest {
    private static final Slice KEY = Slice.utf8("key");
    private static final Slice ONE = Slice.utf8("1");
    private static final Slice TWO = Slice.utf8("2");

    private final CrashDisk disk = CrashDisk.create();
    private final Path home = disk.root().resolve("store");

    private LsmStore withOneTable(Slice value) {
        LsmStore store = LsmStore.open(home, LsmOptions.defaults().withMaintenance(MaintenanceKind.FOREGROUND));
        store.put(KEY, value);
        store.flush();
        return store;
    }

    @Test
    @DisplayName("a get that was opening a table when the store was closed left it open for good")
    void getOpenedATableAfterClose() throws InterruptedException {
        FileMetadata file;
        try (LsmStore store = withOneTable(ONE)) {
            file = store.version().files().get(0);
        }
        OpenTables tables = new OpenTables(home, LsmOptions.defaults(), new StatsRecorder());
        FileMetadata absent = new FileMetadata(file.number() + 1, 1, file.smallest(), file.largest());
        try (Crew crew = new Crew();
                Hold opening = disk.faults().hold(DiskCall.READ, ".ldb")) {
            crew.start("get", () -> assertThrows(StoreClosedException.class, () -> tables.get(file)));
            Eventually.holds("the get reads the footer of the table", () -> opening.waiting() == 1);
            crew.start("close", tables::close);
            Eventually.holds(
                    "close() has begun",
                    () -> assertThrows(StorageException.class, () -> tables.get(absent))
                            instanceof StoreClosedException);
            opening.close();
            crew.join();
        }
        assertThat("files that are open when the store is closed", disk.openFiles(), is(0));
    }

    @Test
    @DisplayName("a table was opened for a reader that came after close")
    void tableOpenedAfterClose() {
        FileMetadata file;
        try (LsmStore store = withOneTable(ONE)) {
            file = store.version().files().get(0);
        }
        OpenTables tables = new OpenTables(home, LsmOptions.defaults(), new StatsRecorder());
        tables.get(file);
        tables.close();
        long reads = disk.counters().reads();
        assertThrows(StoreClosedException.class, () -> tables.get(file));
        assertThat("reads after close", disk.counters().reads(), is(reads));
        assertThat("open files", disk.openFiles(), is(0));
    }

    @Test
    @DisplayName("a cursor that was closed after its store deleted a table, which was another store's by then")
    void cursorDeletedATableAfterClose() throws IOException {
        LsmStore store = withOneTable(ONE);
        Cursor cursor = store.cursor(KeyRange.all());
        long merged = store.version().files().get(0).number();
        store.compactAll();
        store.close();
        for (Path file : files()) {
            Files.delete(file);
        }
        try (LsmStore other = withOneTable(TWO)) {
            assertThat(
                    "number of the other store's table, as of the one that was merged",
                    other.version().files().get(0).number(),
                    is(merged));
            List<Path> before = files();
            cursor.close();
            assertThat("files of the other store", files(), is(before));
        }
        try (LsmStore other = LsmStore.open(home, LsmOptions.defaults())) {
            assertThat("get from the other store", other.get(KEY), is(Optional.of(TWO)));
        }
    }

    @Test
    @DisplayName("close did not wait for a frozen memtable if the one after it was empty: without a log it was lost")
    void frozenMemtableWasLost() throws InterruptedException {
        LsmOptions options = NoMerges.options(1 << 20).withoutLog();
        StatsRecorder stats = new StatsRecorder();
        VersionSet versions = VersionSet.create(disk.root(), stats, ManifestFormat.LEVELDB);
        LsmTree tree = new LsmTree(disk.root(), options, stats, versions, new SnapshotList(versions::lastSequence));
        CountDownLatch isAtWork = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        AtomicBoolean isFirst = new AtomicBoolean(true);
        Maintainer maintainer = new Maintainer(true, () -> {
            if (isFirst.getAndSet(false)) { // busy with something else while the memtable is frozen
                isAtWork.countDown();
                Uninterruptibles.awaitUninterruptibly(goesOn);
                return false;
            }
            return tree.flushStep();
        });
        WritePath writes = new WritePath(
                disk.root(), options, stats, new WritePath.Parts(versions, tree, maintainer, CommitLog.NONE));
        try (Crew crew = new Crew();
                tree) {
            maintainer.wake();
            Eventually.open("the flush thread is at work", isAtWork);
            writes.apply(1, new WriteBatch().put(KEY, ONE));
            writes.rotateIfNotEmpty();
            assertThat("frozen memtable", tree.state().frozen(), is(not(nullValue())));
            Thread closer = crew.start("close", writes::close);
            Eventually.waits(closer);
            goesOn.countDown();
            crew.join();
            assertThat("frozen memtable after close", tree.state().frozen(), is(nullValue()));
            assertThat("tables after close", tree.state().version().files().size(), is(1));
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> list = Files.list(home)) {
            return list.sorted().toList();
        }
    }
}
