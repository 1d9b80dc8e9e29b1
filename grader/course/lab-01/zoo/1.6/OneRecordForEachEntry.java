// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: caught
// because: a batch is several records in the log, and a crash between them leaves half of it
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
            try {
                for (Entry entry : entries) {
                    log.append(EntryCodec.encodeAll(List.of(entry)));
                }
                if (durability == Durability.SYNCED) {
                    log.sync();
                }
            } catch (RuntimeException | Error e) {
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
