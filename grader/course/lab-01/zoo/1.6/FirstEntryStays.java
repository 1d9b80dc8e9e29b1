// exercise: 1.6
// type: storagelab.sortedlog.MapMemtable
// verdict: caught
// because: an entry does not take the place of one with the same key
public final class MapMemtable implements Memtable {
    public void put(Entry entry) {
        if (entries.putIfAbsent(entry.key(), entry) == null) {
            count.incrementAndGet();
            sizeBytes.addAndGet(sizeBytes(entry));
        }
    }
}
