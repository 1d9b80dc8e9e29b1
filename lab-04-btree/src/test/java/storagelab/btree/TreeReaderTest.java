package storagelab.btree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.page.Frame;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.tree.DiskTree;

@Tag("4.14")
class TreeReaderTest {
    private static final Slice A = Slice.utf8("a");

    private final CrashDisk disk = CrashDisk.create();
    private final DiskTree opened = DiskTree.create(disk);
    private final SharedTree tree = opened.tree;

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    @DisplayName("a get returns a copy, which stays what it is when the value is changed in place")
    void copy() {
        assertThat("get(a) from an empty tree", TreeReader.get(tree, A), is(Optional.empty()));
        opened.put("a", "before");
        Slice answer = TreeReader.get(tree, A).orElseThrow();
        LeafChange.tryInPlace(tree, new WriteBatch.Put(A, Slice.utf8("after!")));
        assertThat("the answer of before", answer.toUtf8(), is("before"));
        assertThat("get(a) now", TreeReader.get(tree, A), is(Optional.of(Slice.utf8("after!"))));
    }

    @Test
    @DisplayName("the example: a get that finds its leaf in the middle of a change waits for the end of it")
    void inTheMiddleOfAChange() throws InterruptedException {
        opened.put("a", "1");
        Frame leaf = tree.pool().pin(tree.state().root());
        AtomicReference<Optional<Slice>> answer = new AtomicReference<>(Optional.empty());
        try (Crew crew = new Crew()) {
            leaf.beginChange();
            SlottedPage cells = new SlottedPage(leaf.bytes());
            cells.replace(0, StoredValue.inline(Slice.utf8("half")));
            Thread reader = crew.start("reader", () -> answer.set(TreeReader.get(tree, A)));
            Eventually.letHold(() -> !reader.isAlive());
            assertThat("the get waits", reader.isAlive(), is(true));
            cells.replace(0, StoredValue.inline(Slice.utf8("whole")));
            leaf.endChange();
            crew.join();
        }
        tree.pool().unpin(leaf);
        assertThat("get(a)", answer.get(), is(Optional.of(Slice.utf8("whole"))));
    }

    @Test
    @DisplayName("the page that a get waits for becomes another one: the get begins anew")
    void reuse() throws InterruptedException {
        opened.put("a", "1");
        int page = tree.state().root();
        tree.pool().writeBack(Long.MAX_VALUE);
        tree.pool().discard(page);
        AtomicReference<Optional<Slice>> answer = new AtomicReference<>();
        try (Crew crew = new Crew();
                Hold reads = disk.faults().hold(DiskCall.READ, BTreeStore.FILE_NAME)) {
            crew.start("reader", () -> answer.set(TreeReader.get(tree, A)));
            Eventually.holds("the get waits for its page", () -> reads.waiting() > 0 || crew.hasFailed());
            TreeChange moves = new TreeChange(tree);
            int other = moves.add(PageLayout.LEAF);
            DiskTree.append(moves, other, "a", "2");
            moves.free(page, 1);
            moves.publish(other);
            tree.reclaim();
            TreeChange reuses = new TreeChange(tree);
            assertThat("the page that is free", reuses.add(PageLayout.LEAF), is(page));
            DiskTree.append(reuses, page, "z", "9");
            reuses.spill(0);
            reads.close();
            crew.join();
        }
        assertThat("get(a)", answer.get(), is(Optional.of(Slice.utf8("2"))));
    }

    @Test
    @DisplayName("a leaf that is changed all the time does not keep a get from coming to an end")
    void getsBesideChangesThatNeverPause() throws InterruptedException {
        opened.put("a", "1");
        AtomicBoolean stop = new AtomicBoolean();
        try (Crew crew = new Crew()) {
            crew.start("writer", () -> {
                for (int i = 0; !stop.get(); i++) {
                    LeafChange.tryInPlace(tree, new WriteBatch.Put(A, Slice.utf8("v".repeat(1 + i % 100))));
                }
            });
            for (int i = 0; i < 2000; i++) {
                assertThat("get(a)", TreeReader.get(tree, A).isPresent(), is(true));
            }
            stop.set(true);
            crew.join();
        }
    }
}
