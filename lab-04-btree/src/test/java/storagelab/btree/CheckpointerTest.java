package storagelab.btree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.file.StatsRecorder;
import storagelab.page.FreeList;
import storagelab.page.MetaPage;
import storagelab.page.PageFile;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.Seeds;
import storagelab.testkit.tree.DiskTree;

@Tag("4.13")
class CheckpointerTest {
    private static final int SIZE = DiskTree.PAGE_BYTES;
    private static final Map<String, String> BEFORE = Map.of("a", "1", "m", "2");
    private static final Map<String, String> AFTER = Map.of("a", "1", "m", "3");

    @Test
    @DisplayName("the example: pages 2, 6 and 8 are written, then meta page 1; 4, 5 and 7 are free from then on")
    void example() {
        CrashDisk disk = CrashDisk.create();
        try (DiskTree opened = checkpointSix(disk)) {
            changeLeafFour(opened.tree);
            opened.checkpointer.checkpoint();
            assertThat(
                    "the record of checkpoint 7",
                    opened.tree.file().meta(),
                    is(new MetaPage(SIZE, 7, 7, 2, 9, 8, 2, 2)));
            assertThat("pages of the free list", opened.checkpointer.freeListPages(), contains(8));
            for (int page : new int[] {4, 5, 7}) {
                assertThat("page " + page + " is free", opened.tree.freeList().isFree(page), is(true));
            }
            assertThat("free pages", opened.tree.freeList().freeCount(), is(3));
        }
        try (DiskTree reopened = DiskTree.open(disk)) {
            assertThat("opened again", reopened.content(reopened.tree.state()), is(AFTER));
            assertThat("free pages", reopened.tree.freeList().freeCount(), is(3));
        }
    }

    @Test
    @DisplayName("other writers go on while the pages of a checkpoint are synced; what they change is in the next one")
    void writersGoOn() throws InterruptedException {
        CrashDisk disk = CrashDisk.create();
        try (DiskTree opened = DiskTree.create(disk);
                Crew crew = new Crew()) {
            opened.put("a=1 b=2");
            ReentrantLock writer = opened.tree.writerLock();
            try (Hold sync = disk.faults().hold(DiskCall.SYNC, DiskTree.NAME)) {
                crew.start("checkpoint", () -> locked(writer, opened.checkpointer::checkpoint));
                Eventually.holds("the pages are being synced", () -> sync.waiting() == 1);
                Crew.mustEnd(
                        "a writer that comes while the pages of a checkpoint are synced has to go on",
                        () -> locked(writer, () -> opened.put("b=3 c=4")));
            }
            crew.join();
        }
        try (DiskTree reopened = DiskTree.open(disk)) {
            assertThat(
                    "what the checkpoint has", reopened.content(reopened.tree.state()), is(Map.of("a", "1", "b", "2")));
        }
    }

    private static void locked(ReentrantLock lock, Runnable task) {
        lock.lock();
        try {
            task.run();
        } finally {
            lock.unlock();
        }
    }

    @Test
    @DisplayName("the example, with the power cut after every operation: checkpoint 6 or checkpoint 7, whole")
    void exampleWithCrashes() {
        Seeds.check(1, random -> {
            CrashDisk disk = CrashDisk.create();
            int operationsBefore;
            try (DiskTree opened = checkpointSix(disk)) {
                operationsBefore = disk.operations().size();
                changeLeafFour(opened.tree);
                opened.checkpointer.checkpoint();
            }
            CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()).withFirstOperation(operationsBefore),
                    disk,
                    crash -> {
                        try (DiskTree found = DiskTree.open(crash.disk())) {
                            long checkpoint = found.tree.file().meta().checkpoint();
                            assertThat("the checkpoint", checkpoint, is(anyOf(is(6L), is(7L))));
                            assertThat(
                                    "the entries of checkpoint " + checkpoint,
                                    found.content(found.tree.state()),
                                    is(checkpoint == 6 ? BEFORE : AFTER));
                        }
                    });
        });
    }

    @Test
    @DisplayName("a checkpoint takes two syncs, and none if nothing was published")
    void syncs() {
        CrashDisk disk = CrashDisk.create();
        try (DiskTree opened = DiskTree.create(disk)) {
            opened.put("a", "1");
            long syncs = disk.counters().syncs();
            opened.checkpointer.checkpoint();
            assertThat("syncs of a checkpoint", disk.counters().syncs() - syncs, is(2L));
            opened.checkpointer.checkpoint();
            assertThat("syncs of two, one with nothing to do", disk.counters().syncs() - syncs, is(2L));
        }
    }

    /** Checkpoint 6: the root 5 over the leaves 3 and 4, the free list in 7; 2 and 6 are free. */
    private static DiskTree checkpointSix(CrashDisk disk) {
        PageFile file = PageFile.create(DiskTree.path(disk), SIZE, new StatsRecorder());
        for (int checkpoint = 1; checkpoint <= 5; checkpoint++) {
            file.publish(new MetaPage(SIZE, checkpoint, checkpoint, PageLayout.NO_PAGE, 2, PageLayout.NO_PAGE, 0, 0));
        }
        file.write(3, leaf("a", "1"));
        file.write(4, leaf("m", "2"));
        byte[] root = PageLayout.newPage(SIZE, PageLayout.BRANCH, 6);
        SlottedPage.format(root, PageLayout.BRANCH);
        PageLayout.setBorn(root, 6);
        BranchNode branch = new BranchNode(root);
        branch.setChild(0, 3);
        branch.insert(0, Slice.utf8("m"), 4);
        file.write(5, root);
        FreeList free = new FreeList(8);
        free.release(2);
        free.release(6);
        free.release(7);
        int list = free.store(file, 6, page -> page == 7);
        file.sync();
        file.publish(new MetaPage(SIZE, 6, 6, 5, 8, list, 2, 2));
        disk.syncAll();
        return DiskTree.of(file);
    }

    private static byte[] leaf(String key, String value) {
        byte[] bytes = new byte[SIZE];
        SlottedPage.format(bytes, PageLayout.LEAF).insert(0, Slice.utf8(key), StoredValue.inline(Slice.utf8(value)));
        PageLayout.setBorn(bytes, 6);
        return bytes;
    }

    private static void changeLeafFour(SharedTree tree) {
        TreeChange change = new TreeChange(tree);
        int root = change.edit(5);
        int leaf = change.edit(4);
        assertThat("the copies of 5 and 4", new int[] {root, leaf}, is(new int[] {2, 6}));
        new SlottedPage(change.read(leaf)).replace(0, StoredValue.inline(Slice.utf8("3")));
        new BranchNode(change.read(root)).setChild(1, leaf);
        change.publish(root);
    }
}
