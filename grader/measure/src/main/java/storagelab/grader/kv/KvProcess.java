package storagelab.grader.kv;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * What the shell takes from its process, so that a test can give it something else.
 *
 * @param in standard input
 * @param out standard output, for bytes that are not text
 * @param isInTerminal whether a person types the input
 * @param isOutTerminal whether a person reads the output
 * @param environment the environment variables
 * @param nanoClock a clock that only moves forward, in nanoseconds
 * @param terminal opens the terminal of an interactive session
 */
public record KvProcess(
        InputStream in,
        OutputStream out,
        boolean isInTerminal,
        boolean isOutTerminal,
        Map<String, String> environment,
        LongSupplier nanoClock,
        TerminalSource terminal) {

    /** Opens a terminal. */
    public interface TerminalSource {
        /** The terminal, which the caller closes. */
        Terminal open() throws IOException;
    }

    /** This process. */
    public static KvProcess current() {
        return new KvProcess(
                System.in,
                new FileOutputStream(FileDescriptor.out),
                Boolean.getBoolean("lab.interactive"),
                Boolean.getBoolean("lab.terminal"),
                System.getenv(),
                System::nanoTime,
                // The commands of the system need no native code; the library for Windows has some.
                () -> TerminalBuilder.builder()
                        .system(true)
                        .providers("exec,jni")
                        .build());
    }
}
