// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: caught
// because: a failed write is reported and then forgotten, and later writes go on over a log that nobody knows the content of
import storagelab.api.StoreFailedException;

public final class SortedLogStore implements KeyValueStore {
    @Override
    public void write(WriteBatch batch, Durability durability) {
        long start = System.nanoTime();
        List<Entry> entries = Entry.of(batch);
        synchronized (writerLock) {
            state.checkWritable();
            maintenance.beforeWrite();
            if (isFull()) {
                freeze();
            }
            if (!entries.isEmpty()) {
                log.append(EntryCodec.encodeAll(entries));
            }
            if (durability == Durability.SYNCED) {
                try {
                    log.sync();
                } catch (StoreFailedException e) {
                    stats.increment(Metric.STALLS);
                }
            }
            apply(entries);
        }
        stats.increment(Metric.WRITES);
        stats.add(Metric.BYTES_IN, bytesOf(entries));
        stats.recordWriteNanos(System.nanoTime() - start);
    }
}
