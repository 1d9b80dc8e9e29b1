package storagelab.grader.kv;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.grader.LabException;

/** One command of the shell, such as {@code get}. A new one is made for each call. */
abstract class KvAction {
    /** The exit code of an answer that is no. */
    static final int NOT_SO = 1;

    /** What the command works on. */
    protected final KvSession session;

    /** How it takes and prints keys and values. */
    @Mixin
    protected KvOptions options = new KvOptions();

    @Parameters(arity = "0..*", hidden = true)
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show what the command does and takes.")
    @SuppressWarnings("unused") // picocli looks at the annotation, and nothing at the value
    private boolean help;

    @Option(names = "--debug", hidden = true)
    @SuppressWarnings("unused") // LabCommand looks for the word, before a command is made
    private boolean debug;

    KvAction(KvSession session) {
        this.session = session;
    }

    /**
     * Does the work.
     *
     * @return the exit code
     */
    abstract int run();

    /** What was given besides options. */
    protected final List<String> arguments() {
        return arguments;
    }

    /** Checks that there are as many arguments as the command takes: those called {@code names}, the first ones always. */
    protected final void expect(int atLeast, String... names) {
        int count = arguments.size();
        String name = KvCommands.nameOf(this);
        if (count < atLeast) {
            throw LabException.usage(
                    "The command " + name + " needs a " + names[count] + ".",
                    "See " + session.call(name + " --help") + " for what it takes.");
        }
        if (count > names.length) {
            throw LabException.usage(
                    "The command " + name + " takes "
                            + (names.length == 0 ? "no arguments" : String.join(" and ", names) + " only")
                            + ", and '" + arguments.get(names.length) + "' is one too many.",
                    "Put what has spaces in it between quotes.");
        }
    }

    /** The argument at {@code index}, which is called {@code name}, as bytes. */
    protected final Slice bytes(int index, String name) {
        return options.text().parse(arguments.get(index), name);
    }

    /** The range of keys from the first argument to the second, where they are given. */
    protected final KeyRange range() {
        if (arguments.size() < 2) {
            return arguments.isEmpty() ? KeyRange.all() : KeyRange.from(bytes(0, "FROM"));
        }
        Slice from = bytes(0, "FROM");
        Slice to = bytes(1, "TO");
        if (from.compareTo(to) > 0) {
            throw LabException.usage(
                    options.text().print(from) + " comes after "
                            + options.text().print(to) + ".",
                    "Give the smaller key first.");
        }
        return KeyRange.of(from, to);
    }

    /** Prints a line. */
    protected final void say(String line) {
        session.context().out().println(line);
    }

    /** Prints a line that is not a result. */
    protected final void note(String line) {
        session.context().err().println(line);
    }
}
