package storagelab.grader.grade;

import java.nio.file.Path;
import java.util.List;
import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.run.Sandbox;
import storagelab.grader.run.TimeLimits;

/** Measures a submission against the reference. Given to the pipeline, which knows nothing about how it is done. */
public interface Benchmarks {
    /** One result for each benchmark of the lab. A benchmark whose exercises did not pass is {@code NOT_RUN}. */
    List<BenchmarkResult> measure(Submission submission);

    /**
     * What is measured.
     *
     * @param lab number of the lab
     * @param exercises how its hidden tests ended
     * @param classes jar or directory with the submission's compiled classes
     * @param reference directory with the reference's compiled classes
     * @param below the reference's classes of the labs below, which both sides stand on; readable by the confined user
     * @param sandbox what the measured JVMs must run in
     * @param seed of the work measured
     * @param limits of time
     */
    record Submission(
            int lab,
            List<ExerciseResult> exercises,
            Path classes,
            Path reference,
            List<Path> below,
            Sandbox sandbox,
            long seed,
            TimeLimits limits) {
        public Submission {
            exercises = List.copyOf(exercises);
            below = List.copyOf(below);
        }
    }
}
