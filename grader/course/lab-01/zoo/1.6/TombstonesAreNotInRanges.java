// exercise: 1.6
// type: storagelab.sortedlog.MapMemtable
// verdict: caught
// because: entries of a range leave out tombstones
public final class MapMemtable implements Memtable {
    public Iterator<Entry> entries(KeyRange range) {
        @Nullable Slice end = range.to();
        SortedMap<Slice, Entry> inRange =
                end == null ? entries.tailMap(range.from()) : entries.subMap(range.from(), end);
        return inRange.values().stream().filter(entry -> !entry.tombstone()).iterator();
    }
}
