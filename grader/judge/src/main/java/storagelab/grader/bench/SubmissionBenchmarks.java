package storagelab.grader.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import storagelab.grader.bench.LabBenchmarks.Request;
import storagelab.grader.grade.Benchmarks;
import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.Verdict;

/** The benchmarks of a submission: those whose exercises passed their hidden tests. */
public final class SubmissionBenchmarks implements Benchmarks {
    private final LabBenchmarks benchmarks;

    /**
     * @param benchmarks how they are measured
     */
    public SubmissionBenchmarks(LabBenchmarks benchmarks) {
        this.benchmarks = benchmarks;
    }

    @Override
    public List<BenchmarkResult> measure(Submission submission) {
        Map<String, ExerciseResult> exercises = new HashMap<>();
        submission.exercises().forEach(exercise -> exercises.put(exercise.id(), exercise));
        List<Path> student = new ArrayList<>(submission.below());
        student.add(submission.classes());
        List<Path> reference = new ArrayList<>(submission.below());
        reference.add(submission.reference());
        Request request = new Request(submission.lab(), student, reference, submission.seed(), submission.limits());
        return benchmarks.measure(
                request,
                BenchmarkCatalog.of(submission.lab()),
                submission.sandbox(),
                spec -> obstacle(spec, exercises));
    }

    /** Code that does not pass its tests is not measured, and neither is code that was taken from the reference. */
    static Optional<String> obstacle(BenchmarkSpec spec, Map<String, ExerciseResult> exercises) {
        ExerciseResult measured = exercises.get(spec.exercise());
        if (measured != null && measured.verdict() == Verdict.PASSED && measured.earned() < measured.points()) {
            return Optional.of("Exercise " + spec.exercise() + " was not earned: " + measured.message() + ".");
        }
        List<String> all = new ArrayList<>(spec.needs());
        all.add(0, spec.exercise());
        List<String> failing = all.stream()
                .filter(id -> exercises.containsKey(id) && exercises.get(id).verdict() != Verdict.PASSED)
                .toList();
        if (failing.isEmpty()) {
            return Optional.empty();
        }
        String plural = failing.size() == 1 ? "Exercise " : "Exercises ";
        String verb = failing.size() == 1 ? " does" : " do";
        return Optional.of(plural + String.join(", ", failing) + verb + " not pass the tests yet.");
    }
}
