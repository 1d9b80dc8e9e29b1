package storagelab.grader.run;

/**
 * What the operating system holds one child process to.
 *
 * @param fileBytes the longest file it may write
 * @param openFiles how many descriptors it may have
 * @param processes how many threads and processes its user may have
 */
public record Limits(long fileBytes, int openFiles, int processes) {
    /** Enough for a JVM that runs the tests of a lab. */
    public static Limits defaults() {
        return new Limits(256L << 20, 1024, 512);
    }
}
