// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: the time for which a writer was stopped is not counted
public final class BackgroundMaintenance implements Maintenance {
    public synchronized void awaitRoom() {
        throwIfFailed();
        waitWhile(() -> failure == null && queue.size() >= maxFrozenMemtables);
        throwIfFailed();
    }
}
