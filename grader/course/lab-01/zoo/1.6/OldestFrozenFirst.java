// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: caught
// because: of several frozen memtables the oldest is asked first
public final class SortedLogStore implements KeyValueStore {
    private static Optional<Entry> find(Slice key, Sources sources) {
        Optional<Entry> found = sources.active().get(key);
        for (int i = sources.frozen().size() - 1; found.isEmpty() && i >= 0; i--) {
            found = sources.frozen().get(i).memtable().get(key);
        }
        for (Iterator<SortedTable> rest = sources.tables().iterator(); found.isEmpty() && rest.hasNext(); ) {
            found = rest.next().get(key);
        }
        return found;
    }
}
