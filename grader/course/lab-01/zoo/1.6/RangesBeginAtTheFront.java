// exercise: 1.6
// type: storagelab.sortedlog.MapMemtable
// verdict: caught
// because: a range is looked for from the first entry on
public final class MapMemtable implements Memtable {
    public Iterator<Entry> entries(KeyRange range) {
        return entries.values().stream().filter(entry -> range.contains(entry.key())).iterator();
    }
}
