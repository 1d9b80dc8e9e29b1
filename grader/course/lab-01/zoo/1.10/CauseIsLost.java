// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: the exception after a failure does not have its cause
public final class BackgroundMaintenance implements Maintenance {
    private synchronized void throwIfFailed() {
        if (failure != null) {
            throw new StoreFailedException("background maintenance", new IllegalStateException(failure.toString()));
        }
    }
}
