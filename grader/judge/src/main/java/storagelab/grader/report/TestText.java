package storagelab.grader.report;

import java.util.Set;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.TestKind;
import storagelab.grader.model.TestResult;
import storagelab.grader.model.Verdict;

/** How reports name a test: students have the public ones and can run them; of a hidden one they see its property. */
final class TestText {
    /** What stands before {@link #command}. */
    static final String HOW_TO_RUN = "Run the public tests yourself: ";

    private static final Set<Verdict> FAILURES = Set.of(Verdict.FAILED, Verdict.TIMED_OUT, Verdict.CRASHED);

    private TestText() {}

    /** {@code "failed, public test ToyLogTest.readsBack: what was appended is read back"}. */
    static String headline(TestResult test) {
        String id = test.kind() == TestKind.PUBLIC ? " " + test.id() : "";
        return test.verdict().describe() + ", " + test.kind().describe() + " test" + id + ": " + test.name();
    }

    /** Whether students can see for themselves what is wrong: a public test ran and did not pass. */
    static boolean hasPublicFailure(ExerciseResult exercise) {
        return exercise.tests().stream()
                .anyMatch(test -> test.kind() == TestKind.PUBLIC && FAILURES.contains(test.verdict()));
    }

    /** What runs the public tests of the exercise in a workspace. */
    static String command(ExerciseResult exercise) {
        return "./lab test " + exercise.id();
    }
}
