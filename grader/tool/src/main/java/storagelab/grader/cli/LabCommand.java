package storagelab.grader.cli;

import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import storagelab.grader.LabException;

/**
 * The {@code lab} command. Without a subcommand it is {@code lab status}.
 *
 * <p>A subcommand is found by its name ({@link Subcommand}), and only the one that was asked for is loaded: most of the
 * time between pressing return and reading the answer is class loading. A name whose class is not there is
 * described in the help, but is not a command.
 */
@Command(
        name = "lab",
        description = "Storage Lab: from binary search to a database engine, in seven labs.",
        footer = {"", "Without a command: the board (lab status).", "Each command explains itself with --help."})
public final class LabCommand {
    /** The names of all commands, in the order of the help. */
    static final List<String> NAMES = List.of(
            "status",
            "start",
            "test",
            "hint",
            "demo",
            "bench",
            "solution",
            "unlock",
            "update",
            "doctor",
            "grade",
            "grade-all",
            "course",
            "gradebook",
            "handout",
            "autograder",
            "audit",
            "new-exercise",
            "kv");

    /** What the commands of other modules do: the script {@code lab} builds those modules when they are called. */
    private static final Map<String, String> BUILT_LATER = Map.of(
            "bench", "Count what your code costs, and time it next to the reference.",
            "grade", "Grade submissions with public tests, hidden tests and benchmarks.",
            "grade-all", "Grade a folder of submissions, and write a gradebook.",
            "course", "Print an example of a course file for grade-all, or say what a course file means.",
            "gradebook", "Merge gradebooks of shards, or say who is who in an anonymous one.",
            "handout", "Write the starter as a repository to publish, and as one archive.",
            "autograder", "Write an autograder for Gradescope, or for any machine with a JDK.",
            "audit", "Prove that the course holds: reference, starter, hidden tests, zoo, mutants, flakes.",
            "new-exercise", "Write the files that a new exercise begins with.",
            "kv", "Use a store from the shell, of any lab, or a database that LevelDB has written.");

    /** The commands that a handout does not have: they work only on the reference. */
    private static final Set<String> OF_A_CHECKOUT = Set.of(
            "start", "grade", "grade-all", "course", "gradebook", "handout", "autograder", "audit", "new-exercise");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show the commands.")
    @SuppressWarnings("unused") // picocli reads the annotation, and nothing reads the value
    private boolean help;

    private LabCommand() {}

    /**
     * Runs one command line.
     *
     * @return the exit code: what the command says, 64 if it was called wrongly, 2 if it could not do its work
     */
    public static int run(LabContext context, String... args) {
        boolean debug = List.of(args).contains("--debug");
        try {
            return commandLine(context, args).execute(withDefault(args));
        } catch (LabException problem) {
            return report(context, problem, debug);
        } finally {
            context.out().flush();
            context.err().flush();
        }
    }

    private static String[] withDefault(String[] args) {
        boolean named =
                args.length > 0 && (!args[0].startsWith("-") || args[0].equals("--help") || args[0].equals("-h"));
        if (named) {
            return args;
        }
        String[] status = new String[args.length + 1];
        status[0] = "status";
        System.arraycopy(args, 0, status, 1, args.length);
        return status;
    }

    private static CommandLine commandLine(LabContext context, String[] args) {
        CommandLine line = new CommandLine(new LabCommand());
        String wanted = withDefault(args)[0];
        boolean handout = context.checkout().isEmpty();
        List<String> names = NAMES.stream()
                .filter(name -> !handout || !OF_A_CHECKOUT.contains(name))
                .toList();
        List<String> load = names.contains(wanted) ? List.of(wanted) : names;
        for (String name : load) {
            Optional<Subcommand> command = load(name, context);
            if (command.isPresent()) {
                line.addSubcommand(name, new CommandLine(command.get()));
            } else if (!handout && !name.equals(wanted) && BUILT_LATER.containsKey(name)) {
                line.addSubcommand(name, described(BUILT_LATER.get(name)));
            }
        }
        if (!wanted.startsWith("-") && !line.getSubcommands().containsKey(wanted)) {
            throw LabException.usage("There is no command '" + wanted + "'.", "See ./lab --help for those there are.");
        }
        boolean debug = List.of(args).contains("--debug");
        line.setOut(context.out());
        line.setErr(context.err());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(context.colour() ? Ansi.ON : Ansi.OFF));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExpandAtFiles(false); // an argument that begins with @ is what it says, and not the content of a file
        line.setParameterExceptionHandler((problem, given) -> usage(problem));
        line.setExecutionExceptionHandler((problem, command, result) -> report(context, problem, debug));
        return line;
    }

    /** A line of the help for a command that the script builds when it is called. */
    private static CommandLine described(@Nullable String description) {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().description(description);
        return new CommandLine(spec);
    }

    /** The command called {@code name}, if this edition of the tool has it. */
    private static Optional<Subcommand> load(String name, LabContext context) {
        StringBuilder className = new StringBuilder(LabCommand.class.getPackageName()).append('.');
        for (String word : name.split("-", -1)) {
            className.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        className.append("Command");
        try {
            Constructor<? extends Subcommand> constructor = Class.forName(className.toString())
                    .asSubclass(Subcommand.class)
                    .getConstructor(LabContext.class);
            return Optional.of(constructor.newInstance(context));
        } catch (ClassNotFoundException notInThisEdition) {
            return Optional.empty();
        } catch (ReflectiveOperationException broken) {
            throw new LinkageError(className + " is not a command", broken);
        }
    }

    private static int usage(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(sentence(problem.getMessage()));
        UnmatchedArgumentException.printSuggestions(problem, err);
        err.println("See ./" + command.getCommandSpec().qualifiedName() + " --help.");
        return LabException.USAGE;
    }

    private static int report(LabContext context, Exception problem, boolean debug) {
        PrintWriter err = context.err();
        context.out().flush();
        if (debug) {
            problem.printStackTrace(err);
        }
        if (problem instanceof LabException said) {
            err.println(said.getMessage());
            err.println(said.nextStep());
            return said.exitCode();
        }
        err.println("The lab command failed: " + sentence(problem.toString()));
        if (!debug) {
            err.println("Run it again with --debug for the stack trace; it belongs into a bug report.");
        }
        return LabException.FAILED;
    }

    private static String sentence(@Nullable String message) {
        String text = message == null ? "no reason was given" : message;
        return text.endsWith(".") ? text : text + ".";
    }
}
