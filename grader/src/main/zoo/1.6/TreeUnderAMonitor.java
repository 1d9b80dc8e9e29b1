// exercise: 1.6
// type: storagelab.sortedlog.Memtable
// verdict: accepted
// because: a TreeMap under a monitor, with iterators over a copy, is as right as a concurrent map
import java.util.ArrayList;
import java.util.TreeMap;

public final class Memtable {
    private final TreeMap<Slice, Entry> entries = new TreeMap<>();

    public synchronized void put(Entry entry) {
        Entry replaced = entries.put(entry.key(), entry);
        count.set(entries.size());
        sizeBytes.addAndGet(sizeBytes(entry) - (replaced == null ? 0 : sizeBytes(replaced)));
    }

    public synchronized Optional<Entry> get(Slice key) {
        return Optional.ofNullable(entries.get(key));
    }

    public synchronized Iterator<Entry> entries() {
        return new ArrayList<>(entries.values()).iterator();
    }
}
