package storagelab.grader.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static storagelab.testkit.StoreMatchers.holds;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.Slice;
import storagelab.sortedlog.SortedLogStore;
import storagelab.testkit.Seeds;

/** Real processes die by SIGKILL on the real disk. */
class KilledProcessTest {
    private static final int KILLS = 4;
    private static final int WRITES_MAX = 2000;

    @TempDir
    private Path directory;

    @Test
    @DisplayName("a process that is killed loses no acknowledged write, SYNCED or BUFFERED, and no batch is half there")
    void killed() {
        Path home = directory.resolve("store");
        Seeds.check(1, random -> {
            for (int kill = 0; kill < KILLS; kill++) {
                long acknowledged = runAndKill(home, 1 + random.nextInt(WRITES_MAX));
                try (SortedLogStore store = SortedLogStore.open(home, CountingWriter.OPTIONS)) {
                    long last = CountingWriter.last(store);
                    assertThat("last number in the store", last, is(greaterThanOrEqualTo(acknowledged)));
                    assertThat(store, holds(CountingWriter.SECOND, Slice.utf8(Long.toString(last))));
                    assertThat("put aside", store.recoveryReport().quarantined(), is(empty()));
                    store.verify();
                }
            }
        });
    }

    /** Runs a writer until it has acknowledged so many writes, kills it, and returns the last number it acknowledged. */
    private static long runAndKill(Path home, int writes) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CountingWriter.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long last = 0;
        try (BufferedReader numbers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            int read = 0;
            for (String line = numbers.readLine(); line != null; line = numbers.readLine()) {
                last = line.matches("[0-9]+") ? Math.max(last, Long.parseLong(line)) : last;
                if (++read == writes) {
                    process.toHandle()
                            .destroyForcibly(); // unlike Process.destroyForcibly, leaves its output to be read
                }
            }
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
        return last;
    }
}
