// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: submit does the work itself, and the writer waits for every flush
public final class BackgroundMaintenance implements Maintenance {
    @Override
    public void submit(FrozenMemtable frozen) {
        synchronized (this) {
            throwIfFailed();
            if (closing) {
                throw new IllegalStateException("closed");
            }
        }
        work.flush(frozen);
        work.compact();
    }
}
