package storagelab.api;

/** Two transactions wanted what only one of them could have. Running the transaction again may succeed. */
public final class TransactionConflictException extends StorageException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what the conflict was about
     */
    public TransactionConflictException(String message) {
        super(message, null);
    }
}
