package storagelab.api;

/** A store whose reads and writes can be grouped into transactions. */
public interface TransactionalStore extends SnapshotStore {
    /**
     * Begins a transaction.
     *
     * @throws StoreClosedException if the store is closed
     */
    Transaction begin(Isolation isolation);
}
