// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: after a flush that failed the next memtable is flushed, over the gap that the failed one has left
public final class BackgroundMaintenance implements Maintenance {
    private void runUntilClosed() {
        for (FrozenMemtable next = awaitNext(); next != null; next = awaitNext()) {
            try {
                work.flush(next);
                placeIsFree();
                work.compact();
            } catch (RuntimeException | Error e) {
                fail(e);
                placeIsFree();
            }
        }
    }
}
