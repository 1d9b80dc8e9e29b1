package storagelab.kin.experiment;

import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.StoreStats;
import storagelab.api.Transaction;
import storagelab.api.TransactionalStore;
import storagelab.api.WriteBatch;

/**
 * A store that counts what is read from it: each value that a get finds, and each entry that a cursor comes to. What
 * transactions read is not counted.
 *
 * <p>Concurrency: one thread.
 */
final class CountingStore implements TransactionalStore {
    private final TransactionalStore store;
    private long entries;
    private long bytes;

    /** Counts what is read from {@code store}, which the caller closes. */
    CountingStore(TransactionalStore store) {
        this.store = store;
    }

    /** What was read since the last call. */
    Stored takeRead() {
        Stored read = new Stored(entries, bytes);
        entries = 0;
        bytes = 0;
        return read;
    }

    private void count(Slice key, Slice value) {
        entries++;
        bytes += key.length() + value.length();
    }

    @Override
    public Optional<Slice> get(Slice key) {
        Optional<Slice> value = store.get(key);
        value.ifPresent(found -> count(key, found));
        return value;
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        store.write(batch, durability);
    }

    @Override
    public Cursor cursor(KeyRange range) {
        return new CountingCursor(store.cursor(range));
    }

    @Override
    public Snapshot snapshot() {
        return new CountingSnapshot(store.snapshot());
    }

    @Override
    public Transaction begin(Isolation isolation) {
        return store.begin(isolation);
    }

    @Override
    public StoreStats stats() {
        return store.stats();
    }

    @Override
    public void close() {}

    private final class CountingSnapshot implements Snapshot {
        private final Snapshot snapshot;

        CountingSnapshot(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public Optional<Slice> get(Slice key) {
            Optional<Slice> value = snapshot.get(key);
            value.ifPresent(found -> count(key, found));
            return value;
        }

        @Override
        public Cursor cursor(KeyRange range) {
            return new CountingCursor(snapshot.cursor(range));
        }

        @Override
        public void close() {
            snapshot.close();
        }
    }

    private final class CountingCursor implements Cursor {
        private final Cursor cursor;

        CountingCursor(Cursor cursor) {
            this.cursor = cursor;
        }

        private void arrived() {
            if (cursor.isValid()) {
                count(cursor.key(), cursor.value());
            }
        }

        @Override
        public boolean isValid() {
            return cursor.isValid();
        }

        @Override
        public void seekToFirst() {
            cursor.seekToFirst();
            arrived();
        }

        @Override
        public void seekToLast() {
            cursor.seekToLast();
            arrived();
        }

        @Override
        public void seek(Slice key) {
            cursor.seek(key);
            arrived();
        }

        @Override
        public void seekBefore(Slice key) {
            cursor.seekBefore(key);
            arrived();
        }

        @Override
        public void next() {
            cursor.next();
            arrived();
        }

        @Override
        public void prev() {
            cursor.prev();
            arrived();
        }

        @Override
        public Slice key() {
            return cursor.key();
        }

        @Override
        public Slice value() {
            return cursor.value();
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
