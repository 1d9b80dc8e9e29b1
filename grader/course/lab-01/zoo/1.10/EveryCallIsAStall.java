// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: each awaitRoom counts as a stall
public final class BackgroundMaintenance implements Maintenance {
    public synchronized void awaitRoom() {
        throwIfFailed();
        long start = System.nanoTime();
        waitWhile(() -> failure == null && queue.size() >= maxFrozenMemtables);
        countStall(start);
        throwIfFailed();
    }
}
