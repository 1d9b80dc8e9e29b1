package storagelab.kv;

import com.google.common.util.concurrent.Striped;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.UnaryOperator;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;
import storagelab.api.TransactionalStore;

/**
 * Updates of single values: a transaction that reads the value and writes the new one, again until it commits.
 *
 * <p>The first committer wins, so a commit says that no other write of the key came between. Updates of the same key take
 * turns under a lock: of eight that run at the same time each is tried once, where otherwise seven would be refused, then six.
 *
 * <p>After a conflict with another write, that write may still wait for its sync, and a new transaction would not see it and be
 * refused again. So an update waits until that write is visible before it reads again.
 *
 * <p>Concurrency: safe for many threads.
 */
final class Updates {
    private static final int LOCKS = 256;

    private final TransactionalStore store;
    private final Runnable awaitCommits;
    private final Striped<Lock> locks = Striped.lock(LOCKS);

    /**
     * Updates of {@code store}.
     *
     * @param awaitCommits returns when every commit that has its place in the log is visible
     */
    Updates(TransactionalStore store, Runnable awaitCommits) {
        this.store = store;
        this.awaitCommits = awaitCommits;
    }

    /** As {@link UpdatableStore#update} says. */
    Optional<Slice> update(Slice key, UnaryOperator<Optional<Slice>> change, Durability durability) {
        Lock turn = locks.get(key);
        turn.lock();
        try {
            while (true) {
                try {
                    return tried(key, change, durability);
                } catch (TransactionConflictException e) {
                    awaitCommits.run(); // another write was faster: the next attempt sees it
                }
            }
        } finally {
            turn.unlock();
        }
    }

    private Optional<Slice> tried(Slice key, UnaryOperator<Optional<Slice>> change, Durability durability) {
        try (Transaction transaction = store.begin(Isolation.SNAPSHOT)) {
            Optional<Slice> old = transaction.get(key);
            Optional<Slice> changed = change.apply(old);
            if (!changed.equals(old)) {
                changed.ifPresentOrElse(value -> transaction.put(key, value), () -> transaction.delete(key));
                transaction.commit(durability);
            }
            return changed;
        }
    }
}
