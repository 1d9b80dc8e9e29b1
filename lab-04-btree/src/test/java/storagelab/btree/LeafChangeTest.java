package storagelab.btree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.btree.LeafChange.Outcome;
import storagelab.disk.CrashDisk;
import storagelab.testkit.tree.DiskTree;

@Tag("4.14")
class LeafChangeTest {
    private final DiskTree opened = DiskTree.create(CrashDisk.create());
    private final SharedTree tree = opened.tree;

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    @DisplayName("the example: a young leaf is changed in place; when a snapshot has seen it, copies are needed")
    void example() {
        opened.put("a", "1");
        TreeState state = tree.state();
        assertThat("a put of a key that is there", put("a", "one"), is(Outcome.DONE));
        assertThat("a put of another", put("b", "2"), is(Outcome.ADDED));
        assertThat("a delete", delete("a"), is(Outcome.REMOVED));
        assertThat("a delete of what is not there", delete("z"), is(Outcome.DONE));
        assertThat("root and version", tree.state(), is(state));
        tree.freeze();
        assertThat("a put after a snapshot", put("b", "3"), is(Outcome.NEEDS_COPIES));
        assertThat("the entries", opened.content(tree.state()), is(Map.of("b", "2")));
    }

    @Test
    @DisplayName("the leaf's stamp goes up by two, it is dirty, and not pinned any more")
    void frame() {
        opened.put("a", "1");
        tree.pool().writeBack(Long.MAX_VALUE);
        long stamp = tree.pool().read(tree.state().root()).stamp();
        put("a", "2");
        assertThat("stamp", tree.pool().read(tree.state().root()).stamp(), is(stamp + 2));
        assertThat("dirty pages", tree.pool().dirtyPages(), is(1));
        assertThat("pinned pages", tree.pool().pinnedPages(), is(0));
    }

    @Test
    @DisplayName("no root, the last entry of the root, a large value, no room: copies are needed")
    void needsCopies() {
        assertThat("into an empty tree", put("a", "1"), is(Outcome.NEEDS_COPIES));
        opened.put("a", "1");
        assertThat("the delete of the only entry", delete("a"), is(Outcome.NEEDS_COPIES));
        assertThat("a value of 300 bytes in a page of 1,024", put("b", "x".repeat(300)), is(Outcome.NEEDS_COPIES));
        int entries = 0;
        while (put("k" + entries, "x".repeat(100)) == Outcome.ADDED) {
            entries++;
        }
        assertThat("entries of 100 bytes that fit", entries, is(8));
    }

    private Outcome put(String key, String value) {
        return LeafChange.tryInPlace(tree, new WriteBatch.Put(Slice.utf8(key), Slice.utf8(value)));
    }

    private Outcome delete(String key) {
        return LeafChange.tryInPlace(tree, new WriteBatch.Delete(Slice.utf8(key)));
    }
}
