// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: caught
// because: tables are asked before the frozen memtables, which are newer
public final class SortedLogStore implements KeyValueStore {
    private static Optional<Entry> find(Slice key, Sources sources) {
        Optional<Entry> found = sources.active().get(key);
        for (Iterator<SortedTable> rest = sources.tables().iterator(); found.isEmpty() && rest.hasNext(); ) {
            found = rest.next().get(key);
        }
        for (Iterator<FrozenMemtable> rest = sources.frozen().iterator(); found.isEmpty() && rest.hasNext(); ) {
            found = rest.next().memtable().get(key);
        }
        return found;
    }
}
