package storagelab.archive;

import java.io.IOException;
import storagelab.api.StorageException;
import storagelab.api.StorageIoException;

/**
 * An object store did not answer: a request may have been carried out or not, and may succeed later. It is the cause of a {@link
 * StorageIoException}, as an object that is not there never is.
 */
public final class StoreUnreachableException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what to do next.
     *
     * @param store the object store, such as its directory
     * @param cause why there was no answer
     */
    public StoreUnreachableException(String store, Throwable cause) {
        super(
                "the object store " + store + " cannot be reached (" + reason(cause)
                        + "); nothing is lost, so try again when it can",
                cause);
    }

    /** Whether an operation failed since an object store did not answer, and not since its answer was a refusal. */
    public static boolean isCauseOf(StorageException failure) {
        return failure instanceof StorageIoException && failure.getCause() instanceof StoreUnreachableException;
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
