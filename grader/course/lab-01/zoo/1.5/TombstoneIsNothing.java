// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: a tombstone is returned as if the table did not know the key, and an older table answers
public final class SortedTable {
    public Optional<Entry> get(Slice key) {
        if (!info.covers(key)) {
            return Optional.empty();
        }
        BlockRef block = index.get(blockFor(key));
        for (Iterator<Entry> entries = entriesOf(block); entries.hasNext(); ) {
            Entry entry = entries.next();
            if (entry.key().equals(key)) {
                return entry.tombstone() ? Optional.empty() : Optional.of(entry);
            }
        }
        return Optional.empty();
    }
}
