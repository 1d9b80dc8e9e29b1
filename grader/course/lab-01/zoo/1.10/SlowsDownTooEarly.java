// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: writers are slowed down as soon as one memtable waits
public final class BackgroundMaintenance implements Maintenance {
    public synchronized void beforeWrite() {
        throwIfFailed();
        if (maxFrozenMemtables > 1 && !queue.isEmpty()) {
            long start = System.nanoTime();
            pause();
            countStall(start);
            throwIfFailed();
        }
    }
}
