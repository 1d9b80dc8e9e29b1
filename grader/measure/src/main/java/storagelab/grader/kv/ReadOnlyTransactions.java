package storagelab.grader.kv;

import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.SnapshotStore;
import storagelab.api.StoreStats;
import storagelab.api.Transaction;
import storagelab.api.TransactionalStore;
import storagelab.api.WriteBatch;

/** A store that is open for reading, in the type that queries take. Its transactions read one moment and write nothing. */
record ReadOnlyTransactions(SnapshotStore store) implements TransactionalStore {
    @Override
    public Transaction begin(Isolation isolation) {
        return new Reading(store.snapshot());
    }

    @Override
    public Optional<Slice> get(Slice key) {
        return store.get(key);
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        throw new UnsupportedOperationException("the store is open for reading");
    }

    @Override
    public Cursor cursor(KeyRange range) {
        return store.cursor(range);
    }

    @Override
    public Snapshot snapshot() {
        return store.snapshot();
    }

    @Override
    public StoreStats stats() {
        return store.stats();
    }

    @Override
    public void close() {
        store.close();
    }

    /** A transaction that only reads. */
    private record Reading(Snapshot state) implements Transaction {
        /** The only moment there is, since nothing is written. */
        private enum Only implements Savepoint {
            MOMENT
        }

        @Override
        public Optional<Slice> get(Slice key) {
            return state.get(key);
        }

        @Override
        public void put(Slice key, Slice value) {
            throw new UnsupportedOperationException("the store is open for reading");
        }

        @Override
        public void delete(Slice key) {
            throw new UnsupportedOperationException("the store is open for reading");
        }

        @Override
        public Cursor cursor(KeyRange range) {
            return state.cursor(range);
        }

        @Override
        public Savepoint savepoint() {
            return Only.MOMENT;
        }

        @Override
        public void rollbackTo(Savepoint savepoint) {}

        @Override
        public void commit(Durability durability) {
            state.close();
        }

        @Override
        public void rollback() {
            state.close();
        }

        @Override
        public void close() {
            state.close();
        }
    }
}
