// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: a failure is remembered, but those who wait at that moment are not woken to see it
public final class BackgroundMaintenance implements Maintenance {
    private synchronized void fail(Throwable e) {
        failure = e;
    }
}
