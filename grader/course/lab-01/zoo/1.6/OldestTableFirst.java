// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: caught
// because: tables are asked from the oldest to the newest, and an old value hides a new one
import com.google.common.collect.Lists;

public final class SortedLogStore implements KeyValueStore {
    private static Optional<Entry> find(Slice key, Sources sources) {
        Optional<Entry> found = sources.active().get(key);
        for (Iterator<FrozenMemtable> rest = sources.frozen().iterator(); found.isEmpty() && rest.hasNext(); ) {
            found = rest.next().memtable().get(key);
        }
        for (SortedTable table : Lists.reverse(sources.tables())) {
            found = found.isPresent() ? found : table.get(key);
        }
        return found;
    }
}
