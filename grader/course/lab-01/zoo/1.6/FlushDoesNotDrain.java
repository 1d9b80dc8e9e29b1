// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: caught
// because: flush returns before the tables are there
public final class SortedLogStore implements KeyValueStore {
    public void flush() {
        synchronized (writerLock) {
            state.checkWritable();
            if (!state.sources().active().isEmpty()) {
                freeze();
            }
        }
    }
}
