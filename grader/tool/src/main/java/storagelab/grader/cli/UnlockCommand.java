package storagelab.grader.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.starter.Reference;
import storagelab.grader.starter.Unlocker;
import storagelab.grader.workspace.Board;
import storagelab.grader.workspace.Workspace;

/** {@code lab unlock}: takes the reference's code into the workspace. */
@Command(
        name = "unlock",
        description =
                "Take the reference for an exercise, or for all of a lab that do not pass yet, into the workspace."
                        + " What you wrote is kept; what is unlocked earns no points.")
public final class UnlockCommand extends Subcommand {
    @Parameters(paramLabel = "LAB|EXERCISE", description = "Such as 1 or 1.4.")
    private String what = "";

    @Option(names = "--all", description = "Take the exercises of the lab that pass, too.")
    private boolean all;

    /** Runs in {@code context}. */
    public UnlockCommand(LabContext context) {
        super(context);
    }

    @Override
    protected int run() {
        Workspace workspace = context.requireWorkspace();
        List<ExerciseSpec> selected = workspace.course().select(what);
        Path home = context.requireCheckout("Unlocking");
        List<String> passed = ExerciseSpec.isId(what) || all ? List.of() : passed(workspace);
        List<ExerciseSpec> taken = selected.stream()
                .filter(exercise -> !passed.contains(exercise.id()))
                .toList();
        List<ExerciseSpec> left = selected.stream()
                .filter(exercise -> passed.contains(exercise.id()))
                .toList();
        Unlocker.Taken done = new Unlocker(workspace, new Reference(home), InstantSource.system()).take(taken);
        PrintWriter out = context.out();
        if (!taken.isEmpty()) {
            out.printf("Unlocked %s: the code of the reference is in place.%n", names(taken));
            done.written().forEach(path -> out.println("  " + path));
            done.kept().ifPresent(folder -> out.printf("What you wrote is kept in %s.%n", context.shown(folder)));
            out.println("Unlocked exercises earn no points; everything after them can be done.");
        }
        if (!left.isEmpty()) {
            out.printf(
                    "%s: passed, and still your own code; --all would take the reference there, too.%n", names(left));
        }
        return 0;
    }

    private static List<String> passed(Workspace workspace) {
        return Board.of(workspace).labs().stream()
                .flatMap(lab -> lab.exercises().stream())
                .filter(row -> row.state() == Board.State.PASSED)
                .map(Board.ExerciseRow::id)
                .toList();
    }

    private static String names(List<ExerciseSpec> exercises) {
        return exercises.stream().map(ExerciseSpec::id).collect(Collectors.joining(", "));
    }
}
