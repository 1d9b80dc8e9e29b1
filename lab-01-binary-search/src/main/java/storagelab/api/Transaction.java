package storagelab.api;

import java.util.Optional;

/**
 * Reads and writes that take effect together, at {@link #commit}, or not at all.
 *
 * <p>Reads see the state of the store when the transaction began, and what the transaction itself has written.
 *
 * <p>Errors: {@link TransactionConflictException} if another transaction was faster: rolled back, and may be run again. After
 * {@link #commit}, {@link #rollback} or {@link #close}, every other call throws {@link IllegalStateException}.
 *
 * <p>Concurrency: one thread at a time.
 */
public interface Transaction extends AutoCloseable {
    /** A moment of a transaction, to which it can go back. */
    interface Savepoint {}

    /** The value of {@code key}, or nothing if it has none. */
    Optional<Slice> get(Slice key);

    /** Stores a value under a key, when the transaction commits. */
    void put(Slice key, Slice value);

    /** Removes a key and its value, when the transaction commits. */
    void delete(Slice key);

    /**
     * Removes the keys of a range that this transaction sees, its own among them, when the transaction commits. It is as if they were
     * deleted one after the other, in cost and in memory too.
     *
     * <p>A concurrent write of a key that was removed is a conflict. A key that another transaction adds to the range meanwhile stays;
     * under {@link Isolation#SERIALIZABLE} the whole range counts as read, so that the result is that of some order of the two.
     *
     * @return how many keys were removed
     */
    default long deleteRange(KeyRange range) {
        long removed = 0;
        try (Cursor entries = cursor(range)) { // shows nothing that is removed from now on
            for (entries.seekToFirst(); entries.isValid(); entries.next()) {
                delete(entries.key());
                removed++;
            }
        }
        return removed;
    }

    /**
     * A cursor over the entries in a range, what this transaction has written so far among them. It shows nothing that is written
     * after it was made, by this transaction either. It is closed with the transaction at the latest.
     */
    Cursor cursor(KeyRange range);

    /** This moment. */
    Savepoint savepoint();

    /**
     * Takes back what was written since {@code savepoint}, which can be used again. Savepoints after it are gone.
     *
     * @throws IllegalArgumentException if it is not a savepoint of this transaction, or gone
     */
    void rollbackTo(Savepoint savepoint);

    /**
     * Makes all writes visible and as durable as {@code durability} says. A transaction that has written nothing costs nothing.
     *
     * @throws TransactionConflictException if a conflict does not allow it; nothing has changed then
     */
    void commit(Durability durability);

    /** As {@link #commit(Durability)}, {@link Durability#BUFFERED}. */
    default void commit() {
        commit(Durability.BUFFERED);
    }

    /** Gives all writes up. */
    void rollback();

    /** Rolls back, if the transaction was not committed. Closing twice does nothing. */
    @Override
    void close();
}
