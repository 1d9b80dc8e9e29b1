package storagelab.grader.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import storagelab.grader.starter.WorkspaceUpdate;

/** {@code lab update}: brings a workspace up to the edition that the command is called in. */
@Command(
        name = "update",
        description = {
            "Bring the workspace DIR up to the edition of the course that this command is called in.",
            "Call it in the newer handout, or in the checkout. What you have written stays; everything else is replaced, and"
                    + " kept in DIR/.lab/kept."
        })
public final class UpdateCommand extends Subcommand {
    private static final int SHOWN = 20;

    @Parameters(paramLabel = "DIR", description = "Your workspace.")
    private Path directory = Path.of("");

    /** Runs in {@code context}. */
    public UpdateCommand(LabContext context) {
        super(context);
    }

    @Override
    protected int run() {
        Path target = context.directory().resolve(directory).normalize();
        WorkspaceUpdate.Report report = context.checkout()
                .map(home -> WorkspaceUpdate.fromCheckout(home, target))
                .orElseGet(() ->
                        WorkspaceUpdate.fromHandout(context.requireWorkspace().root(), target));
        print(context, report, target);
        return 0;
    }

    /** Says what an update did. */
    static void print(LabContext context, WorkspaceUpdate.Report report, Path target) {
        PrintWriter out = context.out();
        out.printf(
                "%s is up to date: %d files are new or changed, %d of your sources stay as they are.%n",
                context.shown(target), report.replaced(), report.mine().size());
        list(out, "The course has changed these, too; the new starter is in .lab/starter:", report.both());
        list(out, "The course no longer has these:", report.removed());
        report.kept().ifPresent(kept -> out.println("What was replaced or removed is in " + context.shown(kept) + "."));
    }

    private static void list(PrintWriter out, String heading, List<String> paths) {
        if (paths.isEmpty()) {
            return;
        }
        out.println(heading);
        paths.stream().limit(SHOWN).forEach(path -> out.println("  " + path));
        if (paths.size() > SHOWN) {
            out.println("  and " + (paths.size() - SHOWN) + " more");
        }
    }
}
