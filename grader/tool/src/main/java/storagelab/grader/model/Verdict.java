package storagelab.grader.model;

/** How one test, or one whole exercise, ended. */
public enum Verdict {
    /** Everything that was asked held. */
    PASSED("passed"),
    /** The code ran and did something else than the contract says, or does not compile. */
    FAILED("failed"),
    /** The test did not end in its time and its JVM was killed. */
    TIMED_OUT("timed out"),
    /** The JVM went away under the test: exit, halt, out of memory, a flood of output. */
    CRASHED("crashed"),
    /** The test reached a body that still throws {@code ExerciseNotDone} with its own id. */
    NOT_STARTED("not started"),
    /** The test reached a body of another exercise that is not done. */
    BLOCKED("blocked"),
    /** The grader itself failed; says nothing about the submission. */
    GRADER_ERROR("grader error"),
    /** The machine was too busy or broken to tell, which says nothing about the submission; never a score. */
    NOT_GRADED("not graded");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** The verdict as a person says it: {@code "timed out"}. */
    public String describe() {
        return words;
    }
}
