package storagelab.grader.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.io.file.PathUtils;
import org.jspecify.annotations.Nullable;
import storagelab.grader.bench.worker.BenchmarkWorker;
import storagelab.grader.bench.worker.JmhTask;
import storagelab.grader.bench.worker.WorkerReply;
import storagelab.grader.bench.worker.WorkerRequest;
import storagelab.grader.run.ChildProcess;
import storagelab.grader.run.JvmProfile;
import storagelab.grader.run.NotGradedException;
import storagelab.grader.run.OutOfTime;
import storagelab.grader.run.Stage;
import storagelab.grader.run.Stopwatch;
import storagelab.grader.run.TimeLimits;
import storagelab.grader.run.TimeLimits.Span;
import storagelab.grader.run.WorkerSpec;

/**
 * One child JVM that measures one thing. Every way in which it can end becomes an answer.
 *
 * <p>A child's line is believed only if it begins with the token of the request, and no more of its output is read than
 * an answer can need. A child that runs out of time is started once more.
 */
final class BenchmarkChild {
    private static final int OUTPUT_BYTES_MAX = 4 << 20;
    private static final int ERROR_CHARS_SHOWN = 300;
    private static final int TOKEN_BYTES = 18;
    private static final long POLL_MILLIS = 200;
    private static final Gson GSON = new Gson();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Stage stage;
    private final TimeLimits limits;

    BenchmarkChild(Stage stage, TimeLimits limits) {
        this.stage = stage;
        this.limits = limits;
    }

    /**
     * What is asked of a child.
     *
     * @param type class of a cost probe or workload
     * @param seed of the work
     * @param plan how long is measured
     * @param timeoutMillis the processor time after which it is killed, on a machine of ordinary speed
     * @param profile options of the JVM
     * @param jmh the method, if {@code type} is a JMH class
     */
    record Task(
            String type,
            long seed,
            Plan plan,
            long timeoutMillis,
            JvmProfile profile,
            @Nullable JmhTask jmh) {
        /** A cost probe or workload that is graded. */
        Task(String type, long seed, Plan plan, long timeoutMillis) {
            this(type, seed, plan, timeoutMillis, JvmProfile.MEASURED, null);
        }

        /** One side of a comparison; {@code jmh} is {@code null} for a cost probe. */
        static Task ofRival(String type, @Nullable JmhTask jmh, long seed, RivalPlan plan) {
            return new Task(type, seed, plan.plan(), plan.timeoutMillis(), JvmProfile.COMPARED, jmh);
        }
    }

    /** The child did not answer in its time. */
    private static final class LateException extends Exception {
        private static final long serialVersionUID = 1L;

        private final OutOfTime way;

        LateException(OutOfTime way) {
            super(way.name());
            this.way = way;
        }
    }

    /**
     * Runs {@code task} on the code at the end of {@code classPath}.
     *
     * @throws NotGradedException if the machine is too busy to run it
     */
    WorkerReply run(Task task, List<Path> classPath) throws IOException, InterruptedException {
        try {
            return tryTo(task, classPath);
        } catch (LateException first) {
            try {
                return tryTo(task, classPath);
            } catch (LateException second) {
                return lateTwice(limits.span(task.timeoutMillis()), second.way, TimeLimits.isMachineToBlame());
            }
        }
    }

    /**
     * The answer of a child that was late a second time.
     *
     * @throws NotGradedException if the child got too little processor time
     */
    static WorkerReply lateTwice(Span limit, OutOfTime way, boolean isMachineToBlame) throws NotGradedException {
        if (way == OutOfTime.WALL && isMachineToBlame) {
            throw new NotGradedException(TimeLimits.MACHINE_TO_BLAME);
        }
        return WorkerReply.problem("no answer in " + limit.describe() + ", twice");
    }

    private WorkerReply tryTo(Task task, List<Path> classPath) throws IOException, InterruptedException, LateException {
        Path scratch = stage.scratch();
        WorkerSpec spec = new WorkerSpec(task.profile(), stage.sandbox(), classPath, scratch);
        try (ChildProcess child = spec.start(BenchmarkWorker.class.getName(), List.of())) {
            return talk(child, task);
        } finally {
            PathUtils.deleteDirectory(scratch);
        }
    }

    private WorkerReply talk(ChildProcess child, Task task) throws IOException, InterruptedException, LateException {
        Stopwatch stopwatch = new Stopwatch(child);
        String token = token();
        FutureTask<String> output = reading(child.standardOutput(), "bench-output");
        FutureTask<String> errors = reading(child.standardError(), "bench-errors");
        Plan plan = task.plan();
        WorkerRequest request = new WorkerRequest(
                token, task.type(), task.seed(), plan.warmUps(), plan.rounds(), plan.roundMillis(), task.jmh());
        try (OutputStream in = child.standardInput()) {
            in.write((GSON.toJson(request) + "\n").getBytes(UTF_8));
        } catch (IOException endedEarly) {
            child.close();
        }
        Span limit = limits.span(task.timeoutMillis());
        try {
            await(output, stopwatch, limit);
            WorkerReply reply = find(output.get(), token);
            if (reply != null) {
                return reply;
            }
            // The code that is measured can close its output and live on.
            Future<Integer> exit = child.exit();
            await(exit, stopwatch, limit);
            await(errors, stopwatch, limit);
            int exitCode = exit.get();
            String said = errors.get().strip();
            String words = said.length() > ERROR_CHARS_SHOWN ? said.substring(0, ERROR_CHARS_SHOWN) + " ..." : said;
            return WorkerReply.problem("the JVM ended without an answer, with exit code " + exitCode
                    + (words.isEmpty() ? "" : ": " + words));
        } catch (ExecutionException broken) {
            throw new IOException("reading what a child wrote", broken.getCause());
        }
    }

    /** Waits for {@code part}, but no longer than the child may run. */
    private static void await(Future<?> part, Stopwatch stopwatch, Span limit)
            throws InterruptedException, ExecutionException, LateException {
        while (!isDone(part)) {
            Optional<OutOfTime> out = stopwatch.outOf(limit);
            if (out.isPresent()) {
                throw new LateException(out.get());
            }
        }
    }

    /** Waits a little. */
    private static boolean isDone(Future<?> part) throws InterruptedException, ExecutionException {
        try {
            part.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    private static String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes) + ":";
    }

    /** Reads a stream to its end, and remembers as much as an answer can need. */
    private static FutureTask<String> reading(InputStream in, String name) {
        FutureTask<String> task = new FutureTask<>(() -> {
            byte[] kept = in.readNBytes(OUTPUT_BYTES_MAX);
            in.transferTo(OutputStream.nullOutputStream());
            return new String(kept, UTF_8);
        });
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static @Nullable WorkerReply find(String output, String token) {
        String line = output.lines()
                .filter(candidate -> candidate.startsWith(token))
                .findFirst()
                .orElse(null);
        if (line == null) {
            return null;
        }
        try {
            byte[] json = Base64.getDecoder().decode(line.substring(token.length()));
            return GSON.fromJson(new String(json, UTF_8), WorkerReply.class);
        } catch (IllegalArgumentException | JsonParseException damaged) {
            return WorkerReply.problem("the answer was damaged: " + damaged.getMessage());
        }
    }
}
