package storagelab.api;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** The file system refused an operation. The cause is its {@link IOException}. */
public final class StorageIoException extends StorageException {
    private static final long serialVersionUID = 1L;

    /**
     * @param doing what was attempted, such as {@code "reading block 3 of 000007.table"}
     */
    public StorageIoException(String doing, IOException cause) {
        super(doing + " failed: " + reason(cause), cause);
    }

    /** What the operating system says. The most frequent of its exceptions have a path for a message, and no reason. */
    private static String reason(IOException cause) {
        if (cause instanceof FileSystemException refused && refused.getReason() == null) {
            return refused.getMessage() + ": " + reason(refused);
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private static String reason(FileSystemException refused) {
        if (refused instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (refused instanceof NoSuchFileException) {
            return "there is no such file or directory";
        }
        if (refused instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        if (refused instanceof NotDirectoryException) {
            return "it is not a directory";
        }
        if (refused instanceof DirectoryNotEmptyException) {
            return "the directory is not empty";
        }
        return refused.getClass().getSimpleName();
    }
}
