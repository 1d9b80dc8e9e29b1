package storagelab.grader.kv;

import java.time.InstantSource;
import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.kv.ExpiringValue;

/**
 * A store of values that expire, opened for reading: the values without their expiry, and none that has passed.
 *
 * @param stored has the expiry before each value
 * @param clock says what has expired
 */
record UnexpiredEntries(OrderedStore stored, InstantSource clock) implements OrderedStore {
    @Override
    public Optional<Slice> get(Slice key) {
        long now = clock.millis();
        return stored.get(key)
                .filter(value -> ExpiringValue.expiryMillis(value) > now)
                .map(ExpiringValue::withoutHead);
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        throw new UnsupportedOperationException("the store is open for reading");
    }

    @Override
    public Cursor cursor(KeyRange range) {
        return new Unexpired(stored.cursor(range), clock.millis());
    }

    @Override
    public StoreStats stats() {
        return stored.stats();
    }

    @Override
    public void close() {
        stored.close();
    }

    /** A cursor that passes over what has expired. */
    private record Unexpired(Cursor all, long now) implements Cursor {
        @Override
        public boolean isValid() {
            return all.isValid();
        }

        @Override
        public void seekToFirst() {
            all.seekToFirst();
            forward();
        }

        @Override
        public void seekToLast() {
            all.seekToLast();
            backward();
        }

        @Override
        public void seek(Slice key) {
            all.seek(key);
            forward();
        }

        @Override
        public void seekBefore(Slice key) {
            all.seekBefore(key);
            backward();
        }

        @Override
        public void next() {
            all.next();
            forward();
        }

        @Override
        public void prev() {
            all.prev();
            backward();
        }

        @Override
        public Slice key() {
            return all.key();
        }

        @Override
        public Slice value() {
            return ExpiringValue.withoutHead(all.value());
        }

        @Override
        public void close() {
            all.close();
        }

        private void forward() {
            while (all.isValid() && ExpiringValue.expiryMillis(all.value()) <= now) {
                all.next();
            }
        }

        private void backward() {
            while (all.isValid() && ExpiringValue.expiryMillis(all.value()) <= now) {
                all.prev();
            }
        }
    }
}
