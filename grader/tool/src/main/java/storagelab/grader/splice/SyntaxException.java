package storagelab.grader.splice;

/** A source that is not Java, with the place of the first error. */
public final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long line;

    SyntaxException(String file, long line, String problem) {
        super(file + ":" + line + ": " + problem);
        this.file = file;
        this.line = line;
    }

    /** The name the source was parsed under. */
    public String file() {
        return file;
    }

    /** From 1. */
    public long line() {
        return line;
    }
}
