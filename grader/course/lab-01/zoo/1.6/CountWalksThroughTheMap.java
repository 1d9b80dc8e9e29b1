// exercise: 1.6
// type: storagelab.sortedlog.MapMemtable
// verdict: caught
// because: count asks the map for its size, which walks through all of it
public final class MapMemtable implements Memtable {
    public int count() {
        return entries.size();
    }
}
