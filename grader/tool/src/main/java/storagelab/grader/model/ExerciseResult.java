package storagelab.grader.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
 * @param onOwnLabs the second score, on the submission's own labs below; {@code null} where there is only one
 */
public record ExerciseResult(
        String id,
        String title,
        double points,
        double earned,
        Verdict verdict,
        String message,
        List<TestResult> tests,
        @Nullable OwnLabsResult onOwnLabs) {
    public ExerciseResult {
        tests = List.copyOf(tests);
    }

    /** An exercise with one score. */
    public ExerciseResult(
            String id,
            String title,
            double points,
            double earned,
            Verdict verdict,
            String message,
            List<TestResult> tests) {
        this(id, title, points, earned, verdict, message, tests, null);
    }

    /** The same with a second score. */
    public ExerciseResult withOwnLabs(OwnLabsResult second) {
        return new ExerciseResult(id, title, points, earned, verdict, message, tests, second);
    }

    /** The same for another reason. */
    public ExerciseResult withMessage(String reason) {
        return new ExerciseResult(id, title, points, earned, verdict, reason, tests, onOwnLabs);
    }

    /** How many tests ended with the given verdict. */
    public long count(Verdict wanted) {
        return tests.stream().filter(test -> test.verdict() == wanted).count();
    }
}
