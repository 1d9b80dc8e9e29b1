// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: a get goes through the table from its first block, as if there were no index
public final class SortedTable {
    public Optional<Entry> get(Slice key) {
        if (!info.covers(key)) {
            return Optional.empty();
        }
        for (Iterator<Entry> entries = entries(); entries.hasNext(); ) {
            Entry entry = entries.next();
            if (entry.key().equals(key)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }
}
