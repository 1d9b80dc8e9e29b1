package storagelab.mvcc.toy;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import storagelab.api.OrderedStore;
import storagelab.course.Toy;

/**
 * Transactions over a store, behind one lock: those that only read share it, one that writes has it alone. Every result is right,
 * because a transaction that writes runs while no other one does. A report that reads for a minute keeps every writer waiting
 * for a minute.
 */
@Toy("one lock for the whole store: readers keep writers waiting")
public final class LockedTransactions {
    private final OrderedStore store;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /** Transactions over {@code store}, which nothing else may use. */
    public LockedTransactions(OrderedStore store) {
        this.store = store;
    }

    /** Runs a transaction that only reads. */
    public <T> T read(Function<OrderedStore, T> transaction) {
        lock.readLock().lock();
        try {
            return transaction.apply(store);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Runs a transaction that writes. */
    public void write(Consumer<OrderedStore> transaction) {
        lock.writeLock().lock();
        try {
            transaction.accept(store);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
