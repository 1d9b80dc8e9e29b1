// exercise: 1.6
// type: storagelab.sortedlog.MapMemtable
// verdict: caught
// because: count is the number of puts
public final class MapMemtable implements Memtable {
    public void put(Entry entry) {
        Entry replaced = entries.put(entry.key(), entry);
        count.incrementAndGet();
        sizeBytes.addAndGet(sizeBytes(entry) - (replaced == null ? 0 : sizeBytes(replaced)));
    }
}
