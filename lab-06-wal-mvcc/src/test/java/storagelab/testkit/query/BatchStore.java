package storagelab.testkit.query;

import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.Transaction;
import storagelab.api.TransactionalStore;
import storagelab.testkit.MemoryOrderedStore;

/**
 * A transactional store in memory that is right as long as there is one transaction at a time and nothing is written while a
 * snapshot is open. It needs no exercise.
 */
public final class BatchStore extends MemoryOrderedStore implements TransactionalStore {
    @Override
    public Transaction begin(Isolation isolation) {
        return new BatchTransaction(this);
    }

    @Override
    public Snapshot snapshot() {
        return new Snapshot() {
            @Override
            public Optional<Slice> get(Slice key) {
                return BatchStore.this.get(key);
            }

            @Override
            public Cursor cursor(KeyRange range) {
                return BatchStore.this.cursor(range);
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }
}
