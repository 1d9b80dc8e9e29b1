package storagelab.grader.practice;

import java.util.List;
import storagelab.grader.model.CompileError;
import storagelab.grader.model.Verdict;

/**
 * What the public tests say about some exercises.
 *
 * @param exercises in order
 * @param compileErrors of the whole lab, by paths from the workspace
 * @param millis from the start of compiling to the last verdict
 */
public record PracticeResult(List<Exercise> exercises, List<CompileError> compileErrors, long millis) {
    public PracticeResult {
        exercises = List.copyOf(exercises);
        compileErrors = List.copyOf(compileErrors);
    }

    /** Whether every exercise passed. */
    public boolean allPassed() {
        return exercises.stream().allMatch(exercise -> exercise.verdict() == Verdict.PASSED);
    }

    /**
     * One exercise.
     *
     * @param verdict of all its tests together
     * @param message why it did not pass, in a sentence
     */
    public record Exercise(String id, String title, Verdict verdict, String message, List<Test> tests) {
        public Exercise {
            tests = List.copyOf(tests);
        }

        /** How many of its tests passed. */
        public int passed() {
            return (int) tests.stream()
                    .filter(test -> test.verdict() == Verdict.PASSED)
                    .count();
        }
    }

    /**
     * One test.
     *
     * @param location where in the student's code; empty when unknown
     * @param output what it printed
     */
    public record Test(
            String id, String name, Verdict verdict, String message, String location, long millis, String output) {}
}
