package storagelab.mvcc.toy;

import java.util.Optional;
import storagelab.api.Durability;
import storagelab.api.KeyValueStore;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.course.Toy;

/**
 * Transactions whose writes become visible together when they commit, and no check at all: a transaction reads whatever is there
 * when it reads, and the last one to commit wins. Two that add one to the same counter add one in all.
 */
@Toy("no view and no conflicts: updates are lost")
public final class UncheckedTransactions {
    private final KeyValueStore store;

    /** A transaction; one thread at a time. */
    public final class Open {
        private final WriteBatch writes = new WriteBatch();

        private Open() {}

        /** The value that {@code key} has now, whatever else the transaction has read before. */
        public Optional<Slice> get(Slice key) {
            return store.get(key);
        }

        /** Stores a value when the transaction commits. */
        public void put(Slice key, Slice value) {
            writes.put(key, value);
        }

        /** Makes the writes visible. Never refuses. */
        public void commit() {
            store.write(writes, Durability.BUFFERED);
        }
    }

    /** Transactions over {@code store}. */
    public UncheckedTransactions(KeyValueStore store) {
        this.store = store;
    }

    /** Begins a transaction. */
    public Open begin() {
        return new Open();
    }
}
