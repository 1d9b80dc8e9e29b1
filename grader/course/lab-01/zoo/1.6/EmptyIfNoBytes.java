// exercise: 1.6
// type: storagelab.sortedlog.MapMemtable
// verdict: caught
// because: a memtable with tombstones only counts as empty
public final class MapMemtable implements Memtable {
    public boolean isEmpty() {
        return entries.values().stream().allMatch(Entry::tombstone);
    }
}
