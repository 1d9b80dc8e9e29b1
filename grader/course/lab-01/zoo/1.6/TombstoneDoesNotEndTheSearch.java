// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: caught
// because: a tombstone counts as not found, the search goes on, and an older table answers with what was deleted
public final class SortedLogStore implements KeyValueStore {
    private static Optional<Entry> find(Slice key, Sources sources) {
        Optional<Entry> found = sources.active().get(key).filter(entry -> !entry.tombstone());
        for (Iterator<FrozenMemtable> rest = sources.frozen().iterator(); found.isEmpty() && rest.hasNext(); ) {
            found = rest.next().memtable().get(key).filter(entry -> !entry.tombstone());
        }
        for (Iterator<SortedTable> rest = sources.tables().iterator(); found.isEmpty() && rest.hasNext(); ) {
            found = rest.next().get(key).filter(entry -> !entry.tombstone());
        }
        return found;
    }
}
