package storagelab.api;

/** The store was used after it was closed. */
public final class StoreClosedException extends StorageException {
    private static final long serialVersionUID = 1L;

    /**
     * @param store what was closed, such as the directory of the store
     */
    public StoreClosedException(String store) {
        super(store + " is closed", null);
    }
}
