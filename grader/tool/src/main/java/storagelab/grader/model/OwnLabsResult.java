package storagelab.grader.model;

/**
 * The same tests of an exercise once more, on the submission's own labs below instead of the reference's. It is shown
 * beside the result that counts, and brings no points.
 *
 * @param verdict of all tests together
 * @param earned what it would have brought, rounded to 0.01
 * @param passed how many tests passed
 * @param tests how many there were
 * @param message why not all passed, in one or two sentences; empty when they did
 */
public record OwnLabsResult(Verdict verdict, double earned, long passed, long tests, String message) {
    /** {@code "on your own labs below: blocked, 0 of 12 tests: blocked by exercise 2.7, …"}. */
    public String describe() {
        String counts = "on your own labs below: " + verdict.describe() + ", " + passed + " of " + tests + " tests";
        return message.isEmpty() ? counts : counts + ": " + message;
    }
}
