package storagelab.grader.kv;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.Transaction;
import storagelab.api.TransactionalStore;
import storagelab.api.WriteBatch;

/**
 * A transactional store that remembers the transaction it has begun last. So the statements of a session and its other commands
 * share one transaction: the statements begin it, and {@code put} and {@code get} find it here.
 *
 * <p>Concurrency: one thread at a time.
 */
final class TransactionTap extends ForwardingStore {
    private final TransactionalStore store;
    private @Nullable Transaction last;

    TransactionTap(TransactionalStore store) {
        super(store);
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
    public void write(WriteBatch batch, Durability durability) {
        store.write(batch, durability);
    }
}
