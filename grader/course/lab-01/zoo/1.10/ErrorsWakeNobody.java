// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: only exceptions count as failures, and work that throws an Error ends the thread without a word
public final class BackgroundMaintenance implements Maintenance {
    private void runUntilClosed() {
        try {
            for (FrozenMemtable next = awaitNext(); next != null; next = awaitNext()) {
                work.flush(next);
                placeIsFree();
                work.compact();
            }
        } catch (RuntimeException e) {
            fail(e);
        }
    }
}
