package storagelab.grader.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import storagelab.grader.course.Course;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.starter.WorkspaceWriter;
import storagelab.grader.workspace.Workspace;

/** {@code lab start}: writes a workspace. */
@Command(name = "start", description = "Write a workspace: the labs with the exercises for you to solve.")
public final class StartCommand extends Subcommand {
    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            defaultValue = "my-labs",
            description = "A new or empty directory. Default: ${DEFAULT-VALUE}.")
    private Path directory = Path.of("my-labs");

    /** Runs in {@code context}. */
    public StartCommand(LabContext context) {
        super(context);
    }

    @Override
    protected int run() {
        Path home = context.requireCheckout("Making a workspace");
        Path target = context.directory().resolve(directory).normalize();
        Workspace workspace = WorkspaceWriter.start(home, target);
        Course course = workspace.course();
        ExerciseSpec first = course.exercises().findFirst().orElseThrow();
        PrintWriter out = context.out();
        out.printf(
                "Wrote the workspace %s: %d exercises in %d of %d labs.%n",
                context.shown(target),
                course.exercises().count(),
                course.labs().stream().filter(Lab::published).count(),
                course.labs().size());
        out.println();
        out.printf("Your first exercise: %s %s (%d points)%n", first.id(), first.title(), first.points());
        out.println();
        out.printf("  cd %s%n", context.shown(target));
        out.println("  ./lab                the board");
        out.printf("  ./lab test %-9s its tests%n", first.id());
        out.println();
        out.printf("Write it in %s;%n", first.files().get(0));
        out.println("the comment above it is the task.");
        return 0;
    }
}
