package storagelab.grader.endurance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;

/** A process that writes to a store, prints the number of each write when it is acknowledged, and dies by SIGKILL. */
public final class KilledWriter {
    private KilledWriter() {}

    /**
     * Runs a writer until it has acknowledged so many writes, kills it, and returns the last number it acknowledged.
     *
     * @param writer a class with a {@code main} whose argument is the directory of the store
     */
    public static long run(Class<?> writer, Path home, int writes) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        writer.getName(),
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
