package storagelab.grader.cli;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the process starts. The script {@code lab} says by system properties what only a shell can know cheaply:
 * {@code lab.home} (the checkout), {@code lab.workspace} (where the script that was called is), {@code lab.terminal}
 * (standard output is a terminal) and {@code lab.interactive} (standard input is one too).
 */
public final class Main {
    private Main() {}

    /** Runs the command line {@code args} and exits with its code. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT); // the tool speaks English, and its numbers are read by programs
        System.exit(LabCommand.run(context(), args));
    }

    private static LabContext context() {
        boolean terminal = Boolean.getBoolean("lab.terminal");
        return new LabContext(
                Path.of("").toAbsolutePath(),
                directory("lab.home"),
                directory("lab.workspace"),
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())),
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                terminal && System.getenv("NO_COLOR") == null,
                terminal && Boolean.getBoolean("lab.interactive"));
    }

    private static @Nullable Path directory(String property) {
        String value = System.getProperty(property, "");
        return value.isEmpty() ? null : Path.of(value).toAbsolutePath().normalize();
    }

    /** UTF-8 whatever the locale: the board has characters that ASCII has not. */
    private static PrintWriter writer(FileDescriptor descriptor) {
        OutputStream stream = new FileOutputStream(descriptor);
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
