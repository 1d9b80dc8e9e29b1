package storagelab.grader.kv;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import storagelab.grader.LabException;

/**
 * Runs the lines of a session: commands as on the command line, without the directory, and a few that begin with a backslash and
 * are about the session itself.
 */
final class KvInterpreter {
    private final KvSession session;
    private final KvRunner runner;
    private boolean isTimed;
    private boolean hasQuit;

    KvInterpreter(KvSession session) {
        this.session = session;
        this.runner = new KvRunner(session);
    }

    /** Whether the user wants to leave. */
    boolean hasQuit() {
        return hasQuit;
    }

    /** Whether {@code text} is a whole command; if not, another line belongs to it. Only statements have several lines. */
    static boolean isComplete(String text) {
        return !SqlText.isStatement(text) || SqlText.isEnded(text);
    }

    /**
     * Runs one command.
     *
     * @return its exit code
     * @throws LabException if it was called wrongly or could not do its work
     */
    int run(String text) {
        String line = text.strip();
        if (line.isEmpty() || line.startsWith("#")) {
            return 0;
        }
        long begin = session.process().nanoClock().getAsLong();
        int exit = dispatch(line);
        if (isTimed && !hasQuit) {
            long nanos = session.process().nanoClock().getAsLong() - begin;
            session.context()
                    .out()
                    .printf(Locale.ROOT, "Time: %.3f ms%n", nanos / (double) TimeUnit.MILLISECONDS.toNanos(1));
        }
        return exit;
    }

    private int dispatch(String line) {
        if (SqlText.isStatement(line)) {
            session.beginCommand(session.options());
            new SqlRunner(session, session.options()).runAll(line);
            return 0;
        }
        List<String> words = Words.split(line);
        switch (words.get(0).toLowerCase(Locale.ROOT)) {
            case "\\q", "quit", "exit" -> hasQuit = true;
            case "\\?", "\\h", "help" -> help();
            case "\\timing" -> time();
            case "\\d" -> {
                List<String> described = new ArrayList<>(words);
                described.set(0, "tables");
                return runner.run(described);
            }
            default -> {
                if (line.startsWith("\\")) {
                    throw LabException.usage("There is no command " + words.get(0) + ".", "\\? lists those there are.");
                }
                return runner.run(KvRunner.nameFirst(words));
            }
        }
        return 0;
    }

    private void time() {
        isTimed = !isTimed;
        session.context().out().println(isTimed ? "Every command says how long it took." : "Times are not shown.");
    }

    private void help() {
        KvCommands.all()
                .forEach((name, command) -> session.context()
                        .out()
                        .printf("  %-24s %s%n", (name + " " + command.takes()).strip(), command.does()));
        List.of(
                        "  SELECT …;                statements of SQL, perhaps over several lines, up to a semicolon",
                        "  \\d [TABLE]               the tables, or the columns of one",
                        "  \\timing                  show how long every command takes, or no longer",
                        "  \\?                       this list",
                        "  \\q                       leave, as Ctrl-D does",
                        "A command explains itself with --help. Words with spaces go between quotes.")
                .forEach(session.context().out()::println);
    }
}
