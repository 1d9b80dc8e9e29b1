package storagelab.grader.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Calls the lab command in a directory, as a program would: no terminal, no colours, nobody to ask. */
public final class LabCalls {
    private final @Nullable Path home;

    /** What a call said and exited with. */
    public record Said(int exit, String out, String err) {}

    /** Calls of the tool of the checkout {@code home}; of a handout's tool if it is null. */
    public LabCalls(@Nullable Path home) {
        this.home = home;
    }

    /** Calls {@code ./lab args...} in {@code directory}. */
    public Said in(Path directory, String... args) {
        return call(directory, null, args);
    }

    /** The same at a terminal, where somebody types {@code answer}. */
    public Said answering(String answer, Path directory, String... args) {
        return call(directory, answer, args);
    }

    private Said call(Path directory, @Nullable String answer, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        LabContext context = new LabContext(
                directory,
                home,
                null,
                new BufferedReader(new StringReader(answer == null ? "" : answer)),
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                answer != null);
        int exit = LabCommand.run(context, args);
        return new Said(exit, out.toString(), err.toString());
    }
}
