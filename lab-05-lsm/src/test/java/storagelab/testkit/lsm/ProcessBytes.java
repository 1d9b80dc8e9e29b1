package storagelab.testkit.lsm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Bytes that went through calls of this process to the operating system, as that has counted them; only Linux does.
 *
 * @param written {@code wchar}: all that was handed over, whether or not it gets to a disk
 * @param read {@code rchar}: all that was copied, wherever it came from
 */
public record ProcessBytes(long written, long read) {
    private static final Path COUNTS = Path.of("/proc/self/io");

    /** Whether the operating system counts. */
    public static boolean areCounted() {
        return Files.isReadable(COUNTS);
    }

    /** All until now. */
    public static ProcessBytes now() throws IOException {
        List<String> lines = Files.readAllLines(COUNTS);
        return new ProcessBytes(count("wchar", lines), count("rchar", lines));
    }

    private static long count(String name, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(
                        line -> Long.parseLong(line.substring(name.length() + 1).strip()))
                .findFirst()
                .orElseThrow();
    }

    /** Those that were not yet counted {@code earlier}. */
    public ProcessBytes since(ProcessBytes earlier) {
        return new ProcessBytes(written - earlier.written, read - earlier.read);
    }
}
