// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: caught
// because: the exception of the log reaches the caller inside another one
public final class SortedLogStore implements KeyValueStore {
    public void write(WriteBatch batch, Durability durability) {
        long start = System.nanoTime();
        List<Entry> entries = Entry.of(batch);
        synchronized (writerLock) {
            state.checkWritable();
            maintenance.beforeWrite();
            if (isFull()) {
                freeze();
            }
            try {
                if (!entries.isEmpty()) {
                    log.append(EntryCodec.encodeAll(entries));
                }
                if (durability == Durability.SYNCED) {
                    log.sync();
                }
            } catch (RuntimeException | Error e) {
                state.failSeen(e);
                throw new IllegalStateException(e);
            }
            apply(entries);
        }
        stats.increment(Metric.WRITES);
        stats.add(Metric.BYTES_IN, bytesOf(entries));
        stats.recordWriteNanos(System.nanoTime() - start);
    }
}
