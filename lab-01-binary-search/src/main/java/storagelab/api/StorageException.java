package storagelab.api;

import org.jspecify.annotations.Nullable;

/** Something went wrong in a store. The kinds of it are the permitted subclasses. */
public abstract sealed class StorageException extends RuntimeException
        permits CorruptionException,
                LogTruncatedException,
                StorageIoException,
                StoreClosedException,
                StoreFailedException,
                TransactionConflictException {
    private static final long serialVersionUID = 1L;

    StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
