// exercise: 1.6
// type: storagelab.sortedlog.MapMemtable
// verdict: caught
// because: the bytes of an entry that was replaced stay counted, and the memtable is flushed long before it is full
public final class MapMemtable {
    public void put(Entry entry) {
        if (entries.put(entry.key(), entry) == null) {
            count.incrementAndGet();
        }
        sizeBytes.addAndGet(sizeBytes(entry));
    }
}
