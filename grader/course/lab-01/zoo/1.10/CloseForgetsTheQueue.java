// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: close ends the thread at once, and what was submitted is never written out
public final class BackgroundMaintenance implements Maintenance {
    private synchronized @Nullable FrozenMemtable awaitNext() {
        compacting = false;
        notifyAll();
        waitWhile(() -> queue.isEmpty() && !closing);
        return closing ? null : queue.peekFirst();
    }
}
