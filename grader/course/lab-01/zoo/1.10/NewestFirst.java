// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: the memtable that came last is flushed first
public final class BackgroundMaintenance implements Maintenance {
    public synchronized void submit(FrozenMemtable frozen) {
        throwIfFailed();
        if (closing || queue.size() >= maxFrozenMemtables) {
            throw new IllegalStateException(closing ? "closed" : queue.size() + " memtables wait already");
        }
        FrozenMemtable head = queue.pollFirst();
        queue.addFirst(frozen);
        if (head != null) {
            queue.addFirst(head);
        }
        notifyAll();
    }
}
