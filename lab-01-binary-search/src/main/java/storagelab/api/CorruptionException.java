package storagelab.api;

import java.nio.file.Path;

/**
 * Bytes on disk are not what was written there, or are in a format that this program does not know. Says in which file,
 * where, what was expected and what was found.
 */
public final class CorruptionException extends StorageException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;
    private final String reason;
    private final boolean isUnknownFormat;

    /**
     * Damage.
     *
     * @param file the damaged file
     * @param offset where in it the damaged part begins, in bytes
     * @param expected what should be there
     * @param actual what is there
     */
    public CorruptionException(Path file, long offset, String expected, String actual) {
        super(file + " is damaged at byte " + offset + ": expected " + expected + ", found " + actual, null);
        this.file = file.toString();
        this.offset = offset;
        this.reason = "expected " + expected + ", found " + actual;
        this.isUnknownFormat = false;
    }

    private CorruptionException(Path file, long offset, String reason) {
        super(file + " cannot be read from byte " + offset + " on: " + reason, null);
        this.file = file.toString();
        this.offset = offset;
        this.reason = reason;
        this.isUnknownFormat = true;
    }

    /**
     * Bytes that are whole, since their checksum is right, and that this program cannot read: another one has written them, or
     * a newer one.
     *
     * @param file which has them
     * @param offset where in it they begin
     * @param reason what is not known, such as {@code "the compression 4 is not known to this program"}
     */
    public static CorruptionException unknownFormat(Path file, long offset, String reason) {
        return new CorruptionException(file, offset, reason);
    }

    /** The file. */
    public String file() {
        return file;
    }

    /** Where in the file the part begins that cannot be read, in bytes. */
    public long offset() {
        return offset;
    }

    /** What was expected there, and what was found. */
    public String reason() {
        return reason;
    }

    /** Whether the bytes are whole, and in a format that this program does not know. */
    public boolean isUnknownFormat() {
        return isUnknownFormat;
    }
}
