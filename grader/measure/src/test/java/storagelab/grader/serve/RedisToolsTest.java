package storagelab.grader.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of Redis itself against the server, where they are installed. */
class RedisToolsTest {
    @TempDir
    private Path directory;

    private static String run(ServedStore served, String program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(program, "-p", String.valueOf(served.server().address().getPort())));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(said, process.waitFor(), is(0));
        return said;
    }

    private static void assumeInstalled(String program) {
        boolean isThere = false;
        for (String folder : String.valueOf(System.getenv("PATH")).split(":", -1)) {
            isThere |= !folder.isEmpty() && Files.isExecutable(Path.of(folder, program));
        }
        if (!isThere) {
            System.out.println("Not tested: " + program + " is not installed here.");
        }
        assumeTrue(isThere, program + " is not installed here");
    }

    @Test
    @DisplayName("redis-cli: both protocols, help, scans")
    void cli() throws Exception {
        assumeInstalled("redis-cli");
        try (ServedStore served = new ServedStore(directory, ServeOptions.defaults())) {
            assertThat(run(served, "redis-cli", "SET", "a", "1"), is("OK\n"));
            assertThat(run(served, "redis-cli", "-3", "--no-raw", "GET", "a"), is("\"1\"\n"));
            for (int i = 0; i < 30; i++) {
                assertThat(run(served, "redis-cli", "INCR", "n:" + i), is("1\n"));
            }
            assertThat(
                    run(served, "redis-cli", "--scan", "--pattern", "n:*")
                            .lines()
                            .count(),
                    is(30L));
            assertThat(run(served, "redis-cli", "INFO", "server"), containsString("redis_version:"));
            assertThat(run(served, "redis-cli", "COMMAND", "DOCS", "get"), containsString("The value of a key."));
        }
    }

    @Test
    @DisplayName("redis-benchmark: GET, SET, INCR, MSET and PING, with pipelining and without, on both protocols")
    void benchmark() throws Exception {
        assumeInstalled("redis-benchmark");
        for (ServeDurability durability : ServeDurability.values()) {
            try (ServedStore served =
                    new ServedStore(directory, ServeOptions.defaults().withDurability(durability))) {
                for (String pipeline : List.of("1", "16")) {
                    String said = run(
                            served,
                            "redis-benchmark",
                            "-t",
                            "ping,set,get,incr,mset",
                            "-c",
                            "20",
                            "-n",
                            "2000",
                            "-r",
                            "500",
                            "-P",
                            pipeline,
                            "-q");
                    assertThat(said, containsString("MSET (10 keys)"));
                    assertThat(said, not(containsString("rror")));
                }
                assertThat(
                        run(served, "redis-benchmark", "-3", "-t", "get,set", "-n", "1000", "-q"),
                        not(containsString("rror")));
            }
        }
    }
}
