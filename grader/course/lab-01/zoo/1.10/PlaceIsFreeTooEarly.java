// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: a memtable leaves the queue when its flush begins, so one more than allowed is in memory
public final class BackgroundMaintenance implements Maintenance {
    private synchronized @Nullable FrozenMemtable awaitNext() {
        compacting = false;
        notifyAll();
        waitWhile(() -> queue.isEmpty() && !closing);
        FrozenMemtable next = queue.pollFirst();
        compacting = next != null;
        notifyAll();
        return next;
    }

    private synchronized void placeIsFree() {
        notifyAll();
    }
}
