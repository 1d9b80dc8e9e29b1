package storagelab.grader.hidden.lab04;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.grader.hidden.lab04.PageBytes.SIZE;
import static storagelab.testkit.ByteMatchers.sameBytesAs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.StorageException;
import storagelab.api.StorageIoException;
import storagelab.api.StoreFailedException;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashPoint;
import storagelab.disk.DiskCall;
import storagelab.disk.DiskCounters;
import storagelab.disk.Hold;
import storagelab.disk.SurvivalMode;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.page.FreeList;
import storagelab.page.MetaPage;
import storagelab.page.PageFile;
import storagelab.page.PageLayout;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

/** Exercise 4.4: what a page file is after a crash, a failed sync, or with bits that have changed. */
@Tag("4.4")
class PageFileDurabilityHiddenTest {
    private static final String NAME = "tree.pages";
    private static final int CHECKPOINTS = 5;

    private final CrashDisk disk = CrashDisk.create();
    private final Path path = disk.root().resolve(NAME);
    private final StatsRecorder stats = new StatsRecorder();

    @Test
    @DisplayName(
            "after a crash at any moment, and one during the next open, the last checkpoint is there or the one after it, whole")
    void everyCrash() throws Exception {
        CrashExplorer.explore(
                CrashExplorerOptions.defaults()
                        .withSeed(Seeds.base())
                        .withRandomImages(6)
                        .withRecoveryCrashes(3, 4),
                recorded -> {
                    Path target = recorded.root().resolve(NAME);
                    PageFile file = PageFile.create(target, SIZE, stats);
                    syncDirectory(recorded);
                    recorded.ack(0);
                    for (int checkpoint = 1; checkpoint <= CHECKPOINTS; checkpoint++) {
                        if (checkpoint % 2 == 0) {
                            file.close();
                            file = PageFile.open(target, stats);
                        }
                        MetaPage meta = meta(checkpoint);
                        file.write(meta.rootPage(), PageBytes.leaf(SIZE, checkpoint));
                        file.sync();
                        file.publish(meta);
                        recorded.ack(checkpoint);
                    }
                    file.close();
                },
                PageFileDurabilityHiddenTest::checkAfterCrash);
    }

    private static void checkAfterCrash(CrashPoint crash) {
        Path target = crash.root().resolve(NAME);
        int acknowledged = crash.acknowledged().size() - 1; // checkpoint 0 was the first
        if (acknowledged < 0 && Files.notExists(target)) {
            return;
        }
        try (PageFile file = PageFile.open(target, new StatsRecorder())) {
            long found = file.meta().checkpoint();
            assertTrue(
                    found == acknowledged || found == acknowledged + 1L,
                    "checkpoint " + found + " was found, and " + acknowledged + " is the last that was acknowledged");
            if (found > 0) {
                assertEquals(meta(found), file.meta(), "meta() after the crash");
                assertThat(
                        "the page of checkpoint " + found,
                        file.read(file.meta().rootPage()),
                        sameBytesAs(PageBytes.sealed(
                                PageBytes.leaf(SIZE, found), file.meta().rootPage())));
            }
            crash.recovered();
            file.publish(meta(found + 1));
        }
    }

    @Test
    @DisplayName(
            "what an interrupted creation left behind is in nobody's way, and whoever finds the file finds a whole one")
    void interruptedCreation() throws Exception {
        PageBytes.write(disk.root().resolve(NAME + ".new"), new byte[3000]);
        PageFile.create(path, SIZE, stats).close();
        assertTrue(
                Files.notExists(disk.root().resolve(NAME + ".new")),
                "there is still a file " + NAME + ".new after create");
        syncDirectory(disk);
        CrashDisk after = disk.afterCrash(SurvivalMode.NOTHING, 0);
        try (PageFile file = PageFile.open(after.root().resolve(NAME), stats)) {
            assertEquals(MetaPage.empty(SIZE), file.meta(), "meta() of a new file after a crash");
        }
    }

    @Test
    @DisplayName(
            "a checkpoint costs one write, to the page whose turn it is, and one sync; the other page stays as it is")
    void costOfACheckpoint() {
        try (PageFile file = PageFile.create(path, SIZE, stats)) {
            file.write(4, PageBytes.leaf(SIZE, 4)); // the last of every checkpoint
            for (int checkpoint = 1; checkpoint <= 4; checkpoint++) {
                file.write(meta(checkpoint).rootPage(), PageBytes.leaf(SIZE, checkpoint));
                byte[] before = PageBytes.read(path);
                DiskCounters start = disk.counters();
                long blocks = stats.get(FileMetrics.BLOCKS_WRITTEN);
                file.publish(meta(checkpoint));
                assertEquals(
                        0,
                        stats.get(FileMetrics.BLOCKS_WRITTEN) - blocks,
                        "BLOCKS_WRITTEN for checkpoint " + checkpoint + ": meta pages are not counted");
                DiskCounters cost = disk.counters().since(start);
                assertEquals(1, cost.writes(), "writes for checkpoint " + checkpoint);
                assertEquals(1, cost.syncs(), "syncs for checkpoint " + checkpoint);
                byte[] after = PageBytes.read(path);
                int own = checkpoint % 2 * SIZE;
                for (int offset : PageBytes.RECORD_OFFSETS) {
                    assertThat(
                            "the record of checkpoint " + checkpoint + " at byte " + (own + offset),
                            PageBytes.cut(after, own + offset, PageBytes.RECORD_BYTES),
                            sameBytesAs(PageBytes.record(meta(checkpoint))));
                }
                assertThat(
                        "everything but the meta page of checkpoint " + checkpoint,
                        PageBytes.patched(after, own, new byte[SIZE]),
                        sameBytesAs(PageBytes.patched(before, own, new byte[SIZE])));
            }
        }
    }

    @Test
    @DisplayName(
            "only the checkpoint after the last one can be published, with pages of the same size; nothing is written else")
    void nextCheckpointOnly() {
        try (PageFile file = PageFile.create(path, SIZE, stats)) {
            file.publish(plain(SIZE, 1));
            byte[] before = PageBytes.read(path);
            for (MetaPage wrong : List.of(plain(SIZE, 0), plain(SIZE, 1), plain(SIZE, 3), plain(2048, 2))) {
                assertThrows(IllegalArgumentException.class, () -> file.publish(wrong), "publish of " + wrong);
            }
            assertThat("the file after that", PageBytes.read(path), sameBytesAs(before));
            file.publish(plain(SIZE, 2));
            assertEquals(2, file.meta().checkpoint(), "the checkpoint that is published after that");
        }
    }

    @Test
    @DisplayName(
            "a checkpoint whose last pages are free and were never written opens again, also after a crash right behind it")
    void freeTail() throws Exception {
        CrashExplorer.explore(
                CrashExplorerOptions.defaults().withSeed(Seeds.base()).withRandomImages(6),
                recorded -> {
                    try (PageFile file = PageFile.create(recorded.root().resolve(NAME), SIZE, stats)) {
                        syncDirectory(recorded);
                        recorded.ack(0);
                        file.publish(new MetaPage(SIZE, 1, 1, 0, 40, 0, 0, 0));
                        recorded.ack(1);
                    }
                },
                crash -> {
                    if (!crash.acknowledged().isEmpty()) {
                        try (PageFile file = PageFile.open(crash.root().resolve(NAME), stats)) {
                            assertTrue(
                                    file.meta().checkpoint()
                                            >= crash.acknowledged().size() - 1,
                                    "a checkpoint that was acknowledged is gone: " + file.meta());
                        }
                    }
                });
    }

    @Test
    @DisplayName(
            "after a sync or a publish that failed both are refused, pages are read and written, and open finds either state")
    void failures() {
        for (DiskCall call : new DiskCall[] {DiskCall.SYNC, DiskCall.WRITE}) {
            CrashDisk failing = CrashDisk.create();
            Path target = failing.root().resolve(NAME);
            PageFile file = PageFile.create(target, SIZE, stats);
            file.publish(plain(SIZE, 1));
            failing.faults().failOnce(call, 1);
            assertThrows(
                    StorageIoException.class, () -> file.publish(plain(SIZE, 2)), "publish when a " + call + " fails");
            assertEquals(1, file.meta().checkpoint(), "the checkpoint after a publish that failed");
            assertThrows(StoreFailedException.class, () -> file.publish(plain(SIZE, 2)), "the same publish again");
            assertThrows(StoreFailedException.class, file::sync, "sync after a publish that failed");
            file.write(3, PageBytes.leaf(SIZE, 3));
            assertThat(
                    "page 3, written after that",
                    file.read(3),
                    sameBytesAs(PageBytes.sealed(PageBytes.leaf(SIZE, 3), 3)));
            file.close();
            try (PageFile reopened = PageFile.open(target, stats)) {
                long found = reopened.meta().checkpoint();
                assertTrue(found == 1 || found == 2, "checkpoint " + found + " after opening again");
                reopened.publish(plain(SIZE, found + 1));
            }
        }
        PageFile file = PageFile.create(path, SIZE, stats);
        disk.faults().failOnce(DiskCall.SYNC, 1);
        assertThrows(StorageIoException.class, file::sync, "sync when the disk fails");
        assertThrows(StoreFailedException.class, file::sync, "the sync after it");
        assertThrows(StoreFailedException.class, () -> file.publish(plain(SIZE, 1)), "a publish after it");
        assertEquals(0, file.meta().checkpoint(), "the checkpoint after a publish that was refused");
    }

    @Test
    @DisplayName(
            "pages that a failed sync was about are not read back as if they were on the disk, until they are written again")
    void doubtfulPages() {
        PageFile file = PageFile.create(path, SIZE, stats);
        byte[] old = PageBytes.leaf(SIZE, 3);
        file.write(3, old);
        file.write(4, old);
        file.sync();
        file.write(4, PageBytes.leaf(SIZE, 4));
        file.writeRun(5, List.of(PageBytes.leaf(SIZE, 5), PageBytes.leaf(SIZE, 6)));
        assertThat("page 4 before the sync", file.read(4), sameBytesAs(PageBytes.sealed(PageBytes.leaf(SIZE, 4), 4)));
        disk.faults().failOnce(DiskCall.SYNC, 1);
        assertThrows(StorageIoException.class, file::sync, "the sync that the disk fails");
        assertThat("page 3, synced before", file.read(3), sameBytesAs(PageBytes.sealed(old, 3)));
        for (int page = 4; page <= 6; page++) {
            int doubtful = page;
            assertThrows(
                    StorageIoException.class,
                    () -> file.read(doubtful),
                    "read(" + page + "), which the failed sync was about");
        }
        file.write(4, PageBytes.leaf(SIZE, 44));
        assertThat(
                "page 4, written again after the sync that failed",
                file.read(4),
                sameBytesAs(PageBytes.sealed(PageBytes.leaf(SIZE, 44), 4)));
        disk.faults().failOnce(DiskCall.WRITE, 1);
        List<byte[]> run = List.of(PageBytes.leaf(SIZE, 55), PageBytes.leaf(SIZE, 66));
        assertThrows(StorageIoException.class, () -> file.writeRun(5, run), "writing pages 5 and 6 again, which fails");
        assertThrows(
                StorageIoException.class,
                () -> file.read(5),
                "read(5), which was to be written again after the sync that failed, and was not: that failed, too");
        file.writeRun(5, run);
        Step.at("read of pages 5 and 6, written again in a run after the sync that failed: they can be read");
        for (int page = 5; page <= 6; page++) {
            assertThat(
                    "page " + page + ", written again in a run after the sync that failed",
                    file.read(page),
                    sameBytesAs(PageBytes.sealed(PageBytes.leaf(SIZE, 11 * page), page)));
        }
        file.close();
    }

    @Test
    @DisplayName("a page that is written while a sync is under way is not what that sync was about, but the next one")
    void writtenDuringASync() throws InterruptedException {
        PageFile file = PageFile.create(path, SIZE, stats);
        file.write(3, PageBytes.leaf(SIZE, 3));
        try (Crew crew = new Crew();
                Hold syncs = disk.faults().hold(DiskCall.SYNC, NAME)) {
            crew.start("a thread that syncs", file::sync);
            Eventually.holds("a sync waits for the disk", () -> syncs.waiting() > 0 || crew.hasFailed());
            file.write(4, PageBytes.leaf(SIZE, 4));
            syncs.close();
            crew.join();
        }
        disk.faults().failOnce(DiskCall.SYNC, 1);
        assertThrows(StorageIoException.class, file::sync, "the next sync, which the disk fails");
        assertThat(
                "page 3, which the first sync was about",
                file.read(3),
                sameBytesAs(PageBytes.sealed(PageBytes.leaf(SIZE, 3), 3)));
        assertThrows(
                StorageIoException.class,
                () -> file.read(4),
                "read(4), which was written while the first sync was under way: the second, which failed, was about it");
        file.close();
    }

    @Test
    @DisplayName(
            "what was written before a sync that failed is not read back: it may be the page that was there before")
    void lostPages() {
        for (boolean whilePublishing : new boolean[] {false, true}) {
            CrashDisk failing = CrashDisk.create();
            PageFile file = PageFile.create(failing.root().resolve(NAME), SIZE, stats);
            for (int page = 2; page < 6; page++) {
                file.write(page, PageBytes.leaf(SIZE, page));
            }
            file.sync();
            file.write(3, PageBytes.leaf(SIZE, 3));
            file.writeRun(4, List.of(PageBytes.leaf(SIZE, 4), PageBytes.leaf(SIZE, 5)));
            failing.faults().failOnce(DiskCall.SYNC, 1);
            assertThrows(
                    StorageIoException.class,
                    () -> {
                        if (whilePublishing) {
                            file.publish(plain(SIZE, 1));
                        } else {
                            file.sync();
                        }
                    },
                    "the sync that the disk fails");
            assertEquals(2, PageLayout.number(file.read(2)), "page 2, which an earlier sync has put on the disk");
            for (int page = 3; page < 6; page++) {
                int lost = page;
                assertThrows(
                        StorageIoException.class,
                        () -> file.read(lost),
                        "reading page " + page + ", which was written before the sync that failed");
            }
            file.write(6, PageBytes.leaf(SIZE, 6));
            assertEquals(6, PageLayout.number(file.read(6)), "page 6, which was written after it");
            file.close();
        }
    }

    @Test
    @DisplayName(
            "the checkpoint that open returns is on the disk, though the process before died between writing and syncing it")
    void openMakesDurable() throws Exception {
        PageFile file = PageFile.create(path, SIZE, stats);
        file.publish(plain(SIZE, 1));
        syncDirectory(disk);
        disk.faults().failOnce(DiskCall.SYNC, 1);
        assertThrows(StorageIoException.class, () -> file.publish(plain(SIZE, 2)), "publish when the sync fails");
        file.close();
        long blocks = stats.get(FileMetrics.BLOCKS_READ) + stats.get(FileMetrics.BLOCKS_WRITTEN);
        PageFile reopened = PageFile.open(path, stats);
        assertEquals(
                0,
                stats.get(FileMetrics.BLOCKS_READ) + stats.get(FileMetrics.BLOCKS_WRITTEN) - blocks,
                "BLOCKS_READ and BLOCKS_WRITTEN for open: meta pages are not counted");
        long found = reopened.meta().checkpoint();
        CrashDisk after = disk.afterCrash(SurvivalMode.NOTHING, 0);
        try (PageFile recovered = PageFile.open(after.root().resolve(NAME), stats)) {
            assertEquals(
                    found, recovered.meta().checkpoint(), "the checkpoint after a crash, which open had found before");
        }
        reopened.close();
    }

    @Test
    @DisplayName(
            "bits of a whole file turned over, in records each: meta, pages, free list are as before, or it is damage")
    void everyBitOfAFile() {
        MetaPage meta = fileOfSixPages();
        byte[] whole = PageBytes.read(path);
        int triedInPages = 0;
        int found = 0;
        for (int first = 0; first < whole.length; first += 256) {
            Path copy = CrashDisk.create().root().resolve(NAME); // each remembers all that was written to it
            for (int bit = 8 * first; bit < 8 * (first + 256); bit += isInRecord(bit / 8) ? 1 : 11) {
                PageBytes.write(copy, PageBytes.flipped(whole, bit));
                found += isFoundDamaged(copy, meta, "bit " + bit % 8 + " of byte " + bit / 8 + " turned over") ? 1 : 0;
                triedInPages += bit / 8 / SIZE >= 2 && bit / 8 / SIZE < 5 ? 1 : 0;
            }
        }
        assertTrue(found >= triedInPages, "of " + triedInPages + " bits in three pages only " + found + " were found");
    }

    private static boolean isInRecord(int offset) {
        return offset < 2 * SIZE && offset % 512 < PageBytes.RECORD_BYTES;
    }

    /** Two pages, a free list, and a page that was never written. */
    private MetaPage fileOfSixPages() {
        try (PageFile file = PageFile.create(path, SIZE, stats)) {
            file.publish(plain(SIZE, 1));
            FreeList list = new FreeList(6);
            list.release(3);
            list.release(5);
            for (int page : new int[] {2, 4}) {
                file.write(page, PageBytes.leaf(SIZE, page));
            }
            MetaPage meta = new MetaPage(SIZE, 2, 9, 2, 6, list.store(file, 1), 1, 1);
            file.sync();
            file.publish(meta);
            return meta;
        }
    }

    private boolean isFoundDamaged(Path copy, MetaPage meta, String what) {
        try (PageFile file = PageFile.open(copy, stats)) {
            assertEquals(meta, file.meta(), what + ": meta()");
            assertEquals(1, FreeList.load(file, file.meta()).freeCount(), what + ": free pages");
            for (int page : new int[] {2, 4}) {
                assertThat(
                        what + ": page " + page,
                        file.read(page),
                        sameBytesAs(PageBytes.sealed(PageBytes.leaf(SIZE, page), page)));
            }
            return false;
        } catch (CorruptionException e) {
            assertTrue(e.file().endsWith(NAME), what + ": the file that it names is " + e.file());
            return true;
        } catch (StorageException e) {
            throw new AssertionError(what + ": it should have been a CorruptionException, and was " + e, e);
        }
    }

    private static void syncDirectory(CrashDisk target) throws IOException {
        try (FileChannel channel = FileChannel.open(target.root(), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static MetaPage plain(int size, long checkpoint) {
        return new MetaPage(size, checkpoint, checkpoint, 0, 2, 0, 0, 0);
    }

    /** A checkpoint with one page, which is another one each time. */
    private static MetaPage meta(long checkpoint) {
        int root = 2 + (int) checkpoint % 3;
        return new MetaPage(SIZE, checkpoint, 10 * checkpoint, root, 5, 0, checkpoint, 1);
    }
}
