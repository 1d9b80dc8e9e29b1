package storagelab.grader.model;

import java.util.List;

/**
 * One exercise: its tests and what they add up to.
 *
 * @param id such as {@code "1.4"}
 * @param title a few words
 * @param points what it is worth
 * @param earned what it brought, rounded to 0.01
 * @param verdict {@code PASSED} only if every test passed
 * @param message why, in one or two sentences; empty when it passed
 * @param tests in the order they are declared
 */
public record ExerciseResult(
        String id,
        String title,
        double points,
        double earned,
        Verdict verdict,
        String message,
        List<TestResult> tests) {
    public ExerciseResult {
        tests = List.copyOf(tests);
    }

    /** How many tests ended with the given verdict. */
    public long count(Verdict wanted) {
        return tests.stream().filter(test -> test.verdict() == wanted).count();
    }
}
