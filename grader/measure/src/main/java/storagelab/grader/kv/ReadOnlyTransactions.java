package storagelab.grader.kv;

import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.SnapshotStore;
import storagelab.api.Transaction;
import storagelab.api.WriteBatch;

/** A store that is open for reading, in the type that queries take. Its transactions read one moment and write nothing. */
final class ReadOnlyTransactions extends ForwardingStore {
    ReadOnlyTransactions(SnapshotStore store) {
        super(store);
    }

    @Override
    public Transaction begin(Isolation isolation) {
        return new Reading(snapshot());
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        throw new UnsupportedOperationException("the store is open for reading");
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
