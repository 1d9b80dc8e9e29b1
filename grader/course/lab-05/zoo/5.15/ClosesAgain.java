// exercise: 5.15
// type: storagelab.lsm.VisibleCursor
// verdict: caught
// because: each close closes the entries
public final class VisibleCursor implements Cursor {
    @Override
    public void close() {
        closed = true;
        key = null;
        entries.close();
    }
}
