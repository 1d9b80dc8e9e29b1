package storagelab.grader.bench.worker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one method of a JMH benchmark class in this JVM: nanoseconds and allocated bytes an operation. */
final class JmhRun {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private JmhRun() {}

    static WorkerReply run(WorkerRequest request, JmhTask task) throws RunnerException {
        System.setProperty("seed", Long.toString(request.seed()));
        List<Double> nanos = new ArrayList<>();
        double bytes = Double.NaN;
        Collection<RunResult> results = new Runner(options(request, task).build()).run();
        for (RunResult result : results) {
            result.getBenchmarkResults()
                    .forEach(fork -> fork.getIterationResults()
                            .forEach(round -> nanos.add(round.getPrimaryResult().getScore())));
            for (Result<?> other : result.getSecondaryResults().values()) {
                if (other.getLabel().endsWith(ALLOCATED)) {
                    bytes = other.getScore();
                }
            }
        }
        if (nanos.isEmpty()) {
            return WorkerReply.problem("there is no JMH benchmark " + request.type() + "." + task.method());
        }
        return WorkerReply.compared(nanos, bytes);
    }

    private static ChainedOptionsBuilder options(WorkerRequest request, JmhTask task) {
        TimeValue round = TimeValue.milliseconds(request.roundMillis());
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(("^" + request.type() + "." + task.method() + "$").replace(".", "\\."))
                .mode(task.singleShot() ? Mode.SingleShotTime : Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(0)
                .threads(task.threads())
                .warmupIterations(request.warmUps())
                .measurementIterations(request.rounds())
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .shouldDoGC(task.singleShot())
                .verbosity(VerboseMode.SILENT);
        if (!task.singleShot()) {
            options.warmupTime(round).measurementTime(round);
        }
        if (task.operations() > 0) {
            options.operationsPerInvocation(task.operations());
        }
        task.params().forEach(options::param);
        return options;
    }
}
