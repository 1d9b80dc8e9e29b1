// exercise: 3.8
// type: storagelab.memtable.SnapshotLogStore
// verdict: caught
// because: a snapshot waits for the writer, who waits for the disk
public final class SnapshotLogStore extends PinningLogStore implements SnapshotStore {
    @Override
    public LogSnapshot snapshot() {
        return store.lookBetweenWrites(sources -> new LogSnapshot(store, pins, sources));
    }
}
