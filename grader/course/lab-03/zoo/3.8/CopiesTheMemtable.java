// exercise: 3.8
// type: storagelab.memtable.SnapshotLogStore
// verdict: caught
// because: the entries of the memtable are copied for each snapshot, as if there were no versions
import storagelab.sortedlog.Sources;

public final class SnapshotLogStore extends PinningLogStore implements SnapshotStore {
    @Override
    public LogSnapshot snapshot() {
        return store.look(sources -> {
            long sequence = ((VersionedMemtable) sources.active()).visibleSequence();
            VersionedMemtable copy = new VersionedMemtable(new AtomicLong(sequence));
            sources.active().entries().forEachRemaining(copy::put);
            return new LogSnapshot(store, pins, new Sources(copy, sources.frozen(), sources.tables()));
        });
    }
}
