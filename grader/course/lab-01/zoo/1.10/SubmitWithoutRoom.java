// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: a memtable is taken though all places are
public final class BackgroundMaintenance implements Maintenance {
    public synchronized void submit(FrozenMemtable frozen) {
        throwIfFailed();
        if (closing) {
            throw new IllegalStateException(closing ? "closed" : queue.size() + " memtables wait already");
        }
        queue.addLast(frozen);
        notifyAll();
    }
}
