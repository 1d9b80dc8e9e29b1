package storagelab.grader.kv;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
 * A transactional store that remembers the transaction it has begun last. So the statements of a session and its other commands
 * share one transaction: the statements begin it, and {@code put} and {@code get} find it here.
 *
 * <p>Concurrency: one thread at a time.
 */
final class TransactionTap implements TransactionalStore {
    private final TransactionalStore store;
    private @Nullable Transaction last;

    TransactionTap(TransactionalStore store) {
        this.store = store;
    }

    /** The transaction that was begun last, which may have ended. */
    Optional<Transaction> last() {
        return Optional.ofNullable(last);
    }

    @Override
    public Transaction begin(Isolation isolation) {
        Transaction begun = store.begin(isolation);
        last = begun;
        return begun;
    }

    @Override
    public Optional<Slice> get(Slice key) {
        return store.get(key);
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        store.write(batch, durability);
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
}
