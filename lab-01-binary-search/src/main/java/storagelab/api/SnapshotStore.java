package storagelab.api;

/** An ordered store that can hold on to its state of a moment. */
public interface SnapshotStore extends OrderedStore {
    /**
     * The state now: it has every write that returned before the call, whole batches, and no write that began after it.
     *
     * @throws StoreClosedException if the store is closed
     */
    Snapshot snapshot();
}
