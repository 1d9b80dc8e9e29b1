// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: caught
// because: flush of a store that has failed writes tables all the same
public final class SortedLogStore implements KeyValueStore {
    public void flush() {
        synchronized (writerLock) {
            state.checkOpen();
            if (!state.sources().active().isEmpty()) {
                freeze();
            }
            maintenance.drain();
        }
    }
}
