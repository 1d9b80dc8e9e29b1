// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: caught
// because: flush of a closed store does nothing and says nothing
public final class SortedLogStore implements KeyValueStore {
    public void flush() {
        synchronized (writerLock) {
            if (!state.isClosed() && !state.sources().active().isEmpty()) {
                freeze();
            }
            if (!state.isClosed()) {
                maintenance.drain();
            }
        }
    }
}
