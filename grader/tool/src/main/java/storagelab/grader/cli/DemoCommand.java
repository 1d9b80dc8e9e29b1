package storagelab.grader.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import storagelab.grader.demo.DemoClassPath;
import storagelab.grader.demo.DemoOptions;
import storagelab.grader.demo.DemoProcess;
import storagelab.grader.model.CompileError;
import storagelab.grader.workspace.Workspace;

/** {@code lab demo}: lists the experiments or runs them, on the code of the workspace or on the reference. */
@Command(
        name = "demo",
        description = {
            "List the experiments, or run one: it asks what you expect, measures, and shows a table and plots.",
            "In a workspace your code is measured, in the checkout the reference."
        },
        footer = {"", "Exit code 0: done. 1: an exercise is missing, or an experiment failed."})
public final class DemoCommand extends Subcommand {
    @Mixin
    private final DemoOptions options = new DemoOptions();

    /** A command that runs in {@code context}. */
    public DemoCommand(LabContext context) {
        super(context);
    }

    @Override
    protected int run() throws Exception {
        Optional<Workspace> workspace = context.workspace();
        if (workspace.isEmpty()) {
            context.requireCheckout("Outside a workspace, lab demo");
        }
        DemoClassPath classPath =
                workspace.isPresent() ? DemoClassPath.of(workspace.get()) : DemoClassPath.ofReference();
        for (CompileError error : classPath.errors()) {
            context.err().println(error.describe());
        }
        if (!classPath.errors().isEmpty()) {
            context.err().println("What does not compile is measured as it was handed out.");
        }
        return new DemoProcess(classPath.entries(), context.directory(), context.interactive(), context.edition())
                .run(options.arguments(), context.out());
    }
}
