package storagelab.grader.hidden.lab04;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.api.WriteBatch;
import storagelab.btree.TreeState;
import storagelab.btree.TreeVerifier;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.DiskOperation;
import storagelab.disk.Hold;
import storagelab.page.MetaPage;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.tree.DiskTree;

/** Exercise 4.13: what a checkpoint writes, and in what order. */
@Tag("4.13")
class CheckpointerHiddenTest {
    private final CrashDisk disk = CrashDisk.create();
    private final DiskTree at = DiskTree.create(disk);

    @AfterEach
    void close() {
        at.close();
    }

    @Test
    @DisplayName("pages and free list, sync, meta page, sync: in this order, and nothing else")
    void order() {
        at.fill(100, 30, "first");
        at.checkpointer.checkpoint();
        at.put("k050=changed");
        int from = disk.operations().size();
        at.checkpointer.checkpoint();
        assertEquals(
                "pages, sync, meta 0, sync",
                steps(from),
                "what the second checkpoint did to the disk (meta 0 is a write to meta page 0)");
        at.put("k050=again");
        from = disk.operations().size();
        at.checkpointer.checkpoint();
        assertEquals("pages, sync, meta 1, sync", steps(from), "what the third did");
    }

    @Test
    @DisplayName("each changed page is written once, and only those, the free list's too")
    void writesWhatHasChanged() {
        at.fill(100, 30, "first");
        at.checkpointer.checkpoint();
        Set<Integer> before =
                TreeVerifier.verify(at.tree, at.tree.state().root()).pages();
        for (int i = 0; i < 5; i++) {
            at.put("k050=" + i); // each time in other pages
        }
        int from = disk.operations().size();
        at.checkpointer.checkpoint();
        Set<Integer> expected = new HashSet<>(
                TreeVerifier.verify(at.tree, at.tree.state().root()).pages());
        expected.removeAll(before);
        expected.addAll(at.checkpointer.freeListPages());
        List<Integer> written = pagesWritten(from);
        assertEquals(expected, new HashSet<>(written), "the pages that the second checkpoint wrote");
        assertEquals(expected.size(), written.size(), "the number of page writes: is one written twice?");
    }

    @Test
    @DisplayName("a checkpoint says what is published: root, version, entries, depth, pages, log position")
    void meta() {
        at.fill(100, 30, "v");
        at.tree.setNextSequence(42);
        at.tree.reachNextSequence();
        at.checkpointer.checkpoint();
        TreeState state = at.tree.state();
        MetaPage meta = at.tree.file().meta();
        int depth = TreeVerifier.verify(at.tree, state.root()).depth();
        int freeListPage = meta.freeListPage();
        assertEquals(
                new MetaPage(
                        DiskTree.PAGE_BYTES,
                        1,
                        state.version(),
                        state.root(),
                        at.tree.freeList().pageCount(),
                        freeListPage,
                        100,
                        depth,
                        42),
                meta,
                "the record of the first checkpoint");
        assertTrue(depth == 2, "a depth of 2 was meant to be tested, not " + depth);
        assertEquals(
                state.version(), at.tree.frozenVersion(), "the frozen version: a checkpoint's pages stay as they are");
    }

    @Test
    @DisplayName("a checkpoint is of one moment, though other writers go on while its pages are synced")
    void ofOneMoment() throws InterruptedException {
        at.fill(20, 30, "v");
        at.checkpointer.checkpoint();
        at.put("k005=changed");
        long entries = at.tree.entries();
        try (Crew crew = new Crew()) {
            try (Hold sync = disk.faults().hold(DiskCall.SYNC, DiskTree.NAME)) {
                crew.start("checkpoint", () -> locked(at.checkpointer::checkpoint));
                Eventually.holds("the pages are being synced", () -> sync.waiting() == 1);
                Crew.mustEnd("a writer has to go on while pages are synced", () -> locked(() -> at.put("z1=1 z2=2")));
            }
            crew.join();
        }
        at.close();
        try (DiskTree reopened = DiskTree.open(disk)) {
            assertEquals(entries, reopened.tree.entries(), "entries of the checkpoint, as its meta page says");
            assertEquals(
                    (int) entries,
                    reopened.content(reopened.tree.state()).size(),
                    "entries of the checkpoint, counted in its tree");
            reopened.put("z3=3");
            reopened.checkpointer.checkpoint();
            assertEquals(entries + 1, reopened.tree.entries(), "entries after one more put");
        }
    }

    private void locked(Runnable task) {
        at.tree.writerLock().lock();
        try {
            task.run();
        } finally {
            at.tree.writerLock().unlock();
        }
    }

    @Test
    @DisplayName("a tree of three levels has depth 3")
    void threeLevels() {
        at.fill(900, 180, "v");
        at.checkpointer.checkpoint();
        assertEquals(
                3,
                TreeVerifier.verify(at.tree, at.tree.state().root()).depth(),
                "levels of the tree of this test, of 900 entries with values of 180 bytes");
        assertEquals(3, at.tree.file().meta().depth(), "depth of a checkpoint of a tree of three levels");
    }

    @Test
    @DisplayName("an empty tree has depth 0 and no root; one leaf has depth 1")
    void smallTrees() {
        at.put("a=1");
        at.checkpointer.checkpoint();
        assertEquals(1, at.tree.file().meta().depth(), "depth of one leaf");
        at.apply(new WriteBatch().delete(Slice.utf8("a")));
        at.checkpointer.checkpoint();
        assertEquals(0, at.tree.file().meta().depth(), "depth of an empty tree");
        assertEquals(0, at.tree.file().meta().rootPage(), "root of an empty tree");
        assertEquals(0, at.tree.file().meta().entries(), "its entries");
    }

    @Test
    @DisplayName("nothing is done if nothing was published since the last one")
    void nothingToDo() {
        at.put("a=1");
        at.checkpointer.checkpoint();
        MetaPage meta = at.tree.file().meta();
        int from = disk.operations().size();
        at.checkpointer.checkpoint();
        assertEquals("", steps(from), "what a checkpoint of nothing new does to the disk");
        assertEquals(meta, at.tree.file().meta(), "the record after it");
    }

    @Test
    @DisplayName("what only the last checkpoint needed is free after the next one, and not before")
    void released() {
        at.fill(100, 30, "v");
        at.checkpointer.checkpoint();
        Set<Integer> old = new HashSet<>(
                TreeVerifier.verify(at.tree, at.tree.state().root()).pages());
        at.fill(100, 30, "w");
        at.tree.reclaim();
        old.forEach(page -> assertTrue(
                !at.tree.freeList().isFree(page),
                "page " + page + " of the last checkpoint is free before the next one"));
        at.checkpointer.checkpoint();
        old.forEach(page -> assertTrue(
                at.tree.freeList().isFree(page),
                "page " + page + " of the checkpoint before is not free although nobody needs it"));
    }

    @Test
    @DisplayName("a tree that is empty again after some changes has a checkpoint of its own, with its log position")
    void emptyAgain() {
        at.put("a=1");
        at.apply(new WriteBatch().delete(Slice.utf8("a")));
        at.tree.setNextSequence(2);
        at.tree.reachNextSequence();
        at.checkpointer.checkpoint();
        MetaPage meta = at.tree.file().meta();
        assertEquals(1, meta.checkpoint(), "number of the checkpoint after a put and a delete of the same key");
        assertEquals(at.tree.state().version(), meta.version(), "its version");
        assertEquals(2, meta.logPosition(), "its log position");
    }

    @Test
    @DisplayName("checkpoint after checkpoint of the same few keys, the file does not grow")
    void doesNotGrow() {
        at.fill(100, 30, "v");
        at.checkpointer.checkpoint();
        at.fill(100, 30, "w");
        at.checkpointer.checkpoint();
        int pages = at.tree.file().meta().pageCount();
        for (int i = 0; i < 50; i++) {
            at.fill(100, 30, "v" + i);
            at.checkpointer.checkpoint();
        }
        int grown = at.tree.file().meta().pageCount();
        assertTrue(
                grown <= pages + 4,
                "the file has grown from " + pages + " to " + grown
                        + " pages over 50 checkpoints of the same keys: what is"
                        + " lost? The pages of the old free list?");
    }

    @Test
    @DisplayName("free pages at the end of the file are no longer part of it")
    void shrinks() {
        at.fill(200, 100, "v");
        at.checkpointer.checkpoint();
        int pages = at.tree.file().meta().pageCount();
        WriteBatch most = new WriteBatch();
        for (int i = 0; i < 199; i++) {
            most.delete(DiskTree.key(i));
        }
        at.apply(most);
        at.checkpointer.checkpoint();
        at.put("k199=1");
        at.checkpointer.checkpoint();
        at.put("k199=2");
        at.checkpointer.checkpoint();
        int left = at.tree.file().meta().pageCount();
        assertTrue(left < pages / 2, "a tree of one leaf is in a file of " + left + " pages; it was " + pages);
    }

    @Test
    @DisplayName("pages that a snapshot holds are free for whoever opens the file, and not here")
    void snapshotsEndWithTheProcess() {
        at.fill(100, 30, "old");
        TreeState held = at.tree.freeze();
        Map<String, String> content = at.content(held);
        for (int i = 0; i < 10; i++) {
            at.fill(100, 30, "new" + i);
            at.checkpointer.checkpoint();
            List<Integer> needed = at.tree.reclaimer().waiting();
            at.checkpointer
                    .freeListPages()
                    .forEach(page -> assertTrue(
                            !needed.contains(page),
                            "the free list is stored in page " + page + ", which somebody still needs as it was"));
        }
        assertEquals(content, at.content(held), "the version that is held, ten checkpoints later");
        List<Integer> kept = new ArrayList<>(at.tree.reclaimer().waiting());
        assertTrue(kept.size() > 5, "only " + kept.size() + " pages are kept for the version that is held");
        at.close();
        try (DiskTree reopened = DiskTree.open(disk)) {
            assertEveryPageIsSomewhere(reopened);
            kept.forEach(page -> assertTrue(
                    reopened.tree.freeList().isFree(page),
                    "page " + page + " was kept for a snapshot; there is none after opening, and it is not free"));
        }
    }

    @Test
    @DisplayName("a version that is released in the middle of a checkpoint loses no page")
    void releasedMeanwhile() {
        at.fill(100, 30, "old");
        at.checkpointer.checkpoint();
        at.fill(100, 30, "new");
        TreeState held = at.tree.freeze();
        at.fill(100, 30, "newest");
        at.tree.reclaim();
        at.tree.reclaimer().release(held.version()); // what waited for it can be used again, and was not taken
        at.checkpointer.checkpoint();
        at.close();
        try (DiskTree reopened = DiskTree.open(disk)) {
            assertEveryPageIsSomewhere(reopened);
        }
    }

    @Test
    @DisplayName("whichever call fails: the last checkpoint stays, its pages stay, and it is what the next open finds")
    void failures() {
        for (DiskCall call : List.of(DiskCall.WRITE, DiskCall.SYNC)) {
            for (int nth = 1; ; nth++) {
                CrashDisk failing = CrashDisk.create();
                DiskTree tree = DiskTree.create(failing);
                tree.fill(100, 30, "old");
                tree.checkpointer.checkpoint();
                MetaPage last = tree.tree.file().meta();
                Map<String, String> before = tree.content(tree.tree.state());
                tree.fill(100, 30, "new");
                Map<String, String> after = tree.content(tree.tree.state());
                failing.faults().failOnce(call, nth);
                try {
                    tree.checkpointer.checkpoint();
                    assertTrue(nth > 2 || call == DiskCall.WRITE, "a checkpoint with fewer than two syncs");
                    break;
                } catch (StorageException e) {
                    String when = call + " " + nth + " of the second checkpoint failed: ";
                    assertEquals(last, tree.tree.file().meta(), when + "the last checkpoint");
                    tree.tree.reclaim();
                    assertEquals(List.of(), needed(tree, last), when + "pages of the last checkpoint that are free");
                    assertEquals(after, tree.content(tree.tree.state()), when + "what is published");
                    tree.close();
                    assertOpensTo(failing, before, after, when);
                }
            }
        }
    }

    private static List<Integer> needed(DiskTree tree, MetaPage last) {
        return TreeVerifier.verify(tree.tree, last.rootPage()).pages().stream()
                .filter(tree.tree.freeList()::isFree)
                .toList();
    }

    private static void assertOpensTo(
            CrashDisk disk, Map<String, String> before, Map<String, String> after, String when) {
        try (DiskTree reopened = DiskTree.open(disk)) {
            Map<String, String> found = reopened.content(reopened.tree.state());
            assertTrue(found.equals(before) || found.equals(after), when + "opened again, it is neither state");
            assertEveryPageIsSomewhere(reopened);
        }
    }

    private static void assertEveryPageIsSomewhere(DiskTree opened) {
        Set<Integer> inTree =
                TreeVerifier.verify(opened.tree, opened.tree.state().root()).pages();
        for (int page = 2; page < opened.tree.freeList().pageCount(); page++) {
            boolean free = opened.tree.freeList().isFree(page);
            boolean used =
                    inTree.contains(page) || opened.checkpointer.freeListPages().contains(page);
            assertTrue(free || used, "page " + page + " is lost: after opening it is neither free nor in use");
            assertTrue(!free || !used, "page " + page + " is in use and free");
        }
    }

    private String steps(int from) {
        List<String> steps = new ArrayList<>();
        for (DiskOperation operation :
                disk.operations().subList(from, disk.operations().size())) {
            String step = operation instanceof DiskOperation.Write write ? target(write.offset()) : "sync";
            if (steps.isEmpty() || !steps.get(steps.size() - 1).equals(step) || !step.equals("pages")) {
                steps.add(step);
            }
        }
        return String.join(", ", steps);
    }

    private static String target(long offset) {
        return offset < 2 * DiskTree.PAGE_BYTES ? "meta " + offset / DiskTree.PAGE_BYTES : "pages";
    }

    private List<Integer> pagesWritten(int from) {
        List<Integer> pages = new ArrayList<>();
        for (DiskOperation operation :
                disk.operations().subList(from, disk.operations().size())) {
            if (operation instanceof DiskOperation.Write write && write.offset() >= 2 * DiskTree.PAGE_BYTES) {
                for (long offset = write.offset(); offset < write.end(); offset += DiskTree.PAGE_BYTES) {
                    pages.add((int) (offset / DiskTree.PAGE_BYTES));
                }
            }
        }
        return pages;
    }
}
