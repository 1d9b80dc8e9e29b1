// exercise: 1.6
// type: storagelab.sortedlog.MapMemtable
// verdict: caught
// because: a range is taken to include its end, and the key there is in two neighbouring ranges
public final class MapMemtable {
    @Override
    public Iterator<Entry> entries(KeyRange range) {
        Slice end = range.to();
        SortedMap<Slice, Entry> inRange =
                end == null ? entries.tailMap(range.from()) : entries.subMap(range.from(), true, end, true);
        return inRange.values().iterator();
    }
}
