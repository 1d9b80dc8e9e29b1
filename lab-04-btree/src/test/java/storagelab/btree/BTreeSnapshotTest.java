package storagelab.btree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StoreClosedException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.page.PageLayout;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.tree.DiskTree;

@Tag("4.14")
class BTreeSnapshotTest {
    private static final Slice A = Slice.utf8("a");

    private final CrashDisk disk = CrashDisk.create();
    private final DiskTree opened = DiskTree.create(disk);
    private final SharedTree tree = opened.tree;

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    @DisplayName("a snapshot shows its moment through changes and checkpoints; then its pages are free")
    void showsItsMoment() {
        opened.put("a", "1");
        int root = tree.state().root();
        BTreeSnapshot snapshot = new BTreeSnapshot(tree);
        Cursor cursor = snapshot.cursor(KeyRange.all());
        for (int i = 0; i < 5; i++) {
            opened.put("a", "new" + i);
            opened.checkpointer.checkpoint();
        }
        assertThat("get(a)", snapshot.get(A), is(Optional.of(Slice.utf8("1"))));
        snapshot.close();
        assertThrows(IllegalStateException.class, () -> snapshot.get(A), "a get when it is closed");
        assertThat(
                "pages that are still needed, by the cursor", tree.reclaimer().waiting(), hasItem(root));
        cursor.seekToFirst();
        assertThat("the cursor", cursor.value().toUtf8(), is("1"));
        cursor.close();
        tree.reclaim();
        assertThat("pages that are still needed", tree.reclaimer().waiting(), not(hasItem(root)));
    }

    @Test
    @DisplayName("closing twice releases once: another snapshot of the same moment stays")
    void closedTwice() {
        opened.put("a", "1");
        BTreeSnapshot first = new BTreeSnapshot(tree);
        BTreeSnapshot second = new BTreeSnapshot(tree);
        first.close();
        first.close();
        for (int i = 0; i < 5; i++) {
            opened.put("a", "new" + i);
            opened.checkpointer.checkpoint();
        }
        assertThat("get(a)", second.get(A), is(Optional.of(Slice.utf8("1"))));
        second.close();
    }

    @Test
    @DisplayName("when the store is closed, a snapshot says so")
    void storeClosed() {
        opened.put("a", "1");
        BTreeSnapshot snapshot = new BTreeSnapshot(tree);
        opened.close();
        assertThrows(StoreClosedException.class, () -> snapshot.get(A), "a get");
        snapshot.close();
    }

    @Test
    @DisplayName("a snapshot that is closed under a get does not give it the bytes of another page")
    void pageReusedUnderAGetOfAClosedSnapshot() throws InterruptedException {
        opened.put("a", "1");
        int page = tree.state().root();
        tree.pool().writeBack(Long.MAX_VALUE);
        BTreeSnapshot snapshot = new BTreeSnapshot(tree);
        opened.put("a", "2");
        tree.pool().discard(page);
        try (Crew crew = new Crew();
                Hold reads = disk.faults().hold(DiskCall.READ, BTreeStore.FILE_NAME)) {
            crew.start("reader", () -> {
                Optional<Slice> value;
                try {
                    value = snapshot.get(A);
                } catch (IllegalStateException closedUnderIt) {
                    return; // is as good as an answer
                }
                assertEquals(Optional.of(Slice.utf8("1")), value, "a get that began before close");
            });
            Eventually.holds("the get waits for its page", () -> reads.waiting() > 0 || crew.hasFailed());
            snapshot.close();
            tree.reclaim();
            TreeChange reuses = new TreeChange(tree);
            reuses.add(PageLayout.LEAF); // it is the page of the snapshot, unless the get still holds that
            reuses.spill(0);
            reads.close();
            crew.join();
        }
    }
}
