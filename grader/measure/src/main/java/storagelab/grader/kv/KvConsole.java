package storagelab.grader.kv;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import storagelab.api.StorageException;
import storagelab.grader.LabException;

/** A session at a terminal: a line is edited, completed, remembered and run, until the user leaves. */
final class KvConsole {
    private final KvSession session;
    private final Terminal terminal;
    private final PrintWriter out;
    private final KvInterpreter interpreter;
    private final LineReader reader;

    KvConsole(KvSession session, Terminal terminal, @Nullable Path history) {
        this.session = session;
        this.terminal = terminal;
        this.out = session.context().out();
        this.interpreter = new KvInterpreter(session);
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("storagelab")
                .parser(new KvParser())
                .completer(new KvCompleter(session))
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "  -> ")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true); // ! is a character like any other
        Path file = made(history);
        if (file != null) {
            builder.variable(LineReader.HISTORY_FILE, file);
        }
        this.reader = builder.build();
    }

    /** The file if it can be used; a session works without. */
    private @Nullable Path made(@Nullable Path history) {
        if (history == null) {
            return null;
        }
        try {
            HistoryFile.make(history);
            return history;
        } catch (IOException e) {
            out.println("No history is kept: " + history + " cannot be made (" + e.getMessage() + ").");
            return null;
        }
    }

    /** Runs the session. Returns the exit code. */
    int run() {
        terminal.handle(Terminal.Signal.INT, signal -> session.interrupt());
        greet();
        while (!interpreter.hasQuit()) {
            out.flush();
            try {
                runLine(reader.readLine(prompt()));
            } catch (UserInterruptException e) {
                continue; // the line is given up, as in other shells
            } catch (EndOfFileException e) {
                break;
            }
        }
        if (session.transaction().isPresent()) {
            out.println("The transaction was not committed: its writes are given up.");
        }
        out.flush();
        return 0;
    }

    private void greet() {
        StorePlace place = session.place();
        String what = place.kind()
                .map(kind -> session.existing().description())
                .orElse("no store yet: the first put or load makes one");
        out.println(place.shown() + ": " + what + ". \\? lists the commands, \\q leaves.");
    }

    private String prompt() {
        Path name = session.place().home().getFileName();
        return (name == null ? "/" : name.toString()) + (session.transaction().isPresent() ? "*> " : "> ");
    }

    private void runLine(String line) {
        try {
            int unused = interpreter.run(line);
        } catch (LabException e) {
            out.println(e.getMessage());
            out.println(e.nextStep());
        } catch (StorageException e) {
            LabException said = session.place().problems().of(e);
            out.println(said.getMessage());
            out.println(said.nextStep());
        }
    }
}
