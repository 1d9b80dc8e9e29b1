// exercise: 1.6
// type: storagelab.sortedlog.MapMemtable
// verdict: caught
// because: a tombstone takes the entry out of the memtable instead of taking its place, and an older table answers
public final class MapMemtable {
    public void put(Entry entry) {
        Entry replaced =
                entry.tombstone() ? entries.remove(entry.key()) : entries.put(entry.key(), entry);
        count.set(entries.size());
        long added = entry.tombstone() ? 0 : sizeBytes(entry);
        sizeBytes.addAndGet(added - (replaced == null ? 0 : sizeBytes(replaced)));
    }
}
