package storagelab.grader.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.practice.PracticeResult;
import storagelab.grader.practice.PublicTests;
import storagelab.grader.workspace.Board;
import storagelab.grader.workspace.Workspace;

/**
 * {@code lab test --watch}: runs the tests again whenever a source is saved. It looks at the times of the files ten
 * times a second, which is the same on every system and sees a save sooner than some systems would report it.
 */
final class TestWatch {
    private static final long PERIOD_MILLIS = 100;

    private final LabContext context;
    private final Workspace workspace;
    private final Lab lab;
    private final List<Path> watched;
    private final BlockingQueue<String> keys = new LinkedBlockingQueue<>();

    TestWatch(LabContext context, Workspace workspace, Lab lab) {
        this.context = context;
        this.workspace = workspace;
        this.lab = lab;
        this.watched = workspace.course().labs().stream()
                .filter(other -> other.published() && other.number() <= lab.number())
                .map(other -> workspace.file(other.module() + "/src"))
                .toList();
    }

    int run(List<ExerciseSpec> first) throws IOException, InterruptedException {
        List<ExerciseSpec> exercises = first;
        readKeys();
        try (PublicTests tests = new PublicTests(workspace, workspace.course(), lab, Long.MAX_VALUE)) {
            while (true) {
                Map<Path, FileTime> before = times();
                boolean passed = round(tests, exercises);
                String key = waitForChange(before);
                while (key.equals("h")) {
                    LabCommand.run(context, "hint", exercises.get(0).id());
                    key = waitForChange(before);
                }
                if (key.equals("q")) {
                    return passed ? 0 : 1;
                }
                if (key.equals("n")) {
                    exercises = next().orElse(exercises);
                }
            }
        }
    }

    private boolean round(PublicTests tests, List<ExerciseSpec> exercises) throws IOException, InterruptedException {
        PracticeResult result = tests.run(exercises, new SecureRandom().nextInt(Integer.MAX_VALUE));
        TestCommand.record(workspace, exercises, result);
        PrintWriter out = context.out();
        if (context.colour()) {
            out.print("\u001b[H\u001b[2J");
        }
        new PracticeText(context).print(result, exercises);
        out.println();
        String done = result.allPassed() ? "n and Enter: next exercise, " : "";
        String seconds = String.format(Locale.ROOT, "%.1f s", result.millis() / 1000.0);
        String help = context.interactive() ? done + "h and Enter: hint, q and Enter: quit" : "Ctrl-C: quit";
        out.println(context.styled("faint", "Took " + seconds + ". Waiting for a save. " + help + "."));
        out.flush();
        return result.allPassed();
    }

    private Optional<List<ExerciseSpec>> next() {
        return Board.of(workspace)
                .next()
                .map(Board.ExerciseRow::id)
                .filter(id -> ExerciseSpec.labOf(id) == lab.number())
                .map(id -> List.of(workspace.course().exercise(id)));
    }

    /** Waits until a source differs from {@code before} or a key is pressed; gives the key, or nothing. */
    private String waitForChange(Map<Path, FileTime> before) throws IOException, InterruptedException {
        while (true) {
            String key = keys.poll(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
            if (key != null) {
                return key;
            }
            if (!times().equals(before)) {
                return "";
            }
        }
    }

    private Map<Path, FileTime> times() throws IOException {
        Map<Path, FileTime> times = new TreeMap<>();
        for (Path folder : watched) {
            addTimes(folder, times);
        }
        return times;
    }

    private static void addTimes(Path folder, Map<Path, FileTime> times) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file :
                    walk.filter(path -> path.toString().endsWith(".java")).toList()) {
                try {
                    times.put(file, Files.getLastModifiedTime(file));
                } catch (NoSuchFileException justReplaced) {
                    times.remove(file); // an editor saves by deleting and renaming
                }
            }
        }
    }

    private void readKeys() {
        if (!context.interactive()) {
            return;
        }
        Thread reader = new Thread(() -> context.in().lines().map(String::strip).forEach(keys::add), "lab-watch-keys");
        reader.setDaemon(true);
        reader.start();
    }
}
