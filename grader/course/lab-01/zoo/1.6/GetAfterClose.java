// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: caught
// because: a get of a closed store looks into what was there
public final class SortedLogStore implements KeyValueStore {
    public Optional<Slice> get(Slice key) {
        long start = System.nanoTime();
        Lock readLock = state.lock().readLock();
        readLock.lock();
        try {

            return find(key, state.sources())
                    .filter(entry -> !entry.tombstone())
                    .map(Entry::value);
        } finally {
            readLock.unlock();
            stats.increment(Metric.GETS);
            stats.recordGetNanos(System.nanoTime() - start);
        }
    }
}
