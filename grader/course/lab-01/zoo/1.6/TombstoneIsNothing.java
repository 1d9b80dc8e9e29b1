// exercise: 1.6
// type: storagelab.sortedlog.MapMemtable
// verdict: caught
// because: a get of a key with a tombstone finds nothing, as if the memtable did not know the key
public final class MapMemtable implements Memtable {
    public Optional<Entry> get(Slice key) {
        return Optional.ofNullable(entries.get(key)).filter(entry -> !entry.tombstone());
    }
}
