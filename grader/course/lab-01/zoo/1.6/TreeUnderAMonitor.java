// exercise: 1.6
// type: storagelab.sortedlog.MapMemtable
// verdict: accepted
// because: a TreeMap under a monitor, with iterators over a copy, is as right as a concurrent map
import java.util.ArrayList;
import java.util.TreeMap;

public final class MapMemtable {
    private final TreeMap<Slice, Entry> entries = new TreeMap<>();

    public synchronized void put(Entry entry) {
        Entry replaced = entries.put(entry.key(), entry);
        count.set(entries.size());
        sizeBytes.addAndGet(sizeBytes(entry) - (replaced == null ? 0 : sizeBytes(replaced)));
    }

    public synchronized Optional<Entry> get(Slice key) {
        return Optional.ofNullable(entries.get(key));
    }

    public synchronized Iterator<Entry> entries(KeyRange range) {
        ArrayList<Entry> inRange = new ArrayList<>(entries.tailMap(range.from()).values());
        inRange.removeIf(entry -> !range.contains(entry.key()));
        return inRange.iterator();
    }
}
