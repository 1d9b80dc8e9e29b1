// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: a writer that is to be slowed down waits until a place gets free
public final class BackgroundMaintenance implements Maintenance {
    public synchronized void beforeWrite() {
        throwIfFailed();
        if (maxFrozenMemtables > 1 && queue.size() >= maxFrozenMemtables - 1) {
            long start = System.nanoTime();
            waitWhile(() -> failure == null && queue.size() >= maxFrozenMemtables - 1);
            countStall(start);
            throwIfFailed();
        }
    }
}
