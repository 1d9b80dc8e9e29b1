package storagelab.grader.run;

import storagelab.grader.run.TimeLimits.Span;

/**
 * The processor time of one submission: one budget for everything that is done with it, and parts of that. What is left for compiling a lab
 * or for its tests is never more than what is left of the whole.
 *
 * <p>A piece of work that was begun is ended by its own limit, so that the whole may be exceeded by one run of the compiler, or by the
 * tests of one exercise.
 *
 * @param limits of each piece of work
 * @param whole what all of them share
 */
public record SubmissionTime(TimeLimits limits, CpuBudget whole) {
    private static final long FIXED_MILLIS = 600_000;
    private static final long LAB_MILLIS = 300_000;
    private static final long LAB_COMPILE_MILLIS = 240_000;
    private static final long LAB_TEST_MILLIS = 900_000;
    private static final long SECOND_SCORE_MILLIS = 120_000;

    /**
     * The time for a submission of which {@code labs} labs are graded. The reference needs about 40 s a lab, on the machine that the limits
     * were chosen on.
     */
    public static SubmissionTime of(TimeLimits limits, int labs) {
        return new SubmissionTime(
                limits, new CpuBudget(limits.scaled(FIXED_MILLIS + LAB_MILLIS * labs), "for this submission"));
    }

    /** One run of the compiler over a lab. */
    public Span compile() {
        return limits.compile();
    }

    /** All runs of the compiler over one lab. */
    public CpuBudget labCompile() {
        return whole.part(limits.scaled(LAB_COMPILE_MILLIS), "for compiling this lab");
    }

    /** All tests of one lab. */
    public CpuBudget labTests() {
        return whole.part(limits.scaled(LAB_TEST_MILLIS), "for the tests of this lab");
    }

    /** The second score of one lab. */
    public CpuBudget secondScore() {
        return whole.part(limits.scaled(SECOND_SCORE_MILLIS), "for the second score of this lab");
    }
}
