// exercise: 4.14
// type: storagelab.btree.BTreeSnapshot
// verdict: caught
// because: a cursor lives on what its snapshot holds, and when that is closed its pages become others
public final class BTreeSnapshot implements Snapshot {
    @Override
    public synchronized Cursor cursor(KeyRange range) {
        TreeState state = state();
        return new StoreCursor(
                new RangeCursor(new BTreeCursor(tree, state.root()), range), tree::checkOpen, () -> {});
    }
}
