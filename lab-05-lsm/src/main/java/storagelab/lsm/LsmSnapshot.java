package storagelab.lsm;

import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Slice;

/**
 * A sequence that is held: reads look at the store as it is, and pass over what is newer. Nothing is copied, and no
 * table is kept; merges keep what the sequence can see.
 */
final class LsmSnapshot implements EngineSnapshot {
    private final LsmStore store;
    private final SnapshotList snapshots;
    private final long sequence;
    private volatile boolean closed; // changed under this

    LsmSnapshot(LsmStore store, SnapshotList snapshots) {
        this.store = store;
        this.snapshots = snapshots;
        this.sequence = snapshots.hold();
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public Optional<Slice> get(Slice key) {
        checkOpen();
        Optional<Slice> value = store.get(key, sequence);
        checkOpen(); // nor was it closed before the last table was read
        return value;
    }

    @Override
    public synchronized Cursor cursor(KeyRange range) {
        checkOpen();
        return store.cursor(range, sequence);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            snapshots.release(sequence);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the snapshot is closed");
        }
        store.checkOpen();
    }
}
