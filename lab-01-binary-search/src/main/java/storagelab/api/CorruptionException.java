package storagelab.api;

import java.nio.file.Path;

/** Bytes on disk are not what was written there. Says in which file, where, what was expected and what was found. */
public final class CorruptionException extends StorageException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;

    /**
     * @param file the damaged file
     * @param offset where in it the damaged part begins, in bytes
     * @param expected what should be there
     * @param actual what is there
     */
    public CorruptionException(Path file, long offset, String expected, String actual) {
        super(file + " is damaged at byte " + offset + ": expected " + expected + ", found " + actual, null);
        this.file = file.toString();
        this.offset = offset;
    }

    /** The damaged file. */
    public String file() {
        return file;
    }

    /** Where in the file the damaged part begins, in bytes. */
    public long offset() {
        return offset;
    }
}
