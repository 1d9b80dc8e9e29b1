package storagelab.grader.model;

/**
 * One error of the compiler.
 *
 * @param file path below the lab's directory, with forward slashes
 * @param line counted from 1; 0 when the compiler named none
 * @param column counted from 1; 0 when the compiler named none
 * @param message what the compiler said, without file and line
 * @param sourceLine the text of that line; empty when unknown
 */
public record CompileError(String file, long line, long column, String message, String sourceLine) {
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
