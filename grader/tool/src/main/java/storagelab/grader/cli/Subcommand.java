package storagelab.grader.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/**
 * One command of {@code lab}. The command {@code grade-all} is the class {@code GradeAllCommand} of this package, with a
 * public constructor that takes the context; {@link LabCommand#NAMES} lists the names.
 */
public abstract class Subcommand implements Callable<Integer> {
    /** Where the command runs and prints. */
    protected final LabContext context;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show what the command does and takes.")
    @SuppressWarnings("unused") // picocli looks at the annotation, nobody at the value
    private boolean help;

    @Option(names = "--debug", description = "Show the stack trace of an error.")
    @SuppressWarnings("unused") // LabCommand looks for the word, before a command is made
    private boolean debug;

    /** A command that runs in {@code context}. */
    protected Subcommand(LabContext context) {
        this.context = context;
    }

    /**
     * Does the work.
     *
     * @return the exit code
     */
    protected abstract int run() throws Exception;

    @Override
    public final Integer call() throws Exception {
        return run();
    }
}
