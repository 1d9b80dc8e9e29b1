// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: caught
// because: an Error of the log does not make the store fail
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
            } catch (RuntimeException e) {
                state.failSeen(e);
                throw e;
            }
            apply(entries);
        }
        stats.increment(Metric.WRITES);
        stats.add(Metric.BYTES_IN, bytesOf(entries));
        stats.recordWriteNanos(System.nanoTime() - start);
    }
}
