package storagelab.grader.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import storagelab.grader.LabException;
import storagelab.grader.course.Edition;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.workspace.HintLadder;
import storagelab.grader.workspace.Progress;
import storagelab.grader.workspace.Workspace;

/** {@code lab hint}: the next rung of an exercise's ladder. */
@Command(name = "hint", description = "Show a hint; again with --more for the next, stronger one.")
public final class HintCommand extends Subcommand {
    @Parameters(paramLabel = "EXERCISE", description = "Such as 1.4.")
    private String exercise = "";

    @Option(names = "--more", description = "Show the next hint instead of the last one again.")
    private boolean more;

    /** Runs in {@code context}. */
    public HintCommand(LabContext context) {
        super(context);
    }

    @Override
    protected int run() {
        ExerciseSpec spec = context.course().exercise(exercise);
        Optional<Workspace> workspace = context.workspace();
        List<String> hints = ladder(spec, workspace).hints();
        if (hints.isEmpty()) {
            throw new LabException(
                    "There are no hints for " + spec.id() + ".",
                    "Read its task again: " + spec.files().get(0) + ".");
        }
        int read = workspace
                .map(Workspace::progress)
                .map(progress -> progress.hintsRead(spec.id()))
                .orElse(0);
        int shown = Math.min(read == 0 || more ? read + 1 : read, hints.size());
        PrintWriter out = context.out();
        out.println(
                context.styled("bold", "%s %s, hint %d of %d".formatted(spec.id(), spec.title(), shown, hints.size())));
        out.println();
        out.println(hints.get(shown - 1));
        out.println();
        out.println(wayOn(spec.id(), shown < hints.size(), more && read == hints.size()));
        workspace.ifPresent(at -> remember(at, spec.id(), shown));
        return 0;
    }

    private String wayOn(String id, boolean stronger, boolean askedForMore) {
        if (stronger) {
            return "A stronger one: ./lab hint " + id + " --more";
        }
        String last = askedForMore ? "There is no stronger hint." : "This is the last hint.";
        return context.edition() == Edition.HANDOUT
                ? last
                : last + " After it come ./lab solution " + id + " (the reference) and ./lab unlock " + id
                        + " (skip it).";
    }

    private HintLadder ladder(ExerciseSpec spec, Optional<Workspace> workspace) {
        if (workspace.isPresent()) {
            return HintLadder.read(workspace.get().hints(spec.id()));
        }
        Lab lab = context.course().lab(ExerciseSpec.labOf(spec.id()));
        return HintLadder.read(context.labs().resolve(lab.module()).resolve("hints/" + spec.id() + ".md"));
    }

    private static void remember(Workspace workspace, String id, int count) {
        Progress progress = workspace.progress();
        if (progress.hintsRead(id) < count) {
            workspace.save(progress.withHintsRead(id, count));
        }
    }
}
