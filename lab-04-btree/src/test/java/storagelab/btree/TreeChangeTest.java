package storagelab.btree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.StorageIoException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;
import storagelab.testkit.tree.DiskTree;

@Tag("4.13")
class TreeChangeTest {
    private final CrashDisk disk = CrashDisk.create();
    private final DiskTree opened = DiskTree.create(disk);
    private final SharedTree tree = opened.tree;

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    @DisplayName("edit copies a page under a free number, once, and the old page stays as it was")
    void edit() {
        opened.put("a", "1");
        int old = tree.state().root();
        TreeChange change = new TreeChange(tree);
        int copy = change.edit(old);
        assertThat("edit of the copy", change.edit(copy), is(copy));
        assertThat(
                "born of the copy",
                PageLayout.born(change.read(copy)),
                is(tree.state().version() + 1));
        DiskTree.append(change, copy, "b", "2");
        assertThat("cells of the copy", new SlottedPage(change.read(copy)).count(), is(2));
        assertThat("cells of the old page", new SlottedPage(tree.read(old)).count(), is(1));
        change.publish(copy);
        assertThat("what is published", opened.content(tree.state()), is(Map.of("a", "1", "b", "2")));
    }

    @Test
    @DisplayName("what a change has replaced waits for who holds the version before")
    void replaced() {
        opened.put("a", "1");
        TreeState held = tree.freeze();
        opened.put("a", "2");
        assertThat("waiting", tree.reclaimer().waiting(), contains(held.root()));
        assertThat("the version that is held", opened.content(held), is(Map.of("a", "1")));
        tree.reclaimer().release(held.version());
        tree.reclaim();
        assertThat("the old root is free when it is released", tree.freeList().isFree(held.root()), is(true));
    }

    @Test
    @DisplayName("after abandon every number is free again and nothing was given up")
    void abandon() {
        opened.put("a", "1");
        TreeState before = tree.state();
        TreeChange change = new TreeChange(tree);
        int copy = change.edit(before.root());
        int added = change.add(PageLayout.LEAF);
        change.spill(0);
        change.abandon();
        assertThat("the copy is free", tree.freeList().isFree(copy), is(true));
        assertThat("the new page is free", tree.freeList().isFree(added), is(true));
        assertThat("given up", tree.reclaimer().waiting(), is(empty()));
        assertThat("the state", tree.state(), is(before));
    }

    @Test
    @DisplayName("a page that was spilled keeps its number and can be changed again")
    void spill() {
        TreeChange change = new TreeChange(tree);
        int page = change.add(PageLayout.LEAF);
        DiskTree.append(change, page, "a", "1");
        change.spill(0);
        assertThat("edit of a page that was spilled", change.edit(page), is(page));
        DiskTree.append(change, page, "b", "2");
        change.publish(page);
        assertThat("the tree", opened.content(tree.state()), is(Map.of("a", "1", "b", "2")));
    }

    @Test
    @DisplayName("a finished page can be read before it is written")
    void finishedPageIsRead() {
        TreeChange change = new TreeChange(tree);
        int page = change.add(PageLayout.LEAF);
        DiskTree.append(change, page, "a", "1");
        change.finish(page);
        assertThat("cells", new SlottedPage(change.read(page)).count(), is(1));
        change.publish(page);
        assertThat("the tree", opened.content(tree.state()), is(Map.of("a", "1")));
    }

    @Test
    @DisplayName("a page that is freed while the disk fails is not lost when the change is abandoned")
    void freedWhileTheDiskFails() {
        TreeChange change = new TreeChange(tree);
        int finished = change.add(PageLayout.LEAF);
        int freed = change.add(PageLayout.LEAF);
        change.finish(finished);
        disk.faults().failOnce(DiskCall.WRITE, 1);
        try {
            change.free(freed, PageLayout.born(change.read(freed)));
        } catch (StorageIoException e) {
            assertThat("what it says", e.getMessage(), containsString(BTreeStore.FILE_NAME));
        }
        change.abandon();
        assertThat("free pages", tree.freeList().freeCount(), is(2));
    }

    @Test
    @DisplayName("a late reader's page does not hide what is written past the pool under the same number")
    void lateReaderHidesAPage() {
        opened.put("a", "old");
        tree.pool().writeBack(Long.MAX_VALUE);
        int page = tree.state().root();
        opened.put("a", "other");
        tree.reclaim();
        TreeChange change = new TreeChange(tree);
        assertThat("the page that is free", change.add(PageLayout.LEAF), is(page));
        tree.read(page); // by somebody who has begun at the old root
        DiskTree.append(change, page, "a", "new");
        change.finish(page);
        change.publish(page);
        assertThat("the tree", opened.content(tree.state()), is(Map.of("a", "new")));
    }
}
