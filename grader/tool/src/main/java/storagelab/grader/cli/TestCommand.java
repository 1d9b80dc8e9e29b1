package storagelab.grader.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import storagelab.grader.LabException;
import storagelab.grader.course.Course;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.practice.PracticeResult;
import storagelab.grader.practice.PublicTests;
import storagelab.grader.workspace.Board;
import storagelab.grader.workspace.Progress;
import storagelab.grader.workspace.SourceHash;
import storagelab.grader.workspace.Workspace;

/** {@code lab test}: the public tests of the workspace. */
@Command(
        name = "test",
        description = {
            "Compile what changed and run public tests of the workspace.",
            "Without an argument: those of the next exercise that does not pass yet."
        },
        footer = {"", "Exit code 0: all of them passed. 1: not all."})
public final class TestCommand extends Subcommand {
    @Parameters(
            paramLabel = "LAB|EXERCISE",
            arity = "0..1",
            description = "A lab, such as 1, or an exercise, such as 1.4.")
    private @Nullable String what;

    @Option(names = "--watch", description = "Run again whenever a file is saved.")
    private boolean watch;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Also write the result as JUnit XML, for build servers.")
    private @Nullable Path junit;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of random tests. Default: a fresh one.")
    private @Nullable Long seed;

    /** Runs in {@code context}. */
    public TestCommand(LabContext context) {
        super(context);
    }

    @Override
    protected int run() throws IOException, InterruptedException {
        if (watch && json) {
            throw LabException.usage("--watch and --json do not go together.", "Leave one of them out.");
        }
        if (watch && junit != null) {
            throw LabException.usage("--watch and --junit do not go together.", "Leave one of them out.");
        }
        Workspace workspace = context.requireWorkspace();
        Course course = workspace.course();
        List<ExerciseSpec> exercises = exercises(workspace, course);
        if (exercises.isEmpty()) {
            context.out().println("All exercises pass." + context.nextAfterAll());
            return 0;
        }
        Lab lab = course.lab(ExerciseSpec.labOf(exercises.get(0).id()));
        if (watch) {
            return new TestWatch(context, workspace, lab).run(exercises);
        }
        try (PublicTests tests = new PublicTests(workspace, course, lab, 1)) {
            PracticeResult result = tests.run(exercises, seed());
            record(workspace, exercises, result);
            show(result, exercises, workspace);
            if (junit != null) {
                Files.writeString(context.directory().resolve(junit), PracticeJunit.render(result));
            }
            return result.allPassed() ? 0 : 1;
        }
    }

    private List<ExerciseSpec> exercises(Workspace workspace, Course course) {
        if (what != null) {
            return course.select(what);
        }
        Optional<Board.ExerciseRow> next = Board.of(workspace).next();
        return next.map(row -> List.of(course.exercise(row.id()))).orElse(List.of());
    }

    private long seed() {
        return seed != null ? seed : new SecureRandom().nextInt(Integer.MAX_VALUE);
    }

    /** Moves the board. */
    static void record(Workspace workspace, List<ExerciseSpec> exercises, PracticeResult result) {
        Progress progress = workspace.progress();
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        for (int i = 0; i < exercises.size(); i++) {
            PracticeResult.Exercise tested = result.exercises().get(i);
            String hash = SourceHash.of(workspace.root(), exercises.get(i));
            Progress.Verdict verdict =
                    new Progress.Verdict(tested.passed(), tested.tests().size(), hash, now);
            progress = progress.with(tested.id(), verdict);
        }
        workspace.save(progress);
    }

    private void show(PracticeResult result, List<ExerciseSpec> exercises, Workspace workspace) {
        if (json) {
            context.out().println(Json.of(result));
            return;
        }
        new PracticeText(context).print(result, exercises);
        if (result.allPassed()) {
            Board.of(workspace)
                    .nextAfter(exercises.get(exercises.size() - 1).id())
                    .ifPresent(row -> context.out().println("Next: ./lab test " + row.id() + "  " + row.title()));
        }
    }
}
