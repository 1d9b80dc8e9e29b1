package storagelab.grader.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.OwnLabsResult;
import storagelab.grader.model.TestKind;
import storagelab.grader.model.TestResult;
import storagelab.grader.model.Verdict;
import storagelab.grader.run.PlannedTest;
import storagelab.grader.run.TestOutcome;

/**
 * Points: the public tests of an exercise bring one half of its points and the hidden ones the other, each half split
 * equally over its tests; if there is only one kind, it brings all. The sum is rounded to 0.01.
 */
public final class Scoring {
    private static final List<Verdict> WORST_FIRST = List.of(
            Verdict.NOT_GRADED,
            Verdict.GRADER_ERROR,
            Verdict.CRASHED,
            Verdict.TIMED_OUT,
            Verdict.FAILED,
            Verdict.NOT_STARTED,
            Verdict.BLOCKED);

    private Scoring() {}

    /** An exercise whose tests ran. */
    public static ExerciseResult tested(ExerciseSpec exercise, List<TestOutcome> outcomes) {
        List<PlannedTest> planned = outcomes.stream().map(TestOutcome::test).toList();
        List<TestResult> tests = new ArrayList<>();
        for (TestOutcome outcome : outcomes) {
            double share = share(exercise, outcome.test(), planned);
            tests.add(new TestResult(
                    outcome.test().id(),
                    kind(outcome.test()),
                    outcome.test().name(),
                    outcome.verdict(),
                    outcome.message(),
                    outcome.millis(),
                    share,
                    outcome.passed() ? share : 0,
                    outcome.location()));
        }
        double earned = tests.stream().mapToDouble(TestResult::earned).sum();
        Verdict verdict = verdict(tests);
        return result(exercise, rounded(earned), verdict, message(tests, verdict), tests);
    }

    /** An exercise whose tests were not run, all of them for the same reason. */
    public static ExerciseResult untested(
            ExerciseSpec exercise, List<PlannedTest> tests, Verdict verdict, String message) {
        List<TestResult> results = tests.stream()
                .map(test -> new TestResult(
                        test.id(), kind(test), test.name(), verdict, message, 0, share(exercise, test, tests), 0, ""))
                .toList();
        return result(exercise, 0, verdict, message, results);
    }

    /** An exercise that was taken from the reference: its tests say what they say, and it brings nothing. */
    public static ExerciseResult unlocked(ExerciseSpec exercise, List<TestOutcome> outcomes) {
        ExerciseResult tested = tested(exercise, outcomes);
        List<TestResult> tests = tested.tests().stream()
                .map(test -> new TestResult(
                        test.id(),
                        test.kind(),
                        test.name(),
                        test.verdict(),
                        test.message(),
                        test.millis(),
                        test.points(),
                        0,
                        test.location()))
                .toList();
        return result(exercise, 0, tested.verdict(), "taken from the reference", tests);
    }

    /** The second score of an exercise, whose tests ran on the submission's own labs below. */
    public static OwnLabsResult onOwnLabs(ExerciseSpec exercise, List<TestOutcome> outcomes) {
        ExerciseResult tested = tested(exercise, outcomes);
        return new OwnLabsResult(
                tested.verdict(),
                tested.earned(),
                tested.count(Verdict.PASSED),
                tested.tests().size(),
                tested.message());
    }

    /** A sum of points as it is reported. */
    public static double rounded(double points) {
        return Math.round(points * 100) / 100.0;
    }

    private static TestKind kind(PlannedTest test) {
        return test.isHidden() ? TestKind.HIDDEN : TestKind.PUBLIC;
    }

    /** What one of {@code tests}, which are all of the exercise, is worth. */
    private static double share(ExerciseSpec exercise, PlannedTest test, List<PlannedTest> tests) {
        long alike = tests.stream().filter(other -> kind(other) == kind(test)).count();
        double pot = alike == tests.size() ? exercise.points() : exercise.points() / 2.0;
        return pot / alike;
    }

    private static ExerciseResult result(
            ExerciseSpec exercise, double earned, Verdict verdict, String message, List<TestResult> tests) {
        return new ExerciseResult(exercise.id(), exercise.title(), exercise.points(), earned, verdict, message, tests);
    }

    /** The worst of the tests; but an exercise that passed some tests was started and is not blocked as a whole. */
    private static Verdict verdict(List<TestResult> tests) {
        if (tests.isEmpty()) {
            return Verdict.GRADER_ERROR;
        }
        List<Verdict> seen = tests.stream().map(TestResult::verdict).toList();
        Verdict worst = WORST_FIRST.stream().filter(seen::contains).findFirst().orElse(Verdict.PASSED);
        boolean mild = Set.of(Verdict.BLOCKED, Verdict.NOT_STARTED).contains(worst);
        return mild && seen.contains(Verdict.PASSED) ? Verdict.FAILED : worst;
    }

    private static String message(List<TestResult> tests, Verdict verdict) {
        if (tests.isEmpty()) {
            return "this exercise has no tests";
        }
        List<TestResult> bad =
                tests.stream().filter(test -> test.verdict() != Verdict.PASSED).toList();
        if (bad.isEmpty()) {
            return "";
        }
        String first = bad.stream()
                .filter(test -> test.verdict() == verdict)
                .findFirst()
                .orElse(bad.get(0))
                .message();
        boolean whole = verdict == Verdict.NOT_STARTED || verdict == Verdict.BLOCKED;
        return whole ? first : bad.size() + " of " + tests.size() + " tests did not pass, among them: " + first;
    }
}
