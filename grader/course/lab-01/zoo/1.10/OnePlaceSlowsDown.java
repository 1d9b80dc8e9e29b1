// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: with one place every write waits
public final class BackgroundMaintenance implements Maintenance {
    public synchronized void beforeWrite() {
        throwIfFailed();
        if (queue.size() >= maxFrozenMemtables - 1) {
            long start = System.nanoTime();
            pause();
            countStall(start);
            throwIfFailed();
        }
    }
}
