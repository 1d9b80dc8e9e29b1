package storagelab.grader.bench.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import storagelab.course.ExerciseNotDone;

/**
 * The main class of a child JVM that measures. Reads one request, answers with one line, and ends.
 *
 * <p>Standard output is taken away from the code that is measured before any of it is loaded. JMH runs without forks of
 * its own: the JVM that it would fork is this one.
 */
public final class BenchmarkWorker {
    private static final Gson GSON =
            new GsonBuilder().serializeSpecialFloatingPointValues().create();

    private BenchmarkWorker() {}

    /** Serves one request. */
    public static void main(String[] args) throws IOException {
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
            WorkerRequest request = readRequest();
            String reply = GSON.toJson(serve(request));
            String line = "\n" + request.token() + Base64.getEncoder().encodeToString(reply.getBytes(UTF_8)) + "\n";
            out.write(line.getBytes(UTF_8));
        }
        // Threads that the measured code left behind must not keep the JVM.
        Runtime.getRuntime().halt(0);
    }

    private static WorkerRequest readRequest() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            return GSON.fromJson(in.readLine(), WorkerRequest.class);
        }
    }

    /** The place where everything that the measured code may throw ends up. */
    @SuppressWarnings("CatchThrowable")
    private static WorkerReply serve(WorkerRequest request) {
        try {
            JmhTask jmh = request.jmh();
            if (jmh != null) {
                return JmhRun.run(request, jmh);
            }
            Object measured = Class.forName(request.type())
                    .asSubclass(Object.class)
                    .getDeclaredConstructor()
                    .newInstance();
            if (measured instanceof CostProbe probe) {
                return WorkerReply.counted(probe.count(request.seed()));
            }
            return time((Workload) measured, request);
        } catch (Throwable thrown) {
            return thrown instanceof VirtualMachineError error
                    ? WorkerReply.problem(error.toString())
                    : explain(thrown);
        }
    }

    private static WorkerReply explain(Throwable thrown) {
        Throwable origin = thrown;
        for (Throwable cause = thrown; cause != null; cause = below(cause)) {
            origin = cause;
            if (cause instanceof ExerciseNotDone notDone) {
                return WorkerReply.notDone(notDone.exerciseId());
            }
            if (cause instanceof WrongAnswerException wrong) {
                return WorkerReply.problem(String.valueOf(wrong.getMessage()));
            }
        }
        StackTraceElement[] trace = origin.getStackTrace();
        return WorkerReply.problem(origin + (trace.length == 0 ? "" : ", thrown at " + trace[0]));
    }

    /** JMH keeps what its threads threw as suppressed exceptions. */
    private static @Nullable Throwable below(Throwable thrown) {
        Throwable[] suppressed = thrown.getSuppressed();
        return thrown.getCause() == null && suppressed.length > 0 ? suppressed[0] : thrown.getCause();
    }

    private static WorkerReply time(Workload workload, WorkerRequest request) throws IOException, RunnerException {
        Path directory = Files.createTempDirectory("benchmark");
        try (workload) {
            workload.prepare(directory, new Random(request.seed()));
            long checksum = 0;
            for (int question = 0; question < workload.size(); question++) {
                long answer = workload.ask(question);
                if (answer != workload.expected(question)) {
                    return WorkerReply.problem(workload.describe(question) + " gave " + answer + " and not "
                            + workload.expected(question));
                }
                checksum = 31 * checksum + answer;
            }
            TimedWorkload.choose(workload);
            List<Double> nanosPerCall = scores(new Runner(options(request)).run());
            if (TimedWorkload.wrongAnswers() > 0) {
                return WorkerReply.problem(TimedWorkload.wrongAnswers() + " answers were wrong when asked again");
            }
            return WorkerReply.timed(nanosPerCall, checksum);
        }
    }

    private static Options options(WorkerRequest request) {
        TimeValue round = TimeValue.milliseconds(request.roundMillis());
        return new OptionsBuilder()
                .include(TimedWorkload.class.getName() + "\\.ask$")
                .forks(0)
                .threads(1)
                .warmupIterations(request.warmUps())
                .warmupTime(round)
                .measurementIterations(request.rounds())
                .measurementTime(round)
                .shouldFailOnError(true)
                .shouldDoGC(false)
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    private static List<Double> scores(Collection<RunResult> results) {
        List<Double> scores = new ArrayList<>();
        for (RunResult result : results) {
            result.getBenchmarkResults()
                    .forEach(fork -> fork.getIterationResults().forEach(round -> scores.add(score(round))));
        }
        return scores;
    }

    private static double score(IterationResult round) {
        return round.getPrimaryResult().getScore();
    }
}
