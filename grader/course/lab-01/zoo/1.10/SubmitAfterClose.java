// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: a memtable is taken after close, and never flushed
public final class BackgroundMaintenance implements Maintenance {
    public synchronized void submit(FrozenMemtable frozen) {
        throwIfFailed();
        if (queue.size() >= maxFrozenMemtables) {
            throw new IllegalStateException(closing ? "closed" : queue.size() + " memtables wait already");
        }
        queue.addLast(frozen);
        notifyAll();
    }
}
