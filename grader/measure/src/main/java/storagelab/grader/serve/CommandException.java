package storagelab.grader.serve;

/** A command could not be done: its message is the error that the client gets. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String error;

    /** {@code message} begins with a word in capitals that says what kind of error it is, such as {@code ERR}. */
    CommandException(String message) {
        super(message, null, false, false);
        this.error = message;
    }

    static CommandException syntax() {
        return new CommandException("ERR syntax error");
    }

    static CommandException notAnInteger() {
        return new CommandException("ERR value is not an integer or out of range");
    }

    /** The message. */
    String error() {
        return error;
    }
}
