package storagelab.grader.kv;

import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.SnapshotStore;
import storagelab.api.StoreStats;
import storagelab.api.TransactionalStore;

/** A transactional store whose reads, snapshots and stats are those of another store. Closing it closes the other store. */
abstract class ForwardingStore implements TransactionalStore {
    private final SnapshotStore store;

    ForwardingStore(SnapshotStore store) {
        this.store = store;
    }

    @Override
    public final Optional<Slice> get(Slice key) {
        return store.get(key);
    }

    @Override
    public final Cursor cursor(KeyRange range) {
        return store.cursor(range);
    }

    @Override
    public final Snapshot snapshot() {
        return store.snapshot();
    }

    @Override
    public final StoreStats stats() {
        return store.stats();
    }

    @Override
    public final void close() {
        store.close();
    }
}
