// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: caught
// because: entries go into memory before the log has them, so that a write that failed is read
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
            apply(entries);
            try {
                if (!entries.isEmpty()) {
                    log.append(EntryCodec.encodeAll(entries));
                }
                if (durability == Durability.SYNCED) {
                    log.sync();
                }
            } catch (RuntimeException | Error e) {
                state.failSeen(e);
                throw e;
            }
        }
        stats.increment(Metric.WRITES);
        stats.add(Metric.BYTES_IN, bytesOf(entries));
        stats.recordWriteNanos(System.nanoTime() - start);
    }
}
