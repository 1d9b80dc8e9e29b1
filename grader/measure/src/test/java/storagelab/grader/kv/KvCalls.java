package storagelab.grader.kv;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import storagelab.grader.LabException;
import storagelab.grader.cli.LabContext;

/** Calls the shell in a directory as its command line does, with input and output that a test gives. */
final class KvCalls {
    private final Path directory;
    private final Map<String, String> environment;

    /** What a call said and exited with; {@code out} is text, {@code bytes} what is not. */
    record Said(int exit, String out, String err, byte[] bytes) {}

    KvCalls(Path directory) {
        this(directory, Map.of("HOME", directory.resolve("home").toString()));
    }

    KvCalls(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /** {@code ./lab kv STORE WORDS...}. */
    Said call(String store, String... words) {
        return call(new byte[0], store, words);
    }

    /** The same with {@code input}. */
    Said call(byte[] input, String store, String... words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        KvProcess process = process(new ByteArrayInputStream(input), bytes, false, () -> {
            throw new AssertionError("a call without a terminal opened one");
        });
        return run(process, bytes, store, words);
    }

    /** A session at a terminal that cannot do anything, where a person types {@code lines}. */
    Said type(String lines, String store, String... words) {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        Terminal terminal;
        try {
            terminal = new DumbTerminal(
                    "test", Terminal.TYPE_DUMB, new ByteArrayInputStream(lines.getBytes(UTF_8)), screen, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        KvProcess process = process(InputStream.nullInputStream(), screen, true, () -> terminal);
        Said said = run(process, screen, store, words);
        return new Said(said.exit(), screen.toString(UTF_8), said.err(), said.bytes());
    }

    private KvProcess process(InputStream in, OutputStream out, boolean isTerminal, KvProcess.TerminalSource terminal) {
        return new KvProcess(in, out, isTerminal, isTerminal, environment, System::nanoTime, terminal);
    }

    /** A session on a store, which the caller closes. */
    KvSession session(String store) {
        KvProcess process = process(InputStream.nullInputStream(), OutputStream.nullOutputStream(), false, () -> {
            throw new AssertionError("a session without a terminal opened one");
        });
        return new KvSession(context(new StringWriter(), new StringWriter()), process, Path.of(store), new KvOptions());
    }

    private LabContext context(StringWriter out, StringWriter err) {
        return new LabContext(
                directory,
                null,
                null,
                new BufferedReader(new StringReader("")),
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                false);
    }

    private Said run(KvProcess process, ByteArrayOutputStream bytes, String store, String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        LabContext context = context(out, err);
        int exit;
        try {
            exit = new KvShell(context, process, new KvOptions(), null).run(Path.of(store), List.of(words));
        } catch (LabException e) {
            err.write(e.getMessage() + "\n" + e.nextStep() + "\n");
            exit = e.exitCode();
        }
        return new Said(exit, out.toString(), err.toString(), bytes.toByteArray());
    }
}
