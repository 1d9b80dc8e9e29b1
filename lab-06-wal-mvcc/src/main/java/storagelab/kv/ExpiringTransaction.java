package storagelab.kv;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Transaction;

/**
 * A transaction of an {@link ExpiringStore}. All its reads see the values that are there at one moment, {@link
 * #instant}. A value that expires while the transaction runs stays visible to it. A value that it writes itself, with an expiry at that
 * moment or before, is not visible to it.
 *
 * <p>That a value expires is not a write: no transaction conflicts with it.
 *
 * <p>Concurrency: one thread at a time.
 */
public final class ExpiringTransaction implements Transaction {
    private final Transaction stored;
    private final Instant now;
    private final Path store;

    ExpiringTransaction(Transaction stored, Instant now, Path store) {
        this.stored = stored;
        this.now = now;
        this.store = store;
    }

    /** The moment at which it reads. */
    public Instant instant() {
        return now;
    }

    /** The value of {@code key} and its expiry, or nothing if it has none. */
    public Optional<ExpiringValue> getWithExpiry(Slice key) {
        return stored.get(key).map(bytes -> ExpiringValue.decode(bytes, store)).filter(value -> value.isThereAt(now));
    }

    /** Stores a value that is there until {@code expiry}, when the transaction commits. */
    public void putExpiring(Slice key, Slice value, Instant expiry) {
        stored.put(key, new ExpiringValue(value, Optional.of(expiry)).encode());
    }

    /** Stores a value with the expiry that it has, or without one, when the transaction commits. */
    public void put(Slice key, ExpiringValue value) {
        stored.put(key, value.encode());
    }

    @Override
    public Optional<Slice> get(Slice key) {
        return getWithExpiry(key).map(ExpiringValue::value);
    }

    /** {@inheritDoc} It never expires. */
    @Override
    public void put(Slice key, Slice value) {
        put(key, ExpiringValue.lasting(value));
    }

    @Override
    public void delete(Slice key) {
        stored.delete(key);
    }

    @Override
    public Cursor cursor(KeyRange range) {
        return new ExpiringCursor(stored.cursor(range), now, store);
    }

    @Override
    public Savepoint savepoint() {
        return stored.savepoint();
    }

    @Override
    public void rollbackTo(Savepoint savepoint) {
        stored.rollbackTo(savepoint);
    }

    @Override
    public void commit(Durability durability) {
        stored.commit(durability);
    }

    @Override
    public void rollback() {
        stored.rollback();
    }

    @Override
    public void close() {
        stored.close();
    }
}
