package storagelab.grader.hidden.lab04;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.WriteBatch;
import storagelab.btree.OverflowPages;
import storagelab.btree.PageSource;
import storagelab.btree.StoredValue;
import storagelab.btree.TreeChange;
import storagelab.btree.TreeEditor;
import storagelab.btree.TreeState;
import storagelab.btree.TreeVerifier;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.DiskOperation;
import storagelab.page.Frame;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;
import storagelab.testkit.tree.DiskTree;

/** Exercise 4.13: changes that nobody sees until they are published, and of which nothing is left if they are not. */
@Tag("4.13")
class TreeChangeHiddenTest {
    private final CrashDisk disk = CrashDisk.create();
    private final DiskTree at = DiskTree.create(disk);

    @AfterEach
    void close() {
        at.close();
    }

    @Test
    @DisplayName(
            "edit copies a page once, under a free number and with the version of the change; the old page stays as it was")
    void edit() {
        at.put("a=1");
        int old = at.tree.state().root();
        byte[] before = at.tree.read(old).clone();
        TreeChange change = new TreeChange(at.tree);
        int copy = change.edit(old);
        assertTrue(copy != old, "edit(" + old + ") is the old page, which others may be reading");
        assertEquals(copy, change.edit(copy), "edit of the copy, which was made for this change");
        assertEquals(2, PageLayout.born(change.read(copy)), "born of a page of the second change");
        assertEquals(copy, PageLayout.number(change.read(copy)), "number in the head of the copy");
        new SlottedPage(change.read(copy)).insert(1, Slice.utf8("b"), StoredValue.inline(Slice.utf8("2")));
        assertTrue(Arrays.equals(before, at.tree.read(old)), "the old page was changed with its copy");
        assertEquals(old, at.tree.state().root(), "the root before the change is published");
    }

    @Test
    @DisplayName("a published change is there, and the old pages wait for who still needs them")
    void publish() {
        at.put("a=1");
        TreeState held = at.tree.freeze();
        at.put("a=2 b=3");
        TreeState now = at.tree.state();
        assertEquals(held.version() + 1, now.version(), "the version after one more change");
        assertEquals(Map.of("a", "2", "b", "3"), at.content(now), "what is published");
        assertEquals(Map.of("a", "1"), at.content(held), "what a version shows that is held");
        assertEquals(
                List.of(held.root()), at.tree.reclaimer().waiting(), "pages that wait for the version that is held");
        at.tree.reclaimer().release(held.version());
        at.tree.reclaim();
        assertTrue(at.tree.freeList().isFree(held.root()), "page " + held.root() + " is not free when nobody needs it");
        assertEquals(1, at.tree.pool().residentPages(), "pages in the pool, of a tree that is one leaf");
        assertEquals(1, at.tree.pool().dirtyPages(), "dirty pages in the pool");
    }

    @Test
    @DisplayName("the version that is published is the one that its pages were born in, and older than none of them")
    void versions() {
        at.fill(60, 30, "v");
        for (int i = 0; i < 20; i++) {
            at.put("k%03d=%d".formatted(i * 3, i));
            TreeVerifier.verify(at.tree, at.tree.state().root());
            assertEquals(
                    at.tree.state().version(),
                    PageLayout.born(at.tree.read(at.tree.state().root())),
                    "born of the root of version " + at.tree.state().version());
        }
    }

    @Test
    @DisplayName(
            "an abandoned change leaves nothing: numbers are free, the pool has no page of it, the tree is as it was")
    void abandon() {
        at.fill(60, 30, "v");
        at.tree.reclaim();
        TreeState before = at.tree.state();
        Map<String, String> content = at.content(before);
        int inUse = at.tree.freeList().pageCount() - at.tree.freeList().freeCount();
        int resident = at.tree.pool().residentPages();
        TreeChange change = new TreeChange(at.tree);
        TreeEditor editor = new TreeEditor(change, before.root(), at.tree.entries());
        for (int i = 0; i < 60; i++) {
            editor.apply(new WriteBatch.Delete(DiskTree.key(i)));
            editor.apply(new WriteBatch.Put(Slice.utf8("n" + i), DiskTree.value("n", 5000)));
            change.spill(2);
        }
        change.abandon();
        assertEquals(before, at.tree.state(), "the state after a change that was abandoned");
        assertEquals(content, at.content(before), "the entries");
        assertEquals(
                inUse,
                at.tree.freeList().pageCount() - at.tree.freeList().freeCount(),
                "pages in use after a change that was abandoned");
        assertEquals(List.of(), at.tree.reclaimer().waiting(), "pages given up by a change that was abandoned");
        assertTrue(at.tree.pool().residentPages() <= resident, "the pool still has pages of the change");
        at.put("k000=again");
        TreeVerifier.verify(at.tree, at.tree.state().root());
    }

    @Test
    @DisplayName(
            "a page that was made for the change and freed again is free at once; another one only when nobody needs it")
    void freeing() {
        at.put("a=1");
        TreeState old = at.tree.freeze();
        TreeChange change = new TreeChange(at.tree);
        int mine = change.add(PageLayout.LEAF);
        assertFalse(at.tree.freeList().isFree(mine), "a page that was added is still in the list of free ones");
        change.free(mine, PageLayout.born(change.read(mine)));
        assertTrue(at.tree.freeList().isFree(mine), "a page of the change that was freed again is not free");
        change.free(old.root(), PageLayout.born(at.tree.read(old.root())));
        assertFalse(
                at.tree.freeList().isFree(old.root()), "a page that others may be reading is free before publication");
        assertEquals(List.of(), at.tree.reclaimer().waiting(), "given up before the change is published");
        change.publish(PageSource.NO_PAGE);
        assertEquals(List.of(old.root()), at.tree.reclaimer().waiting(), "given up when it is");
        assertEquals(Map.of("a", "1"), at.content(old), "what the version shows that is held");
    }

    @Test
    @DisplayName("isEmpty says whether anything was changed")
    void empty() {
        at.put("a=1");
        int root = at.tree.state().root();
        assertTrue(new TreeChange(at.tree).isEmpty(), "a new change is not empty");
        TreeChange edited = new TreeChange(at.tree);
        edited.edit(root);
        assertFalse(edited.isEmpty(), "a change that edits is empty");
        edited.abandon();
        TreeChange added = new TreeChange(at.tree);
        added.add(PageLayout.LEAF);
        assertFalse(added.isEmpty(), "a change that adds is empty");
        added.spill(0);
        assertFalse(added.isEmpty(), "a change that has added a page and spilled it is empty");
        added.abandon();
        TreeChange freed = new TreeChange(at.tree);
        freed.free(root, 1);
        assertFalse(freed.isEmpty(), "a change that frees is empty");
    }

    @Test
    @DisplayName(
            "pages that were spilled keep their numbers and can be changed again, also when the pool has let them go")
    void spill() {
        TreeChange change = new TreeChange(at.tree);
        List<Integer> pages = new ArrayList<>();
        for (int i = 0; i < 200; i++) { // three times the pool
            int page = change.add(PageLayout.LEAF);
            DiskTree.append(change, page, "k%03d".formatted(i), "1");
            pages.add(page);
            change.spill(10);
        }
        for (int i = 0; i < 200; i++) {
            int page = pages.get(i);
            assertEquals(page, change.edit(page), "edit of a page of the change that was spilled");
            DiskTree.append(change, page, "k%03d.".formatted(i), "2");
            assertEquals(2, new SlottedPage(change.read(page)).count(), "cells of page " + page + " in the change");
            change.spill(10);
        }
        change.publish(pages.get(7));
        assertEquals(Map.of("k007", "1", "k007.", "2"), at.content(at.tree.state()), "the page that is the root");
        for (int i = 0; i < 200; i++) {
            SlottedPage page = new SlottedPage(at.tree.read(pages.get(i)));
            assertEquals(2, page.count(), "cells of page " + pages.get(i) + " when published");
            assertEquals("k%03d".formatted(i), page.key(0).toUtf8(), "first key of page " + pages.get(i));
        }
    }

    @Test
    @DisplayName("spilled pages are the pool's: what it has no room for it writes, and it is read again from the file")
    void spilledLeaveMemory() {
        TreeChange change = new TreeChange(at.tree);
        List<Integer> pages = new ArrayList<>();
        for (int i = 0; i < 3 * DiskTree.POOL_PAGES; i++) {
            pages.add(change.add(PageLayout.LEAF));
        }
        change.spill(0);
        long before = disk.counters().reads();
        pages.forEach(change::read);
        long reads = disk.counters().reads() - before;
        assertTrue(
                reads >= 2 * DiskTree.POOL_PAGES,
                "to read " + pages.size() + " pages again that were spilled took " + reads + " reads, and the pool has "
                        + "room for " + DiskTree.POOL_PAGES + ": the change still has them in its hands");
    }

    @Test
    @DisplayName("a page of the change that is freed again leaves the pool: nobody writes it any more")
    void freedLeavesThePool() {
        TreeChange change = new TreeChange(at.tree);
        int page = change.add(PageLayout.LEAF);
        change.spill(0);
        assertEquals(1, at.tree.pool().dirtyPages(), "dirty pages in the pool after a page was spilled");
        change.free(page, PageLayout.born(change.read(page)));
        assertEquals(0, at.tree.pool().dirtyPages(), "dirty pages in the pool after it was freed again");
    }

    @Test
    @DisplayName("the number of a finished page that was freed is given to another: what was finished comes first")
    void freedAfterFinish() {
        TreeChange change = new TreeChange(at.tree);
        int page = change.add(PageLayout.LEAF);
        DiskTree.append(change, page, "a", "old");
        change.finish(page);
        change.free(page, at.tree.state().version() + 1); // and it was not read, so it may not be written yet
        assertEquals(page, change.add(PageLayout.LEAF), "the number that is free");
        DiskTree.append(change, page, "a", "new");
        change.spill(0);
        change.publish(page);
        assertEquals(Map.of("a", "new"), at.content(at.tree.state()), "the tree");
    }

    @Test
    @DisplayName("a few pages are not spilled")
    void spillsOnlyMany() {
        TreeChange change = new TreeChange(at.tree);
        for (int i = 0; i < 10; i++) {
            change.add(PageLayout.LEAF);
        }
        change.spill(10);
        assertEquals(0, at.tree.pool().residentPages(), "pages handed over by spill(10) of ten");
        change.add(PageLayout.LEAF);
        change.spill(10);
        assertEquals(11, at.tree.pool().residentPages(), "pages handed over by spill(10) of eleven");
    }

    @Test
    @DisplayName("finished neighbours are written with one call, past the pool, and can be read at any moment")
    void finish() {
        TreeChange change = new TreeChange(at.tree);
        Slice value = DiskTree.value("large", 20_000);
        int first = OverflowPages.write(change, value);
        assertEquals(value, OverflowPages.read(change, StoredValue.overflow(20_000, first)), "the value, read at once");
        assertEquals(1, writes(), "writes of 21 neighbours");
        assertEquals(0, at.tree.pool().residentPages(), "of which are in the pool");
        int leaf = change.add(PageLayout.LEAF);
        DiskTree.append(change, leaf, "a", "1");
        change.finish(leaf);
        assertEquals(
                1, new SlottedPage(change.read(leaf)).count(), "cells of a finished page, read before it is written");
        assertThrows(IllegalArgumentException.class, () -> change.finish(leaf), "finishing it twice");
        change.publish(leaf);
        assertEquals(Map.of("a", "1"), at.content(at.tree.state()), "the tree");
    }

    @Test
    @DisplayName("at most 256 finished pages wait to be written, however many neighbours there are")
    void longRuns() {
        TreeChange change = new TreeChange(at.tree);
        int first = change.add(PageLayout.LEAF);
        for (int finished = 1; finished <= 600; finished++) {
            int page = first + finished - 1;
            int next = change.add(PageLayout.LEAF);
            change.finish(page);
            assertTrue(
                    finished - pagesWritten() <= 256,
                    "of " + finished + " neighbours that were finished " + pagesWritten()
                            + " have been written: more than 256 are in memory");
            assertEquals(page + 1, next, "the page after " + page);
        }
        change.publish(first);
        assertEquals(600, pagesWritten(), "pages written of 600 that were finished");
        assertEquals(3, writes(), "writes of 600 neighbours, at most 256 at a time");
    }

    @Test
    @DisplayName("a change that was published cannot be abandoned any more")
    void abandonedAfterPublication() {
        TreeChange change = new TreeChange(at.tree);
        int leaf = change.add(PageLayout.LEAF);
        DiskTree.append(change, leaf, "a", "1");
        change.publish(leaf);
        change.abandon();
        assertFalse(at.tree.freeList().isFree(leaf), "the page of a published change is free after abandon()");
        assertEquals(Map.of("a", "1"), at.content(at.tree.state()), "the tree after abandon() of a published change");
    }

    @Test
    @DisplayName("a page that was replaced waits for versions that have it, and not for older ones")
    void bornOfReplacedPages() {
        at.put("a=1");
        TreeState old = at.tree.freeze();
        at.put("a=2");
        int between = at.tree.state().root();
        at.put("a=3");
        assertEquals(
                List.of(between),
                at.tree.reclaimer().takeReusable(),
                "pages that may be used again when version " + old.version() + " is held: page " + between
                        + " was made later and replaced");
        at.tree.reclaimer().release(old.version());
    }

    @Test
    @DisplayName("a publication for which the pool has no room throws, and the change can be abandoned")
    void poolIsFull() {
        at.put("a=1");
        TreeState before = at.tree.state();
        List<Frame> pinned = new ArrayList<>();
        TreeChange change = new TreeChange(at.tree);
        for (int i = 0; i < 63; i++) {
            change.add(PageLayout.LEAF);
        }
        change.spill(0);
        for (int page = 2; page < 66; page++) {
            pinned.add(at.tree.pool().pin(page));
        }
        TreeChange second = new TreeChange(at.tree);
        TreeEditor editor = new TreeEditor(second, before.root(), 1);
        editor.apply(new WriteBatch.Put(Slice.utf8("b"), Slice.utf8("2")));
        assertThrows(
                IllegalStateException.class, () -> second.publish(editor.root()), "all pages of the pool are pinned");
        second.abandon();
        assertEquals(before, at.tree.state(), "the state after a publication that failed");
        assertEquals(List.of(), at.tree.reclaimer().waiting(), "given up by a publication that failed");
        pinned.forEach(at.tree.pool()::unpin);
        change.abandon();
        at.put("b=2");
        assertEquals(Map.of("a", "1", "b", "2"), at.content(at.tree.state()), "the next change");
    }

    @Test
    @DisplayName("a page that cannot be written: the change can be abandoned, and the tree is as it was")
    void writeFails() {
        at.put("a=1");
        TreeState before = at.tree.state();
        TreeChange change = new TreeChange(at.tree);
        TreeEditor editor = new TreeEditor(change, before.root(), 1);
        disk.faults().failOnce(DiskCall.WRITE, 1);
        assertThrows(
                StorageIoException.class,
                () -> {
                    editor.apply(new WriteBatch.Put(Slice.utf8("b"), DiskTree.value("large", 9000)));
                    change.publish(editor.root());
                },
                "a change with a large value, when the disk cannot be written");
        change.abandon();
        assertEquals(before, at.tree.state(), "the state");
        assertEquals(Optional.of(Slice.utf8("1")), at.at(before, Slice.utf8("a")), "get(a)");
        at.tree.reclaim();
        int used = at.tree.freeList().pageCount() - at.tree.freeList().freeCount();
        assertEquals(3, used, "pages in use: two meta pages and a leaf");
    }

    private long pagesWritten() {
        return disk.operations().stream()
                .filter(DiskOperation.Write.class::isInstance)
                .map(DiskOperation.Write.class::cast)
                .filter(write -> write.offset() >= 2 * DiskTree.PAGE_BYTES)
                .mapToLong(write -> (write.end() - write.offset()) / DiskTree.PAGE_BYTES)
                .sum();
    }

    private long writes() {
        return disk.operations().stream()
                .filter(DiskOperation.Write.class::isInstance)
                .filter(write -> ((DiskOperation.Write) write).offset() >= 2 * DiskTree.PAGE_BYTES)
                .count();
    }
}
