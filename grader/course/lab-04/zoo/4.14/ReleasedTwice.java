// exercise: 4.14
// type: storagelab.btree.BTreeSnapshot
// verdict: caught
// because: a snapshot that is closed twice releases what another one holds
public final class BTreeSnapshot implements Snapshot {
    private boolean closed;

    @Override
    public synchronized void close() {
        TreeState state = held;
        if (state != null) {
            closed = true;
            tree.reclaimer().release(state.version());
        }
    }

    private TreeState state() {
        TreeState state = held;
        if (closed || state == null) {
            throw new IllegalStateException("the snapshot is closed");
        }
        tree.checkOpen();
        return state;
    }
}
