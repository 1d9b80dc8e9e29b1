package storagelab.grader.grade;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import storagelab.grader.course.Edition;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.Verdict;
import storagelab.grader.run.SubmissionTime;
import storagelab.grader.run.TimeLimits;

/** One budget of processor time for all that is done with a submission. */
class SubmissionTimeTest {
    private static final TimeLimits LIMITS = new TimeLimits(2);
    private static final String SPENT =
            "not run: the labs before it have used the 1800 s of processor time for this submission";

    private static LabGrader.Graded grade(SubmissionTime time) throws Exception {
        LabText text = new LabText(
                SampleLab.SOURCES,
                SampleLab.starterWith(SampleLab.BINARY_SEARCH),
                SampleLab.SOURCES.starter(),
                Map.of(),
                Set.of());
        GradeOptions options = new GradeOptions(Set.of(), Set.of("1.1"), 7, LIMITS);
        GradedTests tests = GradedTests.of(SampleLab.HOME, SampleLab.COURSE.lab(1));
        return new LabGrader(SampleLab.context(), options, tests, text, Edition.HANDOUT)
                .grade(Set.of(), new OwnLabs(time), time);
    }

    @Test
    void compilerAndTestsOfALabUseTheTimeOfTheSubmission() throws Exception {
        SubmissionTime time = SubmissionTime.of(LIMITS, 1);

        assertThat(grade(time).result().exercises().get(0).verdict(), is(Verdict.PASSED));

        assertThat(time.whole().spentNanos(), is(greaterThan(0L)));
    }

    @Test
    void aLabIsNotRunWhenTheLabsBeforeItHaveUsedTheTime() throws Exception {
        SubmissionTime time = SubmissionTime.of(LIMITS, 1);
        time.labTests().spend(TimeUnit.SECONDS.toNanos(1_800));

        LabGrader.Graded graded = grade(time);

        List<ExerciseResult> exercises = graded.result().exercises();
        assertThat(exercises.get(0).verdict(), is(Verdict.TIMED_OUT));
        assertThat(exercises.get(0).message(), is(SPENT));
        assertThat(graded.flags(), contains("lab 1 was " + SPENT));
    }
}
