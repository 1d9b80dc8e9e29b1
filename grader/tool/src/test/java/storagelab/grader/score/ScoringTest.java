package storagelab.grader.score;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import storagelab.grader.course.Difficulty;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.TestKind;
import storagelab.grader.model.TestResult;
import storagelab.grader.model.Verdict;
import storagelab.grader.run.PlannedTest;
import storagelab.grader.run.TestOutcome;

/** How verdicts become points and one verdict. */
class ScoringTest {
    private static final ExerciseSpec TEN_POINTS =
            new ExerciseSpec("1.3", "A log", 10, Difficulty.MEDIUM, 2, List.of(), List.of("Log.java"));

    private static List<TestOutcome> outcomes(Verdict... verdicts) {
        List<TestOutcome> outcomes = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            String name = "test" + outcomes.size();
            PlannedTest test = new PlannedTest(name, name, name, List.of("1.3"), 1);
            String message = verdict == Verdict.PASSED ? "" : verdict.describe();
            outcomes.add(new TestOutcome(test, verdict, message, "", 1, ""));
        }
        return outcomes;
    }

    private static TestOutcome outcome(String uniqueId, Verdict verdict) {
        PlannedTest test = new PlannedTest(uniqueId, uniqueId, uniqueId, List.of("1.3"), 1);
        return new TestOutcome(test, verdict, "", "", 1, "");
    }

    private static ExerciseResult score(Verdict... verdicts) {
        return Scoring.tested(TEN_POINTS, outcomes(verdicts));
    }

    @Test
    void everyTestPassedEarnsExactlyThePoints() {
        ExerciseResult result = score(Verdict.PASSED, Verdict.PASSED, Verdict.PASSED);

        assertThat(result.earned(), is(10.0));
        assertThat(result.verdict(), is(Verdict.PASSED));
        assertThat(result.message(), is(""));
    }

    @Test
    void pointsAreSplitEquallyAndRounded() {
        ExerciseResult result = score(Verdict.PASSED, Verdict.FAILED, Verdict.PASSED);

        assertThat(result.earned(), is(6.67));
        assertThat(result.tests().get(0).points(), is(closeTo(3.3333, 0.001)));
        assertThat(result.message(), is("1 of 3 tests did not pass, among them: failed"));
    }

    @Test
    void worstVerdictNamesTheExercise() {
        assertThat(score(Verdict.FAILED, Verdict.TIMED_OUT).verdict(), is(Verdict.TIMED_OUT));
        assertThat(score(Verdict.BLOCKED, Verdict.FAILED).verdict(), is(Verdict.FAILED));
        assertThat(score(Verdict.NOT_STARTED, Verdict.BLOCKED).verdict(), is(Verdict.NOT_STARTED));
    }

    @Test
    void halfDoneExerciseIsNotCalledNotStarted() {
        assertThat(score(Verdict.NOT_STARTED, Verdict.NOT_STARTED).verdict(), is(Verdict.NOT_STARTED));
        assertThat(score(Verdict.PASSED, Verdict.NOT_STARTED).verdict(), is(Verdict.FAILED));
    }

    @Test
    void publicTestsBringHalfHoweverManyThereAre() {
        List<TestOutcome> outcomes = new ArrayList<>();
        outcomes.add(outcome("[class:storagelab.LogTest]/[method:a()]", Verdict.PASSED));
        outcomes.add(outcome("[class:storagelab.grader.hidden.lab01.LogHiddenTest]/[method:a()]", Verdict.PASSED));
        for (String method : List.of("b", "c", "d")) {
            String id = "[class:storagelab.grader.hidden.lab01.LogHiddenTest]/[method:" + method + "()]";
            outcomes.add(outcome(id, Verdict.FAILED));
        }
        ExerciseResult result = Scoring.tested(TEN_POINTS, outcomes);

        assertThat(result.earned(), is(6.25));
        assertThat(result.tests().get(0).kind(), is(TestKind.PUBLIC));
        assertThat(result.tests().get(0).points(), is(5.0));
        assertThat(result.tests().get(1).kind(), is(TestKind.HIDDEN));
        assertThat(result.tests().get(1).points(), is(1.25));
    }

    @Test
    void untestedExerciseSharesItsPointsLikeATestedOne() {
        List<PlannedTest> tests = List.of(
                outcome("[class:storagelab.LogTest]/[method:a()]", Verdict.PASSED)
                        .test(),
                outcome("[class:storagelab.grader.hidden.lab01.LogHiddenTest]/[method:a()]", Verdict.PASSED)
                        .test(),
                outcome("[class:storagelab.grader.hidden.lab01.LogHiddenTest]/[method:b()]", Verdict.PASSED)
                        .test());
        ExerciseResult result = Scoring.untested(TEN_POINTS, tests, Verdict.FAILED, "does not compile");

        assertThat(result.tests().stream().map(TestResult::points).toList(), is(List.of(5.0, 2.5, 2.5)));
        assertThat(result.earned(), is(0.0));
    }

    @Test
    void unlockedExerciseEarnsNothing() {
        ExerciseResult result = Scoring.unlocked(TEN_POINTS, outcomes(Verdict.PASSED, Verdict.PASSED));

        assertThat(result.earned(), is(0.0));
        assertThat(result.verdict(), is(Verdict.PASSED));
        assertThat(result.message(), is("taken from the reference"));
    }

    @Test
    void exerciseWithoutTestsIsTheGradersFault() {
        assertThat(score().verdict(), is(Verdict.GRADER_ERROR));
    }
}
