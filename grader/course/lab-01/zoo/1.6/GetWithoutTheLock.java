// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: caught
// because: a get does not hold the read lock while it reads, and close takes the tables away under it
public final class SortedLogStore implements KeyValueStore {
    @Override
    public Optional<Slice> get(Slice key) {
        long start = System.nanoTime();
        state.checkOpen();
        Optional<Slice> value =
                find(key, state.sources()).filter(entry -> !entry.tombstone()).map(Entry::value);
        stats.increment(Metric.GETS);
        stats.recordGetNanos(System.nanoTime() - start);
        return value;
    }
}
