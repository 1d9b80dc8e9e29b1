package storagelab.grader.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import storagelab.grader.demo.DemoOptions;
import storagelab.grader.demo.DemoProcess;

/** {@code lab demo}: lists the experiments or runs them, on the code of the workspace or on the reference. */
@Command(
        name = "demo",
        description = {
            "List the experiments, or run one: it asks what you expect, measures on this machine, and shows a table",
            "and plots of what happened. In a workspace your code is measured, in the checkout the reference."
        })
public final class DemoCommand extends Subcommand {
    @Mixin
    private final DemoOptions options = new DemoOptions();

    /** A command that runs in {@code context}. */
    public DemoCommand(LabContext context) {
        super(context);
    }

    @Override
    protected int run() throws Exception {
        List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
        return new DemoProcess(classPath, context.directory(), context.interactive())
                .run(options.arguments(), context.out());
    }
}
