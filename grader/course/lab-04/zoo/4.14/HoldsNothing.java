// exercise: 4.14
// type: storagelab.btree.BTreeSnapshot
// verdict: caught
// because: a snapshot that remembers the root and holds no version: its pages become others
public final class BTreeSnapshot implements Snapshot {
    public BTreeSnapshot(SharedTree tree) {
        this.tree = tree;
        this.held = tree.freeze();
        tree.reclaimer().release(held.version());
    }

    @Override
    public synchronized Cursor cursor(KeyRange range) {
        TreeState state = state();
        return new StoreCursor(
                new RangeCursor(new BTreeCursor(tree, state.root()), range), tree::checkOpen, () -> {});
    }

    @Override
    public synchronized void close() {
        held = null;
    }
}
