package storagelab.api;

import java.io.IOException;

/** The file system refused an operation. The cause is its {@link IOException}. */
public final class StorageIoException extends StorageException {
    private static final long serialVersionUID = 1L;

    /**
     * @param doing what was attempted, such as {@code "reading block 3 of 000007.table"}
     */
    public StorageIoException(String doing, IOException cause) {
        super(doing + " failed: " + cause.getMessage(), cause);
    }
}
