package storagelab.grader.hidden.lab04;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.api.WriteBatch.Operation;
import storagelab.btree.BranchNode;
import storagelab.btree.LeafChange;
import storagelab.btree.LeafChange.Outcome;
import storagelab.btree.StoredValue;
import storagelab.btree.TreeState;
import storagelab.btree.TreeVerifier;
import storagelab.course.ExerciseNotDone;
import storagelab.disk.CrashDisk;
import storagelab.page.Frame;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;
import storagelab.testkit.tree.DiskTree;

/** Exercise 4.14: changes of one leaf in place. */
@Tag("4.14")
class LeafChangeHiddenTest {
    private final CrashDisk disk = CrashDisk.create();
    private final DiskTree at = DiskTree.create(disk);

    @AfterEach
    void close() {
        at.close();
    }

    @Test
    @DisplayName(
            "a young leaf is changed where it is: same root, same version, no page taken; and the frame's stamp tells")
    void inPlace() {
        at.put("a=1 c=3");
        TreeState state = at.tree.state();
        int pages = at.tree.freeList().pageCount();
        Frame leaf = at.tree.pool().read(state.root());
        long stamp = leaf.stamp();
        assertEquals(Outcome.DONE, attempt(put("a", "one")), "a put of a key that is there");
        assertEquals(Outcome.ADDED, attempt(put("b", "2")), "a put of a key that is not");
        assertEquals(Outcome.REMOVED, attempt(delete("c")), "a delete of a key that is there");
        assertEquals(Map.of("a", "one", "b", "2"), at.content(at.tree.state()), "the entries");
        assertEquals(state, at.tree.state(), "root and version");
        assertEquals(pages, at.tree.freeList().pageCount(), "pages");
        assertEquals(stamp + 6, leaf.stamp(), "the stamp after three changes, of which each begins and ends");
        assertEquals(Outcome.DONE, attempt(delete("c")), "a delete of a key that is not there");
        assertEquals(stamp + 6, leaf.stamp(), "the stamp after a delete that changed nothing");
        assertEquals(0, at.tree.pool().pinnedPages(), "pages that are still pinned");
    }

    @Test
    @DisplayName("a leaf that a snapshot has seen is not touched, nor one of a checkpoint")
    void frozen() {
        at.put("a=1");
        byte[] leaf = at.tree.read(at.tree.state().root());
        TreeState held = at.tree.freeze();
        byte[] before = leaf.clone();
        assertEquals(Outcome.NEEDS_COPIES, attempt(put("a", "2")), "a put into a leaf that is frozen");
        assertEquals(Outcome.NEEDS_COPIES, attempt(put("b", "2")), "another");
        assertEquals(Outcome.NEEDS_COPIES, attempt(delete("a")), "a delete from a leaf that is frozen");
        assertTrue(Arrays.equals(before, leaf), "a leaf that is frozen was changed");
        at.tree.reclaimer().release(held.version());
        at.put("b=2");
        at.checkpointer.checkpoint();
        assertEquals(Outcome.NEEDS_COPIES, attempt(put("a", "2")), "a put into a leaf of the last checkpoint");
        assertEquals(0, at.tree.pool().pinnedPages(), "pages that are still pinned");
    }

    @Test
    @DisplayName("a snapshot that is taken while a change waits for the latch: the change needs copies")
    void frozenMeanwhile() throws InterruptedException {
        at.put("a=1");
        byte[] leaf = at.tree.read(at.tree.state().root());
        byte[] before = leaf.clone();
        AtomicReference<Outcome> outcome = new AtomicReference<>();
        try (Crew crew = new Crew()) {
            at.tree.latch().lock();
            try {
                Thread writer = crew.start("writer", () -> outcome.set(attempt(put("a", "2"))));
                Eventually.waits(writer);
                at.tree.freeze();
            } finally {
                at.tree.latch().unlock();
            }
            crew.join();
        }
        assertEquals(Outcome.NEEDS_COPIES, outcome.get(), "a put for which a freeze came first, though late");
        assertTrue(Arrays.equals(before, leaf), "a leaf was changed that had been frozen before the latch was held");
    }

    @Test
    @DisplayName("a leaf that was written out meanwhile is dirty again after a change, and the change is not lost")
    void dirtyAgain() {
        at.put("a=1");
        at.tree.pool().writeBack(Long.MAX_VALUE);
        assertEquals(0, at.tree.pool().dirtyPages(), "dirty pages after all were written");
        assertEquals(Outcome.DONE, attempt(put("a", "2")), "a put");
        assertEquals(1, at.tree.pool().dirtyPages(), "dirty pages after a change in place");
        for (int page = 100; page < 300; page++) {
            at.tree.pool().add(page, PageLayout.newPage(DiskTree.PAGE_BYTES, PageLayout.LEAF, 1)); // pushes others out
        }
        assertEquals(Map.of("a", "2"), at.content(at.tree.state()), "the leaf, when it is read from the file again");
        at.tree.pool().read(at.tree.state().root());
        assertEquals(Outcome.DONE, attempt(put("a", "3")), "a put into the leaf that was read again");
    }

    @Test
    @DisplayName("what does not fit needs copies, up to the last byte, and leaves the leaf as it was")
    void full() {
        at.put("a=1");
        int root = at.tree.state().root();
        for (int i = 0; free(root) > 120; i++) {
            assertEquals(Outcome.ADDED, attempt(put("k" + i, "x".repeat(80))), "a put that fits");
        }
        int room = free(root) - SlottedPage.cellBytes(2, 1);
        byte[] before = at.tree.read(root).clone();
        assertEquals(Outcome.NEEDS_COPIES, attempt(put("zz", "x".repeat(room + 1))), "one byte too many");
        assertTrue(Arrays.equals(before, at.tree.read(root)), "the leaf was changed by a put that does not fit");
        assertEquals(Outcome.ADDED, attempt(put("zz", "x".repeat(room))), "a put that fits exactly");
        assertEquals(0, free(root), "free bytes");
        assertEquals(Outcome.NEEDS_COPIES, attempt(put("a", "12")), "a longer value in a full leaf");
        assertEquals(Outcome.DONE, attempt(put("a", "2")), "a value of the same length in a full leaf");
        assertEquals(Optional.of(Slice.utf8("2")), at.at(at.tree.state(), Slice.utf8("a")), "which is there");
    }

    @Test
    @DisplayName("a leaf that would be less than a quarter full needs copies; the root only if it would be empty")
    void tooEmpty() {
        at.put("a=1");
        assertEquals(Outcome.NEEDS_COPIES, attempt(delete("a")), "the delete of the last entry of a root");
        at.put("b=2");
        assertEquals(Outcome.REMOVED, attempt(delete("a")), "the delete of the last but one");
        at.fill(30, 80, "v");
        TreeState state = at.tree.state();
        int entries = 0;
        while (attempt(new WriteBatch.Delete(DiskTree.key(entries))) == Outcome.REMOVED) {
            entries++;
        }
        assertTrue(entries > 2, "only " + entries + " entries could be deleted in place");
        TreeVerifier.verify(at.tree, state.root());
        assertEquals(
                Outcome.NEEDS_COPIES,
                attempt(new WriteBatch.Put(DiskTree.key(entries), Slice.EMPTY)),
                "a shorter value, which leaves less than a quarter in use");
    }

    @Test
    @DisplayName("exactly a quarter is enough, and a leaf with less may be changed in place if it does not shrink")
    void exactlyAQuarter() {
        at.fill(30, 80, "v"); // cells of 93 bytes
        for (int i = 4; leafOf(DiskTree.key(0)).count() > 4; i++) {
            assertEquals(Outcome.REMOVED, attempt(new WriteBatch.Delete(DiskTree.key(i))), "delete of entry " + i);
        }
        assertEquals(Outcome.DONE, attempt(put("k002", "x".repeat(48))), "a value that is 32 bytes shorter");
        assertEquals(Outcome.REMOVED, attempt(delete("k003")), "the delete that leaves a quarter");
        assertEquals(247, leafOf(DiskTree.key(0)).usedBytes(), "bytes in use, of 988");
        assertEquals(Outcome.DONE, attempt(put("k002", "y".repeat(48))), "a value of the same length");
        assertEquals(Outcome.NEEDS_COPIES, attempt(put("k002", "x".repeat(47))), "a value that is a byte shorter");
        int last = 30;
        for (; leafOf(DiskTree.key(last)).usedBytes() >= 247; last++) { // until the leaf at the right edge is a new one
            at.apply(new WriteBatch().put(DiskTree.key(last), DiskTree.value("v", 80)));
        }
        String key = DiskTree.key(last - 1).toUtf8();
        assertEquals(
                Outcome.DONE, attempt(put(key, "z".repeat(80))), "a value of the same length in a leaf with little");
        assertEquals(Outcome.DONE, attempt(put(key, "z".repeat(81))), "a longer one");
        assertEquals(Outcome.NEEDS_COPIES, attempt(put(key, "z".repeat(80))), "a shorter one");
    }

    @Test
    @DisplayName("large values need copies: one that is put, one that is replaced, one that is deleted")
    void overflow() {
        at.put("a=1 b=2");
        assertEquals(
                Outcome.NEEDS_COPIES, attempt(put("a", "x".repeat(300))), "a put of more than a quarter of a page");
        at.apply(new WriteBatch().put(Slice.utf8("large"), DiskTree.value("v", 3000)));
        assertEquals(Outcome.NEEDS_COPIES, attempt(put("large", "1")), "a put in place of a large value");
        assertEquals(Outcome.NEEDS_COPIES, attempt(delete("large")), "the delete of a large value");
        at.apply(new WriteBatch().put(Slice.utf8("A"), DiskTree.value("v", 3000)));
        assertEquals(
                Outcome.NEEDS_COPIES, attempt(put("A", "1")), "a put in place of a large value under the first key");
        assertEquals(Outcome.NEEDS_COPIES, attempt(delete("A")), "the delete of a large value under the first key");
        int keyLength = 10;
        int most = 0;
        while (StoredValue.fitsLeaf(keyLength, most + 1, DiskTree.PAGE_BYTES)) {
            most++;
        }
        assertEquals(
                Outcome.ADDED, attempt(put("k".repeat(keyLength), "x".repeat(most))), "the largest that is not large");
        assertEquals(Outcome.NEEDS_COPIES, attempt(put("l".repeat(keyLength), "x".repeat(most + 1))), "one byte more");
    }

    @Test
    @DisplayName("a change that throws in the middle lets go of everything: pin, latch and stamp")
    void damagedLeaf() {
        for (boolean inTheMiddle : new boolean[] {false, true}) {
            CrashDisk ownDisk = CrashDisk.create();
            try (DiskTree own = DiskTree.create(ownDisk)) {
                own.fill(8, 80, "v");
                for (int i = 0; i < 4; i++) { // leaves dead bytes: the next cell that is inserted moves all others
                    own.put("k00" + i, "w".repeat(90));
                }
                Frame leaf = own.tree.pool().read(own.tree.state().root());
                for (int cell = inTheMiddle ? 6 : 0; cell < 8; cell++) { // offsets of cells beyond the page
                    PageLayout.putShort(leaf.bytes(), SlottedPage.HEAD_BYTES + SlottedPage.SLOT_BYTES * cell, 0xffff);
                }
                String what = inTheMiddle ? "two cells beyond the page" : "all cells beyond the page";
                for (Operation operation :
                        List.of(put("k000", "y".repeat(150)), put("k0000", "z".repeat(150)), delete("k001"))) {
                    try {
                        LeafChange.tryInPlace(own.tree, operation);
                    } catch (ExerciseNotDone e) {
                        throw e;
                    } catch (RuntimeException e) {
                        // the page is damaged: that is allowed
                    }
                    String when =
                            operation.getClass().getSimpleName() + " of " + operation.key() + " in a leaf with " + what;
                    assertEquals(0, own.tree.pool().pinnedPages(), "pages that are still pinned after " + when);
                    assertTrue(!own.tree.latch().isLocked(), "the latch is still locked after " + when);
                    try {
                        leaf.beginChange();
                        leaf.endChange();
                    } catch (IllegalStateException e) {
                        throw new AssertionError(
                                "the change is still under way, and readers wait for it, after " + when, e);
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("an empty tree needs copies")
    void noRoot() {
        assertEquals(Outcome.NEEDS_COPIES, attempt(put("a", "1")), "the first put");
        assertEquals(Outcome.NEEDS_COPIES, attempt(delete("a")), "a delete from an empty tree");
    }

    @Test
    @DisplayName("random changes in place or in copies agree with a map, and every outcome is the right one")
    void model() {
        Seeds.check(10, random -> {
            CrashDisk ownDisk = CrashDisk.create();
            try (DiskTree own = DiskTree.create(ownDisk)) {
                TreeMap<String, String> model = new TreeMap<>();
                for (int step = 0; step < 400; step++) {
                    String key = "k%03d".formatted(random.nextInt(60));
                    String value = "v".repeat(random.nextInt(150));
                    Operation operation = random.nextInt(3) == 0 ? delete(key) : put(key, value);
                    boolean there = model.containsKey(key);
                    Outcome outcome = LeafChange.tryInPlace(own.tree, operation);
                    if (outcome == Outcome.NEEDS_COPIES) {
                        own.apply(batch(operation));
                    }
                    boolean puts = operation instanceof WriteBatch.Put;
                    Outcome expected = puts == there ? Outcome.DONE : puts ? Outcome.ADDED : Outcome.REMOVED;
                    assertTrue(
                            outcome == Outcome.NEEDS_COPIES || outcome == expected,
                            operation + ", with the key " + (there ? "there" : "not there") + ", is " + outcome);
                    if (puts) {
                        model.put(key, value);
                    } else {
                        model.remove(key);
                    }
                    if (random.nextInt(50) == 0) {
                        own.tree.freeze();
                    }
                    TreeVerifier.verify(own.tree, own.tree.state().root());
                }
                assertEquals(model, own.content(own.tree.state()), "the entries");
            }
        });
    }

    private Outcome attempt(Operation operation) {
        Step.at("tryInPlace of " + operation.getClass().getSimpleName() + " of " + operation.key());
        return LeafChange.tryInPlace(at.tree, operation);
    }

    private SlottedPage leafOf(Slice key) {
        byte[] page = at.tree.read(at.tree.state().root());
        while (PageLayout.kind(page) == PageLayout.BRANCH) {
            BranchNode branch = new BranchNode(page);
            page = at.tree.read(branch.child(branch.childIndex(key)));
        }
        return new SlottedPage(page);
    }

    private int free(int page) {
        return new SlottedPage(at.tree.read(page)).freeBytes();
    }

    private static WriteBatch batch(Operation operation) {
        return operation instanceof WriteBatch.Put put
                ? new WriteBatch().put(put.key(), put.value())
                : new WriteBatch().delete(operation.key());
    }

    private static Operation put(String key, String value) {
        return new WriteBatch.Put(Slice.utf8(key), Slice.utf8(value));
    }

    private static Operation delete(String key) {
        return new WriteBatch.Delete(Slice.utf8(key));
    }
}
