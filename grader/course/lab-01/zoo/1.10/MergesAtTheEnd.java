// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: tables are merged when nothing is left to flush, and not after each flush
public final class BackgroundMaintenance implements Maintenance {
    private void runUntilClosed() {
        try {
            for (FrozenMemtable next = awaitNext(); next != null; next = awaitNext()) {
                work.flush(next);
                placeIsFree();
                boolean last;
                synchronized (this) {
                    last = queue.isEmpty();
                }
                if (last) {
                    work.compact();
                }
            }
        } catch (Throwable e) {
            fail(e);
        }
    }
}
