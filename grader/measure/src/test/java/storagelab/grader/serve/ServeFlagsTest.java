package storagelab.grader.serve;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import storagelab.api.Slice;
import storagelab.grader.LabException;
import storagelab.kv.ExpiringStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

class ServeFlagsTest {
    @TempDir
    private Path directory;

    @CommandLine.Command
    private static final class Flags {
        @CommandLine.Mixin
        private ServeFlags flags = new ServeFlags();
    }

    private ServeOptions options(String... arguments) {
        Flags parsed = new Flags();
        new CommandLine(parsed).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return parsed.flags.options(directory, Map.of("SECRET", "s3", "EMPTY", ""));
    }

    @Test
    @DisplayName("Without options: loopback, the port of Redis, a sync each second, no password")
    void defaults() {
        ServeOptions options = options();
        assertThat(options.address().isLoopbackAddress(), is(true));
        assertThat(options.port(), is(6379));
        assertThat(options.durability(), is(ServeDurability.INTERVAL));
        assertThat(options.password(), is(nullValue()));
        assertThat(options.httpPort().isEmpty(), is(true));
        assertThat(options("--http-port", "9100").httpPort().getAsInt(), is(9100));
    }

    @Test
    @DisplayName("The password comes from a file, the environment or the command line")
    void passwords() throws IOException {
        Files.writeString(directory.resolve("password"), "s3\nmore\n");
        for (String[] given :
                new String[][] {{"--password", "s3"}, {"--password-env", "SECRET"}, {"--password-file", "password"}}) {
            ServeOptions options = options(given[0], given[1], "--host", "0.0.0.0", "--durability", "commit");
            Password password = Objects.requireNonNull(options.password());
            assertThat(given[0], password.matches(Slice.utf8("s3")), is(true));
            assertThat(given[0], password.matches(Slice.utf8("s3 ")), is(false));
            assertThat(options.durability(), is(ServeDurability.COMMIT));
        }
        assertThat(options("--host", "0.0.0.0", "--unprotected").address(), is(notNullValue()));
    }

    @ParameterizedTest
    @CsvSource({
        "--port 65536, no port 65536",
        "--http-port -1, no port -1",
        "--connections 0, out of range",
        "--request-mib 513, out of range",
        "--idle -1, out of range",
        "--host 0.0.0.0, no password",
        "--password-env NONE, no environment variable NONE",
        "--password-env EMPTY, password is empty",
        "--password a --password-env SECRET, more than one way",
        "--password-file nothing, cannot be read"
    })
    @DisplayName("What is wrong is said in a sentence, with the next step")
    void wrong(String arguments, String sentence) {
        LabException refusal = assertThrows(LabException.class, () -> options(arguments.split(" ")));
        assertThat(refusal.getMessage(), containsString(sentence));
        assertThat(refusal.nextStep().isEmpty(), is(false));
    }

    @Test
    @DisplayName("A port that is taken is said, and the store is closed again")
    void portTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServeOptions options =
                    ServeOptions.defaults().withAddress(InetAddress.getLoopbackAddress(), other.getLocalPort());
            PrintWriter ignored = new PrintWriter(new StringWriter());
            ServeRun.Messages messages = new ServeRun.Messages(ignored, ignored, "db");
            LabException refusal =
                    assertThrows(LabException.class, () -> ServeRun.run(directory, EngineKind.LSM, options, messages));
            assertThat(refusal.getMessage(), containsString("cannot listen on"));
            ExpiringStore.open(directory, DurableOptions.defaults(EngineKind.LSM), options.clock())
                    .close();
        }
    }
}
