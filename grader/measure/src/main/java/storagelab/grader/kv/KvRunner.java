package storagelab.grader.kv;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import storagelab.api.StorageException;
import storagelab.grader.LabException;
import storagelab.grader.cli.LabContext;

/** Runs one command of the shell, given as words: its name, options and arguments. */
final class KvRunner {
    private final KvSession session;

    KvRunner(KvSession session) {
        this.session = session;
    }

    /**
     * Runs the command that {@code words} call.
     *
     * @return its exit code
     * @throws LabException if it was called wrongly or could not do its work
     */
    int run(List<String> words) {
        String name = words.get(0).toLowerCase(Locale.ROOT);
        KvCommands.Command command = KvCommands.named(name)
                .orElseThrow(() -> LabException.usage(
                        "There is no command '" + words.get(0) + "'.",
                        session.isInteractive()
                                ? "\\? lists those there are; a line that begins with a word of SQL is a statement."
                                : "See ./lab kv --help for those there are."));
        KvAction action = command.make().apply(session);
        if (!parse(action, words.subList(1, words.size()))) {
            return 0;
        }
        session.beginCommand(action.options);
        try {
            return action.run();
        } catch (StorageException e) {
            throw session.place().problems().of(e);
        }
    }

    /** Whether the command is to run; not if it was asked for its help. */
    private boolean parse(KvAction action, List<String> arguments) {
        LabContext context = session.context();
        CommandLine line = new CommandLine(action)
                .setOut(context.out())
                .setErr(context.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(context.colour() ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false);
        try {
            line.parseArgs(arguments.toArray(new String[0]));
        } catch (ParameterException e) {
            throw wrongCall(e, KvCommands.nameOf(action));
        }
        if (line.isUsageHelpRequested()) {
            line.usage(context.out());
            return false;
        }
        action.options.inherit(session.options());
        action.options.check();
        return true;
    }

    private LabException wrongCall(ParameterException e, String name) {
        String sentence = String.valueOf(e.getMessage());
        return LabException.usage(
                sentence.endsWith(".") ? sentence : sentence + ".", "See " + session.call(name + " --help") + ".");
    }

    /** {@code words} with the options that come before the name of the command moved behind it. */
    static List<String> nameFirst(List<String> words) {
        int name = 0;
        while (name < words.size() && words.get(name).startsWith("-")) {
            name += List.of("--engine", "--history").contains(words.get(name)) ? 2 : 1;
        }
        if (name == 0 || name >= words.size()) {
            return words;
        }
        List<String> moved = new ArrayList<>(List.of(words.get(name)));
        moved.addAll(words.subList(0, name));
        moved.addAll(words.subList(name + 1, words.size()));
        return moved;
    }
}
