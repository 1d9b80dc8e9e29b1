// exercise: 1.10
// type: storagelab.sortedlog.BackgroundMaintenance
// verdict: caught
// because: close returns while the thread still works on files that the caller believes to be released
public final class BackgroundMaintenance implements Maintenance {
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
    }
}
