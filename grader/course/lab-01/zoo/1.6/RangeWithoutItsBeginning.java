// exercise: 1.6
// type: storagelab.sortedlog.MapMemtable
// verdict: caught
// because: the entry at the beginning of a range is left out
public final class MapMemtable implements Memtable {
    public Iterator<Entry> entries(KeyRange range) {
        @Nullable Slice end = range.to();
        return (end == null ? entries.tailMap(range.from(), false) : entries.subMap(range.from(), false, end, false))
                .values()
                .iterator();
    }
}
