// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: caught
// because: how long a get took is not recorded
public final class SortedLogStore implements KeyValueStore {
    public Optional<Slice> get(Slice key) {
        long start = System.nanoTime();
        Lock readLock = state.lock().readLock();
        readLock.lock();
        try {
            state.checkOpen();
            return find(key, state.sources())
                    .filter(entry -> !entry.tombstone())
                    .map(Entry::value);
        } finally {
            readLock.unlock();
            stats.increment(Metric.GETS);
        }
    }
}
