package storagelab.grader.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import storagelab.grader.LabException;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.starter.Reference;
import storagelab.grader.workspace.Board;
import storagelab.grader.workspace.Workspace;

/** {@code lab solution}: the reference beside the student's own code. */
@Command(
        name = "solution",
        description = "Show the reference beside yours. Asks first, unless your tests of the exercise pass.")
public final class SolutionCommand extends Subcommand {
    @Parameters(paramLabel = "EXERCISE", description = "Such as 1.4.")
    private String exercise = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Show it without asking.")
    private boolean yes;

    /** Runs in {@code context}. */
    public SolutionCommand(LabContext context) {
        super(context);
    }

    @Override
    protected int run() throws IOException {
        Workspace workspace = context.requireWorkspace();
        ExerciseSpec spec = workspace.course().exercise(exercise);
        Path home = context.requireCheckout("Showing a solution");
        if (!isDone(workspace, spec) && !yes && !confirmed(spec)) {
            context.out().println("Not shown. A hint may do: ./lab hint " + spec.id());
            return 0;
        }
        PrintWriter out = context.out();
        for (Map.Entry<String, String> file : new Reference(home).files(spec).entrySet()) {
            Path own = workspace.file(file.getKey());
            Path copy = workspace.metadata().resolve("solution").resolve(file.getKey());
            Files.createDirectories(copy.getParent());
            Files.writeString(copy, file.getValue());
            if (Files.exists(own)) {
                section("yours", context.shown(own), Files.readString(own));
            }
            section("the reference", context.shown(copy), file.getValue());
        }
        out.println("Both are files: compare them side by side in your editor.");
        return 0;
    }

    private void section(String whose, String path, String text) {
        context.out().println(context.styled("bold", "── " + whose + ": " + path + " ──"));
        context.out().println(text);
    }

    private static boolean isDone(Workspace workspace, ExerciseSpec spec) {
        return Board.of(workspace).labs().stream()
                .flatMap(lab -> lab.exercises().stream())
                .filter(row -> row.id().equals(spec.id()))
                .anyMatch(row -> row.state() == Board.State.PASSED || row.state() == Board.State.UNLOCKED);
    }

    private boolean confirmed(ExerciseSpec spec) throws IOException {
        if (!context.interactive()) {
            throw new LabException(
                    "Your tests of " + spec.id() + " do not pass yet, and there is nobody to ask.",
                    "Add --yes to see the reference all the same.");
        }
        context.out().printf("Your tests of %s do not pass yet. See the reference all the same? [y/N] ", spec.id());
        context.out().flush();
        String answer = context.in().readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
