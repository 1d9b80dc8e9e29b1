// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: the queue has no end: a writer that is faster than the disk fills the memory
public final class BackgroundMaintenance implements Maintenance {
    @Override
    public synchronized void awaitRoom() {
        throwIfFailed();
    }

    @Override
    public synchronized void submit(FrozenMemtable frozen) {
        throwIfFailed();
        if (closing) {
            throw new IllegalStateException("closed");
        }
        queue.addLast(frozen);
        notifyAll();
    }
}
