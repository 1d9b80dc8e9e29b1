// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: caught
// because: frozen memtables are not asked, and what is in them is not found until they are tables
public final class SortedLogStore implements KeyValueStore {
    private static Optional<Entry> find(Slice key, Sources sources) {
        Optional<Entry> found = sources.active().get(key);
        for (Iterator<SortedTable> rest = sources.tables().iterator(); found.isEmpty() && rest.hasNext(); ) {
            found = rest.next().get(key);
        }
        return found;
    }
}
