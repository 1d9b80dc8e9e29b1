package storagelab.grader.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import storagelab.grader.bench.BenchmarkRun.Side;
import storagelab.grader.bench.BenchmarkRun.Sides;
import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.run.Sandbox;
import storagelab.grader.run.TimeLimits;

/** The benchmarks of a lab, for {@code lab bench} and, through {@link SubmissionBenchmarks}, for grading. */
public final class LabBenchmarks {
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
     * What is measured.
     *
     * @param lab its number
     * @param classes of the student: directories of this lab and the labs below it
     * @param reference the same of the reference; empty where there is none, as in a handout
     * @param seed of the work
     * @param limits of time
     */
    public record Request(int lab, List<Path> classes, List<Path> reference, long seed, TimeLimits limits) {
        /** A request on a machine of ordinary speed. */
        public Request(int lab, List<Path> classes, List<Path> reference, long seed) {
            this(lab, classes, reference, seed, TimeLimits.standard());
        }

        public Request {
            classes = List.copyOf(classes);
            reference = List.copyOf(reference);
        }
    }

    /** Measures {@code specs}, benchmarks of the lab, in children held by {@code sandbox}. */
    public List<BenchmarkResult> measure(Request request, List<BenchmarkSpec> specs, Sandbox sandbox) {
        return specs.isEmpty() ? List.of() : measure(request, specs, sandbox, spec -> Optional.empty());
    }

    /** Decides which benchmarks are run. */
    interface Gate {
        /** Why a benchmark is not run. */
        Optional<String> obstacle(BenchmarkSpec spec);
    }

    List<BenchmarkResult> measure(Request request, List<BenchmarkSpec> specs, Sandbox sandbox, Gate gate) {
        List<BenchmarkResult> results = new ArrayList<>();
        try (BenchmarkKit kit = BenchmarkKit.create(sandbox, request.lab())) {
            Sides sides = sides(request, kit, new BenchmarkChild(kit.stage(), request.limits()));
            for (BenchmarkSpec spec : specs) {
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
        Side reference = BenchmarkRun.side(child, kit.referenceClassPath());
        return new Sides(student, Optional.of(reference));
    }
}
