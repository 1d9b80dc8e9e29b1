package storagelab.codec;

/** Bytes that no writer of the format can have produced. */
public final class MalformedBytesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong and where
     */
    public MalformedBytesException(String message) {
        super(message);
    }
}
