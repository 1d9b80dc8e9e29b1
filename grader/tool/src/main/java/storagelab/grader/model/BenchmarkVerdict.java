package storagelab.grader.model;

/** How a benchmark ended. */
public enum BenchmarkVerdict {
    /** Counters within their limits and the time within its band. */
    PASSED("passed"),
    /** Right and within some of its limits, so it brought a part of the points. */
    PARTIAL("partly"),
    /** Beyond its limits. */
    FAILED("failed"),
    /** The interval is too wide to say; never a silent zero. */
    TOO_NOISY("too noisy"),
    /** Not measured: the exercise does not pass its tests, or benchmarks were left out. */
    NOT_RUN("not run"),
    /** The machine was too busy to run it, which says nothing about the submission; never a score. */
    NOT_GRADED("not graded");

    private final String words;

    BenchmarkVerdict(String words) {
        this.words = words;
    }

    /** The verdict as a person says it: {@code "too noisy"}. */
    public String describe() {
        return words;
    }
}
