package storagelab.grader.kv;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.grader.LabException;
import storagelab.grader.cli.LabContext;

/** The shell: one command, or a session of commands that a person types or a file has. */
public final class KvShell {
    private final LabContext context;
    private final KvProcess process;
    private final KvOptions options;
    private @Nullable String history;

    /**
     * A shell.
     *
     * @param options those that hold for all commands
     * @param history where lines are kept, if that was said
     */
    public KvShell(LabContext context, KvProcess process, KvOptions options, @Nullable String history) {
        this.context = context;
        this.process = process;
        this.options = options;
        this.history = history;
    }

    /** The options of a session, which has no command. */
    @CommandLine.Command(name = "session")
    private static final class SessionOptions {
        @Mixin
        private KvOptions options = new KvOptions();

        @Option(names = "--history")
        private @Nullable String history;

        @Option(names = "--debug")
        @SuppressWarnings("unused") // LabCommand looks for the word
        private boolean debug;
    }

    /**
     * Runs the command that {@code words} are, or a session if there are none, on the store in {@code directory}.
     *
     * @return the exit code
     */
    public int run(Path directory, List<String> words) {
        List<String> command = KvRunner.nameFirst(words);
        if (command.isEmpty() || command.get(0).startsWith("-")) {
            return session(directory, command);
        }
        options.check();
        return closing(
                new KvSession(context, process, directory, options), session -> new KvRunner(session).run(command));
    }

    private int session(Path directory, List<String> given) {
        SessionOptions parsed = new SessionOptions();
        try {
            new CommandLine(parsed).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(given.toArray(new String[0]));
        } catch (ParameterException e) {
            throw LabException.usage(e.getMessage() + ".", "See ./lab kv --help.");
        }
        options.inherit(parsed.options);
        options.check();
        history = parsed.history == null ? history : parsed.history;
        return process.isInTerminal() ? typed(directory) : read(directory);
    }

    /** What is done with a session, which is closed afterwards. */
    private interface Use {
        int of(KvSession session) throws IOException;
    }

    private static int closing(KvSession session, Use use) {
        try (session) {
            return use.of(session);
        } catch (StorageException e) { // closing makes a checkpoint, and may fail
            throw session.place().problems().of(e);
        } catch (IOException e) {
            throw new LabException(
                    "The terminal cannot be used: " + e.getMessage() + ".", "Send the commands as a file.");
        }
    }

    /** Commands from a file or another program; the first that fails ends it. */
    private int read(Path directory) {
        KvSession opened = new KvSession(context, process, directory, options);
        if (opened.place().kind().isEmpty() && options.engine() == null) {
            throw opened.place().calledForNone();
        }
        return closing(opened, session -> {
            session.beInteractive();
            KvInterpreter interpreter = new KvInterpreter(session);
            LineReader lines = new LineReader(process.in());
            StringBuilder text = new StringBuilder();
            for (Optional<Slice> line = lines.next(); line.isPresent() && !interpreter.hasQuit(); line = lines.next()) {
                text.append(line.get().toUtf8()).append('\n');
                if (KvInterpreter.isComplete(text.toString())) {
                    runLine(interpreter, text.toString(), lines.number());
                    text.setLength(0);
                }
            }
            runLine(interpreter, text.toString(), lines.number());
            return 0;
        });
    }

    private void runLine(KvInterpreter interpreter, String text, long number) {
        try {
            int unused = interpreter.run(text);
        } catch (LabException e) {
            String sentence = "Line " + number + ": " + e.getMessage();
            throw e.exitCode() == LabException.USAGE
                    ? LabException.usage(sentence, e.nextStep())
                    : new LabException(sentence, e.nextStep());
        }
    }

    /** Commands that a person types. */
    private int typed(Path directory) {
        try (Terminal terminal = process.terminal().open()) {
            PrintWriter out = terminal.writer();
            LabContext onTerminal = new LabContext(
                    context.directory(),
                    context.home(),
                    context.calledFrom(),
                    context.in(),
                    out,
                    out,
                    context.colour(),
                    true);
            return closing(new KvSession(onTerminal, process, directory, options), session -> {
                session.beInteractive();
                Path file = HistoryFile.of(process, context, history);
                HistoryFile.check(file, session.place());
                return new KvConsole(session, terminal, file).run();
            });
        } catch (IOException e) {
            throw new LabException(
                    "The terminal cannot be used: " + e.getMessage() + ".", "Send the commands as a file.");
        }
    }
}
