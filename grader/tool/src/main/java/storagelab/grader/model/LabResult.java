package storagelab.grader.model;

import java.util.List;

/**
 * One lab of a submission.
 *
 * @param number 1 to 7
 * @param module its directory, such as {@code "lab-01-binary-search"}
 * @param title a few words
 * @param points what its exercises and benchmarks are worth together
 * @param earned what they brought
 * @param exercises in the order of their ids
 * @param benchmarks in the order of their ids; empty when left out
 * @param compileErrors what the compiler refused; each broken file was judged as if untouched
 */
public record LabResult(
        int number,
        String module,
        String title,
        double points,
        double earned,
        List<ExerciseResult> exercises,
        List<BenchmarkResult> benchmarks,
        List<CompileError> compileErrors) {
    public LabResult {
        exercises = List.copyOf(exercises);
        benchmarks = List.copyOf(benchmarks);
        compileErrors = List.copyOf(compileErrors);
    }

    /** Whether some exercise was judged on the submission's own labs below, too. */
    public boolean hasSecondScore() {
        return exercises.stream().anyMatch(exercise -> exercise.onOwnLabs() != null);
    }

    /** What the exercises would have brought on the submission's own labs below; an exercise with one score keeps it. */
    public double earnedOnOwnLabs() {
        double sum = 0;
        for (ExerciseResult exercise : exercises) {
            OwnLabsResult second = exercise.onOwnLabs();
            sum += second == null ? exercise.earned() : second.earned();
        }
        return Math.round(sum * 100) / 100.0;
    }
}
