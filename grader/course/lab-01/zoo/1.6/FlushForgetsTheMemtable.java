// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: caught
// because: flush waits for the maintenance and leaves the active memtable in memory
public final class SortedLogStore implements KeyValueStore {
    public void flush() {
        synchronized (writerLock) {
            state.checkWritable();
            maintenance.drain();
        }
    }
}
