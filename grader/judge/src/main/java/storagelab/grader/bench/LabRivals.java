package storagelab.grader.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import storagelab.grader.bench.BenchmarkRun.Side;
import storagelab.grader.model.RivalResult;
import storagelab.grader.run.Sandbox;

/** The comparisons of a lab's structures with those of the JDK, for {@code lab bench}. */
public final class LabRivals {
    private final RivalPlan plan;
    private final Consumer<String> progress;
    private final Consumer<RivalResult> done;

    private LabRivals(RivalPlan plan, Consumer<String> progress, Consumer<RivalResult> done) {
        this.plan = plan;
        this.progress = progress;
        this.done = done;
    }

    /**
     * Half a minute a comparison.
     *
     * @param progress told what is measured next, in a few words
     * @param done told each result when it is there
     */
    public static LabRivals standard(Consumer<String> progress, Consumer<RivalResult> done) {
        return new LabRivals(RivalPlan.standard(), progress, done);
    }

    /** A few seconds a comparison. */
    public static LabRivals quick(Consumer<String> progress, Consumer<RivalResult> done) {
        return new LabRivals(RivalPlan.quick(), progress, done);
    }

    /** Measures those that {@code request} asks for, each side in JVMs held by {@code sandbox}. */
    public List<RivalResult> measure(LabBenchmarks.Request request, List<RivalBenchmark> rivals, Sandbox sandbox) {
        List<RivalResult> results = new ArrayList<>();
        try (BenchmarkKit kit = BenchmarkKit.create(sandbox, request.lab())) {
            Side jvm = BenchmarkRun.side(
                    new BenchmarkChild(kit.stage(), request.limits()), kit.studentClassPath(request.classes()));
            for (RivalBenchmark rival : rivals) {
                progress.accept(rival.title());
                RivalResult result = new RivalRun(rival, jvm, plan, request.seed()).measure();
                done.accept(result);
                results.add(result);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("the comparisons of lab " + request.lab(), failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", stopped);
        }
        return results;
    }
}
