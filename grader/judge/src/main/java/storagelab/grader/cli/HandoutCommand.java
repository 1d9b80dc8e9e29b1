package storagelab.grader.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import storagelab.grader.starter.WorkspaceUpdate;
import storagelab.grader.starter.WorkspaceWriter;
import storagelab.grader.workspace.Workspace;

/** {@code lab handout}: writes a repository to publish. */
@Command(
        name = "handout",
        description =
                "Write the starter as a repository to publish, and as one archive next to it, OUT.zip: labs, public"
                        + " tests, hints and the tool, no solution and no hidden test.")
public final class HandoutCommand extends Subcommand {
    @Option(
            names = "--update",
            description =
                    "Bring the handout in OUT, or a workspace, up to this checkout; what its student has written stays.")
    private boolean update;

    @Parameters(paramLabel = "OUT", description = "A new or empty directory; one with only .git in it will do.")
    private Path directory = Path.of("");

    /** Runs in {@code context}. */
    public HandoutCommand(LabContext context) {
        super(context);
    }

    @Override
    protected int run() throws IOException {
        Path home = context.requireCheckout("Making a handout");
        Path target = context.directory().resolve(directory).normalize();
        if (update) {
            UpdateCommand.print(context, WorkspaceUpdate.fromCheckout(home, target), target);
            if (!Files.exists(target.resolve(Workspace.METADATA).resolve("home"))) {
                context.out().println("wrote " + context.shown(HandoutArchive.of(target)));
            }
            return 0;
        }
        Workspace handout = WorkspaceWriter.handout(home, target);
        Path archive = HandoutArchive.of(target);
        PrintWriter out = context.out();
        out.printf(
                "Wrote the handout %s: %d exercises. Students need a JDK, 17 or newer, and nothing else.%n",
                context.shown(target), handout.course().exercises().count());
        out.printf("Publish the one file %s, which holds all of it, or the repository:%n", context.shown(archive));
        out.printf("  cd %s && git init && git add -A && git commit -m \"Storage Lab\"%n", context.shown(target));
        return 0;
    }
}
