package storagelab.grader.bench.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import storagelab.grader.bench.engine.EngineTask;
import storagelab.grader.bench.engine.EngineWorker;
import storagelab.grader.bench.engine.PhaseResult;
import storagelab.grader.run.ChildProcess;
import storagelab.grader.run.JvmProfile;
import storagelab.grader.run.PlainSandbox;
import storagelab.grader.run.WorkerSpec;

/** A JVM for one engine. Every way in which it can end becomes results or a sentence. */
final class EngineJvm implements PeerComparison.Jvm {
    private static final int ERROR_CHARS_SHOWN = 300;
    private static final Gson GSON = new Gson();

    private final List<Path> classPath;
    private final long timeoutMillis;

    EngineJvm(List<Path> classPath, long timeoutMillis) {
        this.classPath = List.copyOf(classPath);
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    public String run(EngineTask task, JvmProfile profile, Consumer<PhaseResult> done)
            throws IOException, InterruptedException {
        WorkerSpec spec = new WorkerSpec(profile, new PlainSandbox(), classPath, Path.of(task.directory()));
        AtomicBoolean late = new AtomicBoolean();
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        try (ChildProcess child = spec.start(EngineWorker.class.getName(), List.of())) {
            var unused = watch.schedule(
                    () -> {
                        late.set(true);
                        child.close();
                    },
                    timeoutMillis,
                    TimeUnit.MILLISECONDS);
            String problem = talk(child, task, done);
            return late.get() ? "not done after " + timeoutMillis / 1_000 + " s" : problem;
        } finally {
            watch.shutdownNow();
        }
    }

    private static String talk(ChildProcess child, EngineTask task, Consumer<PhaseResult> done)
            throws IOException, InterruptedException {
        FutureTask<String> errors = new FutureTask<>(() -> firstCharacters(child.standardError()));
        Thread listener = new Thread(errors, "engine-errors");
        listener.setDaemon(true);
        listener.start();
        try (OutputStream in = child.standardInput()) {
            in.write((GSON.toJson(task) + "\n").getBytes(UTF_8));
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(child.standardOutput(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(EngineWorker.RESULT)) {
                    done.accept(GSON.fromJson(line.substring(EngineWorker.RESULT.length()), PhaseResult.class));
                } else if (line.startsWith(EngineWorker.FAILURE)) {
                    return line.substring(EngineWorker.FAILURE.length());
                } else if (line.equals(EngineWorker.END)) {
                    return "";
                }
            }
        }
        String words = said(errors);
        return "its JVM ended with exit code " + child.exitCode() + (words.isEmpty() ? "" : ": " + words);
    }

    /** What a process complained about before it ended; nothing if it was killed, for then nobody listens any more. */
    private static String said(FutureTask<String> errors) throws InterruptedException {
        try {
            return errors.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException killed) {
            return "";
        }
    }

    private static String firstCharacters(InputStream stream) throws IOException {
        String text = new String(stream.readNBytes(ERROR_CHARS_SHOWN), UTF_8);
        long unused = stream.transferTo(OutputStream.nullOutputStream());
        return text.strip().replaceAll("\\s+", " ");
    }
}
