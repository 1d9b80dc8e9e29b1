// exercise: 3.8
// type: storagelab.memtable.LogSnapshot
// verdict: caught
// because: a get under which the snapshot is closed says that a channel is closed
public final class LogSnapshot implements Snapshot {
    @Override
    public Optional<Slice> get(Slice key) {
        return moment().find(key).filter(entry -> !entry.tombstone()).map(Entry::value);
    }
}
