// exercise: 1.5
// type: storagelab.sortedlog.SortedTable
// verdict: caught
// because: a key above the largest is sought in the last block, which is read in vain
public final class SortedTable {
    public Optional<Entry> get(Slice key) {
        if (key.compareTo(info.smallest()) < 0) {
            return Optional.empty();
        }
        BlockRef block = index.get(blockFor(key));
        for (Iterator<Entry> entries = entriesOf(block); entries.hasNext(); ) {
            Entry entry = entries.next();
            if (entry.key().equals(key)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }
}
