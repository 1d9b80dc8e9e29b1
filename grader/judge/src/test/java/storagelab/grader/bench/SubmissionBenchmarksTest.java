package storagelab.grader.bench;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.Verdict;

@DisplayName("A benchmark of a submission")
final class SubmissionBenchmarksTest {
    private static final BenchmarkSpec SPEC =
            new BenchmarkSpec("1.table", "Get", "1.5", List.of("1.4"), 3, "costs", "work");

    private final Map<String, ExerciseResult> exercises = new HashMap<>();

    @Test
    @DisplayName("is run when its exercise and those that it needs passed")
    void passed() {
        ended("1.4", Verdict.PASSED, 10);
        ended("1.5", Verdict.PASSED, 10);

        assertThat(SubmissionBenchmarks.obstacle(SPEC, exercises), is(Optional.empty()));
    }

    @Test
    @DisplayName("names every exercise that does not pass")
    void failing() {
        ended("1.4", Verdict.FAILED, 5);
        ended("1.5", Verdict.BLOCKED, 0);

        assertThat(
                SubmissionBenchmarks.obstacle(SPEC, exercises),
                is(Optional.of("Exercises 1.5, 1.4 do not pass the tests yet.")));
    }

    @Test
    @DisplayName("is not run on code that was taken from the reference, but may stand on such code")
    void unlocked() {
        ended("1.4", Verdict.PASSED, 0);
        ended("1.5", Verdict.PASSED, 10);
        assertThat(SubmissionBenchmarks.obstacle(SPEC, exercises), is(Optional.empty()));

        ended("1.5", Verdict.PASSED, 0);
        assertThat(
                SubmissionBenchmarks.obstacle(SPEC, exercises),
                is(Optional.of("Exercise 1.5 was not earned: taken from the reference.")));
    }

    private void ended(String id, Verdict verdict, double earned) {
        String message = verdict == Verdict.PASSED && earned == 0 ? "taken from the reference" : "";
        exercises.put(id, new ExerciseResult(id, "title", 10, earned, verdict, message, List.of()));
    }
}
