package storagelab.api;

/** A store whose keys can be walked in their order. */
public interface OrderedStore extends KeyValueStore {
    /**
     * A cursor over the entries whose keys are in {@code range}, as they are now: it sees every write that returned before
     * the call, and none that began after it. It is at no entry until it is positioned. Positions outside the range do not
     * exist for it: {@code seek} with a key below the range moves to its first entry.
     *
     * <p>A cursor holds resources of the store, files for one, until it is closed.
     *
     * @throws StoreClosedException if the store is closed; the cursor's methods throw it, too, once the store is closed
     */
    Cursor cursor(KeyRange range);
}
