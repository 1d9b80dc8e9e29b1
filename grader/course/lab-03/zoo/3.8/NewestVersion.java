// exercise: 3.8
// type: storagelab.memtable.LogSnapshot
// verdict: caught
// because: a get takes the newest version in the memtable, also one that was put after the snapshot
public final class LogSnapshot implements Snapshot {
    @Override
    public Optional<Slice> get(Slice key) {
        Moment then = moment();
        for (SkipListMemtable memtable : then.memtables) {
            Optional<Entry> found = memtable.get(key, SkipListMemtable.MAX_SEQUENCE);
            if (found.isPresent()) {
                return found.filter(entry -> !entry.tombstone()).map(Entry::value);
            }
        }
        return then.find(key).filter(entry -> !entry.tombstone()).map(Entry::value);
    }
}
