package storagelab.grader.serve;

/** A client has sent what is not the protocol: it is told so, and its connection is closed. */
final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String error;

    /** {@code message} is sent to the client after "ERR Protocol error: ". */
    ProtocolException(String message) {
        super(message, null, false, false);
        this.error = message;
    }

    /** The message. */
    String error() {
        return error;
    }
}
