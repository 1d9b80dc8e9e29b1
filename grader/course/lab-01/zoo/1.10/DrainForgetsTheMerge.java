// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: drain returns when the last flush has ended, while a merge still replaces tables
public final class BackgroundMaintenance implements Maintenance {
    @Override
    public synchronized void drain() {
        waitWhile(() -> failure == null && !queue.isEmpty());
        throwIfFailed();
    }
}
