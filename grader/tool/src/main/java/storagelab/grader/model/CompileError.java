package storagelab.grader.model;

/**
 * One error of the compiler, or a refusal of what compiles.
 *
 * @param file path below the lab's directory, with forward slashes
 * @param line counted from 1; 0 when the compiler named none
 * @param column counted from 1; 0 when the compiler named none
 * @param message what the compiler said, without file and line
 * @param sourceLine the text of that line; empty when unknown
 */
public record CompileError(String file, long line, long column, String message, String sourceLine) {
    private static final String REFUSED = "refused: it ";

    /**
     * A source that compiles and breaks a rule of the course.
     *
     * @param line counted from 1; 0 if it is about the whole source
     * @param words what it does and why it is refused, to follow "it"
     * @param text the source
     */
    public static CompileError refused(String file, long line, String words, String text) {
        String sourceLine =
                line == 0 ? "" : text.lines().skip(line - 1).findFirst().orElse("");
        return new CompileError(file, line, 0, REFUSED + words, sourceLine);
    }

    /** Whether the source compiles and is refused. */
    public boolean isRefusal() {
        return message.startsWith(REFUSED);
    }

    /** What is said of an exercise that is in the file: {@code "does not compile: BinarySearch.java:12: ';' expected"}. */
    public String charge() {
        return isRefusal() ? describe() : "does not compile: " + describe();
    }

    /** {@code "lab-01/src/main/java/p/User.java:12"}; without the line if there is none. */
    public String place() {
        return line > 0 ? file + ":" + line : file;
    }

    /** {@code "BinarySearch.java:12: ';' expected"}. */
    public String describe() {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return line > 0 ? name + ":" + line + ": " + message : name + ": " + message;
    }
}
