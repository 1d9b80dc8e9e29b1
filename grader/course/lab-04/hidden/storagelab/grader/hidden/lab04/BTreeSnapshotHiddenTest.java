package storagelab.grader.hidden.lab04;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.grader.hidden.kit.StoreTexts.assertShows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StoreClosedException;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeSnapshot;
import storagelab.btree.TreeChange;
import storagelab.btree.TreeState;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.page.PageLayout;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.tree.DiskTree;

/** Exercise 4.14: snapshots. */
@Tag("4.14")
class BTreeSnapshotHiddenTest {
    private static final Slice A = Slice.utf8("a");

    private final CrashDisk disk = CrashDisk.create();
    private final DiskTree at = DiskTree.create(disk);

    @AfterEach
    void close() {
        at.close();
    }

    @Test
    @DisplayName("a snapshot shows the moment it was taken, whatever is published, checkpointed and reused afterwards")
    void shows() {
        Slice large = DiskTree.value("large", 3000);
        at.apply(new WriteBatch().put(A, Slice.utf8("1")).put(Slice.utf8("b"), large));
        try (BTreeSnapshot snapshot = new BTreeSnapshot(at.tree)) {
            for (int i = 0; i < 20; i++) {
                at.put("a=new" + i + " c=" + i);
                at.apply(new WriteBatch().put(Slice.utf8("b"), DiskTree.value("other" + i, 2500)));
                at.checkpointer.checkpoint();
                assertEquals(Optional.of(Slice.utf8("1")), snapshot.get(A), "get(a) after " + i + " changes");
                assertEquals(Optional.of(large), snapshot.get(Slice.utf8("b")), "get(b), a large value");
                assertEquals(Optional.empty(), snapshot.get(Slice.utf8("c")), "get(c), which came later");
            }
        }
    }

    @Test
    @DisplayName("a cursor of a snapshot outlives it, and the version is held until both are closed, once each")
    void cursorOutlivesTheSnapshot() {
        at.put("a=1 b=2 c=3");
        TreeState state = at.tree.state();
        BTreeSnapshot snapshot = new BTreeSnapshot(at.tree);
        Cursor cursor = snapshot.cursor(KeyRange.of(A, Slice.utf8("c")));
        at.put("a=2 b=3");
        snapshot.close();
        snapshot.close();
        for (int i = 0; i < 5; i++) {
            at.put("a=new" + i);
            at.checkpointer.checkpoint();
        }
        assertShows("a=1 b=2", cursor, "of a snapshot that is closed, with the range [a, c)");
        assertEquals(
                List.of(state.root()),
                at.tree.reclaimer().waiting().stream()
                        .filter(page -> page == state.root())
                        .toList(),
                "the root of the snapshot among the pages that are still needed");
        cursor.close();
        cursor.close();
        at.tree.reclaim();
        assertTrue(at.tree.freeList().isFree(state.root()), "when both are closed, the old root is not free");
        assertThrows(
                IllegalStateException.class,
                () -> at.tree.reclaimer().release(state.version()),
                "a release more than there were holds");
    }

    @Test
    @DisplayName("a closed snapshot throws IllegalStateException; one whose store is closed StoreClosedException")
    void closed() {
        at.put("a=1");
        BTreeSnapshot snapshot = new BTreeSnapshot(at.tree);
        Cursor cursor = snapshot.cursor(KeyRange.all());
        snapshot.close();
        assertThrows(IllegalStateException.class, () -> snapshot.get(A), "get(a) from a closed snapshot");
        assertThrows(
                IllegalStateException.class, () -> snapshot.cursor(KeyRange.all()), "a cursor of a closed snapshot");
        BTreeSnapshot open = new BTreeSnapshot(at.tree);
        at.close();
        assertThrows(StoreClosedException.class, () -> open.get(A), "get(a) when the store is closed");
        assertThrows(
                StoreClosedException.class, () -> open.cursor(KeyRange.all()), "a cursor when the store is closed");
        assertThrows(StoreClosedException.class, cursor::seekToFirst, "a step of a cursor when the store is closed");
        open.close();
        cursor.close();
    }

    @Test
    @DisplayName("a get that reads a page while its snapshot is closed has the answer or throws IllegalStateException")
    void closedUnderAGet() throws InterruptedException {
        at.put("a=1");
        int page = at.tree.state().root();
        at.tree.pool().writeBack(Long.MAX_VALUE);
        BTreeSnapshot snapshot = new BTreeSnapshot(at.tree);
        at.put("a=2");
        at.tree.pool().discard(page);
        try (Crew crew = new Crew();
                Hold reads = disk.faults().hold(DiskCall.READ, DiskTree.NAME)) {
            crew.start("reader", () -> {
                try {
                    assertEquals(
                            Optional.of(Slice.utf8("1")),
                            snapshot.get(A),
                            "a get that was under way when its snapshot was closed; it may also throw"
                                    + " IllegalStateException");
                } catch (IllegalStateException e) {
                    assertTrue(
                            String.valueOf(e.getMessage()).contains("closed"),
                            "a get under whose hands the snapshot is closed throws " + e);
                }
            });
            Eventually.holds("the get waits for the disk", () -> reads.waiting() > 0 || crew.hasFailed());
            snapshot.close();
            at.tree.reclaim();
            TreeChange reuses = new TreeChange(at.tree);
            for (int added = 0; added < page; ) { // the old page among them, if the get does not hold it
                added = reuses.add(PageLayout.LEAF);
            }
            reuses.spill(0);
            reads.close();
            crew.join();
        }
    }

    @Test
    @DisplayName("a get that reads a page while the store is closed has the answer or throws StoreClosedException")
    void storeClosedUnderAGet() throws InterruptedException {
        at.put("a=1");
        at.tree.pool().writeBack(Long.MAX_VALUE);
        at.tree.pool().discard(at.tree.state().root());
        BTreeSnapshot snapshot = new BTreeSnapshot(at.tree);
        try (Crew crew = new Crew();
                Hold reads = disk.faults().hold(DiskCall.READ, DiskTree.NAME)) {
            crew.start("reader", () -> {
                try {
                    assertEquals(Optional.of(Slice.utf8("1")), snapshot.get(A), "get(a)");
                } catch (StoreClosedException e) {
                    assertTrue(at.tree.isClosed(), "StoreClosedException from a store that is open");
                }
            });
            Eventually.holds("the get waits for the disk", () -> reads.waiting() > 0 || crew.hasFailed());
            at.close();
            reads.close();
            crew.join();
        }
        snapshot.close();
    }
}
