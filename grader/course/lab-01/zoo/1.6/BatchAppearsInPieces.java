// exercise: 1.6
// type: storagelab.sortedlog.SortedLogStore
// verdict: caught
// because: the entries of a batch go into memory one by one, and a reader in between sees a part of it
public final class SortedLogStore implements KeyValueStore {
    private void apply(List<Entry> entries) {
        entries.forEach(state.sources().active()::put);
    }
}
