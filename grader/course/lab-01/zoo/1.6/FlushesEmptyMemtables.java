// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: caught
// because: flush writes out a memtable without entries
public final class SortedLogStore implements KeyValueStore {
    public void flush() {
        synchronized (writerLock) {
            state.checkWritable();
            freeze();
            maintenance.drain();
        }
    }
}
