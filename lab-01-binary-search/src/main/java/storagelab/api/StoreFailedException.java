package storagelab.api;

/**
 * An earlier write or sync failed, so that nobody knows what is on the disk: the store takes no more writes until it is
 * opened again and has recovered from its log.
 */
public final class StoreFailedException extends StorageException {
    private static final long serialVersionUID = 1L;

    /**
     * @param store the store that failed, such as its directory
     * @param cause the first failure
     */
    public StoreFailedException(String store, Throwable cause) {
        super(
                store + " takes no more writes until it is reopened, because an earlier one failed: "
                        + cause.getMessage(),
                cause);
    }
}
