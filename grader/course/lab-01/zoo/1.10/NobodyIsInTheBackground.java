// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: the work is done by the thread that submits
public final class BackgroundMaintenance implements Maintenance {
    public void submit(FrozenMemtable frozen) {
        throwIfFailed();
        if (closing) {
            throw new IllegalStateException("closed");
        }
        try {
            work.flush(frozen);
            work.compact();
        } catch (RuntimeException e) {
            fail(e);
        }
    }
}
