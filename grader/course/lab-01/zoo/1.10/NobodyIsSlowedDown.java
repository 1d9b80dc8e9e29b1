// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: writers run at full speed until they are stopped, and one write in a thousand waits for all
public final class BackgroundMaintenance implements Maintenance {
    @Override
    public synchronized void beforeWrite() {
        throwIfFailed();
    }
}
