// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: caught
// because: the write that fills the memtable flushes it, so that a flush that fails comes back as the failure of a write that was done
public final class SortedLogStore implements KeyValueStore {
    @Override
    public void write(WriteBatch batch, Durability durability) {
        long start = System.nanoTime();
        List<Entry> entries = Entry.of(batch);
        synchronized (writerLock) {
            state.checkWritable();
            maintenance.beforeWrite();
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
            apply(entries);
            if (isFull()) {
                freeze();
            }
        }
        stats.increment(Metric.WRITES);
        stats.add(Metric.BYTES_IN, bytesOf(entries));
        stats.recordWriteNanos(System.nanoTime() - start);
    }
}
