package storagelab.codec;

/** Bytes are whole, and say something that this program does not know, such as a field of a newer format. */
public final class UnknownFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what is not known
     */
    public UnknownFormatException(String message) {
        super(message);
    }
}
