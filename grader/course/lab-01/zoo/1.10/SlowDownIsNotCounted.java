// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: a slow-down is not counted as a stall
public final class BackgroundMaintenance implements Maintenance {
    public synchronized void beforeWrite() {
        throwIfFailed();
        if (maxFrozenMemtables > 1 && queue.size() >= maxFrozenMemtables - 1) {
            long start = System.nanoTime();
            pause();

            throwIfFailed();
        }
    }
}
