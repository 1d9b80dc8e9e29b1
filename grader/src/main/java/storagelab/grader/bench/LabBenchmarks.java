package storagelab.grader.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import storagelab.grader.bench.BenchmarkRun.Side;
import storagelab.grader.bench.BenchmarkRun.Sides;
import storagelab.grader.grade.Benchmarks;
import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.Verdict;
import storagelab.grader.run.Sandbox;

/** The benchmarks of a lab, for the grading pipeline and for {@code lab bench}. */
public final class LabBenchmarks implements Benchmarks {
    private final Plan plan;
    private final Consumer<String> progress;

    /**
     * @param plan how long is measured
     * @param progress told what is measured next, in a few words
     */
    public LabBenchmarks(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * What {@code lab bench} measures.
     *
     * @param lab its number
     * @param classes of the student: directories of this lab and the labs below it
     * @param reference the same of the reference; empty where there is none, as in a handout
     * @param seed of the work
     */
    public record Request(int lab, List<Path> classes, List<Path> reference, long seed) {
        public Request {
            classes = List.copyOf(classes);
            reference = List.copyOf(reference);
        }
    }

    @Override
    public List<BenchmarkResult> measure(Submission submission) {
        Map<String, ExerciseResult> exercises = new HashMap<>();
        submission.exercises().forEach(exercise -> exercises.put(exercise.id(), exercise));
        Request request = new Request(
                submission.lab(), List.of(submission.classes()), List.of(submission.reference()), submission.seed());
        return measure(request, submission.sandbox(), spec -> obstacle(spec, exercises));
    }

    /** Measures everything that {@code request} asks for, in children held by {@code sandbox}. */
    public List<BenchmarkResult> measure(Request request, Sandbox sandbox) {
        return measure(request, sandbox, spec -> Optional.empty());
    }

    private interface Gate {
        /** Why a benchmark is not run. */
        Optional<String> obstacle(BenchmarkSpec spec);
    }

    private List<BenchmarkResult> measure(Request request, Sandbox sandbox, Gate gate) {
        List<BenchmarkResult> results = new ArrayList<>();
        try (BenchmarkKit kit = BenchmarkKit.create(sandbox)) {
            Sides sides = sides(request, kit, new BenchmarkChild(kit.stage()));
            for (BenchmarkSpec spec : BenchmarkCatalog.of(request.lab())) {
                Optional<String> obstacle = gate.obstacle(spec);
                if (obstacle.isPresent()) {
                    results.add(Grading.waiting(spec, obstacle.get()));
                } else {
                    progress.accept(spec.title());
                    results.add(new BenchmarkRun(spec, sides, plan, request.seed()).measure());
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("the benchmarks of lab " + request.lab(), failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", stopped);
        }
        return results;
    }

    private static Sides sides(Request request, BenchmarkKit kit, BenchmarkChild child) throws IOException {
        Side student = BenchmarkRun.side(child, kit.studentClassPath(request.classes()));
        if (request.reference().isEmpty()) {
            return new Sides(student, Optional.empty());
        }
        kit.addReference(request.reference());
        Side shown = BenchmarkRun.side(child, kit.referenceClassPath());
        Side reference = task -> {
            kit.showReference();
            try {
                return shown.run(task);
            } finally {
                kit.hideReference();
            }
        };
        return new Sides(student, Optional.of(reference));
    }

    /** Code that does not pass its tests is not measured, and neither is code that was taken from the reference. */
    private static Optional<String> obstacle(BenchmarkSpec spec, Map<String, ExerciseResult> exercises) {
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
