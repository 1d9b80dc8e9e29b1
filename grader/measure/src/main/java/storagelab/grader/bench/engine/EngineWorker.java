package storagelab.grader.bench.engine;

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
import java.util.function.Consumer;
import java.util.function.Supplier;
import storagelab.course.ExerciseNotDone;
import storagelab.grader.bench.worker.WrongAnswerException;

/**
 * The main class of the JVM of one engine. Reads an {@link EngineTask}, writes a line for every {@link PhaseResult} as soon as
 * it is there, and ends.
 */
public final class EngineWorker {
    /** How a line with a result begins. */
    public static final String RESULT = "engine-result ";

    /** How the line begins that says why nothing can be measured. */
    public static final String FAILURE = "engine-failure ";

    /** The last line, if everything was done. */
    public static final String END = "engine-end";

    private static final Gson GSON =
            new GsonBuilder().serializeSpecialFloatingPointValues().create();

    private EngineWorker() {}

    /** Serves one task. */
    public static void main(String[] args) throws IOException {
        try (OutputStream out = new FileOutputStream(FileDescriptor.out);
                PrintStream lines = new PrintStream(out, true, UTF_8)) {
            System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
            EngineTask task;
            try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
                task = GSON.fromJson(in.readLine(), EngineTask.class);
            }
            String problem = serve(task, result -> lines.println(RESULT + GSON.toJson(result)));
            lines.println(problem.isEmpty() ? END : FAILURE + problem);
        }
        // Threads that an engine left behind must not keep the JVM.
        Runtime.getRuntime().halt(0);
    }

    /** The place where everything that an engine may throw while it is loaded and warmed up ends up. */
    @SuppressWarnings("CatchThrowable")
    private static String serve(EngineTask task, Consumer<PhaseResult> done) {
        try {
            new EngineRun(task, constructor(task.engine()), done).run();
            return "";
        } catch (Throwable thrown) {
            return explain(thrown);
        }
    }

    private static Supplier<PeerEngine> constructor(String type) throws ReflectiveOperationException {
        var constructor = Class.forName(type).asSubclass(PeerEngine.class).getDeclaredConstructor();
        return () -> {
            try {
                return constructor.newInstance();
            } catch (ReflectiveOperationException failure) {
                throw new IllegalStateException(type + " cannot be made", failure);
            }
        };
    }

    /** What went wrong, in one line. */
    static String explain(Throwable thrown) {
        Throwable origin = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            origin = cause;
            if (cause instanceof ExerciseNotDone notDone) {
                return "Exercise " + notDone.exerciseId() + " is not done yet.";
            }
            if (cause instanceof WrongAnswerException wrong) {
                return "Wrong answer: " + wrong.getMessage() + ".";
            }
        }
        StackTraceElement[] trace = origin.getStackTrace();
        String words = origin + (trace.length == 0 ? "" : ", thrown at " + trace[0]);
        return words.replaceAll("\\s+", " ");
    }
}
