// exercise: 3.8
// type: storagelab.memtable.LogSnapshot
// verdict: caught
// because: a tombstone does not end the search, and an older table brings the deleted value back
public final class LogSnapshot implements Snapshot {
    @Override
    public Optional<Slice> get(Slice key) {
        Moment then = moment();
        for (SkipListMemtable memtable : then.memtables) {
            Optional<Entry> found = memtable.get(key, then.sequence).filter(entry -> !entry.tombstone());
            if (found.isPresent()) {
                return found.map(Entry::value);
            }
        }
        for (SortedTable table : then.tables) {
            Optional<Entry> found = table.get(key).filter(entry -> !entry.tombstone());
            if (found.isPresent()) {
                return found.map(Entry::value);
            }
        }
        return Optional.empty();
    }
}
