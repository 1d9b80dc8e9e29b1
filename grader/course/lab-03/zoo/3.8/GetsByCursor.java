// exercise: 3.8
// type: storagelab.memtable.LogSnapshot
// verdict: accepted
// because: a get that seeks in a memtable cursor as of the sequence finds the same version
public final class LogSnapshot implements Snapshot {
    @Override
    public Optional<Slice> get(Slice key) {
        Moment then = moment();
        try {
            for (SkipListMemtable memtable : then.memtables) {
                EntryCursor cursor = memtable.cursor(then.sequence);
                cursor.seek(key);
                if (cursor.isValid() && cursor.key().equals(key)) {
                    return cursor.isTombstone() ? Optional.empty() : Optional.of(cursor.value());
                }
            }
            for (SortedTable table : then.tables) {
                Optional<Entry> entry = table.get(key);
                if (entry.isPresent()) {
                    return entry.filter(found -> !found.tombstone()).map(Entry::value);
                }
            }
            return Optional.empty();
        } catch (StorageException e) {
            moment();
            throw e;
        }
    }
}
