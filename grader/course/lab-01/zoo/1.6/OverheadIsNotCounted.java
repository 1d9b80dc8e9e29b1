// exercise: 1.6
// type: storagelab.sortedlog.MapMemtable
// verdict: caught
// because: the objects around key and value are not counted
public final class MapMemtable implements Memtable {
    private static long sizeBytes(Entry entry) {
        return (long) entry.key().length() + entry.value().length();
    }
}
