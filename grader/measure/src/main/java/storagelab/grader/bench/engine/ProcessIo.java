package storagelab.grader.bench.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel counts for this process, where it does (Linux).
 *
 * @param writtenBytes bytes of pages made dirty, by system call or through a mapped file; a lower bound of what reaches the
 *     disk, for what is changed twice before it is written counts once
 * @param readCalls system calls that read
 */
record ProcessIo(long writtenBytes, long readCalls) {
    private static final Path COUNTS = Path.of("/proc/self/io");

    /** The counts now; {@link EngineCounters#UNKNOWN} where the system does not count. */
    static ProcessIo now() throws IOException {
        if (!Files.isReadable(COUNTS)) {
            return new ProcessIo(EngineCounters.UNKNOWN, EngineCounters.UNKNOWN);
        }
        long written = EngineCounters.UNKNOWN;
        long reads = EngineCounters.UNKNOWN;
        for (String line : Files.readAllLines(COUNTS)) {
            if (line.startsWith("write_bytes: ")) {
                written = number(line);
            } else if (line.startsWith("syscr: ")) {
                reads = number(line);
            }
        }
        return new ProcessIo(written, reads);
    }

    private static long number(String line) {
        return Long.parseLong(line.substring(line.indexOf(' ') + 1).strip());
    }

    /** Bytes written since {@code earlier}; {@code NaN} if unknown. */
    double writtenSince(ProcessIo earlier) {
        return writtenBytes < 0 ? Double.NaN : writtenBytes - earlier.writtenBytes;
    }

    /** Reading system calls since {@code earlier}; {@code NaN} if unknown. */
    double readsSince(ProcessIo earlier) {
        return readCalls < 0 ? Double.NaN : readCalls - earlier.readCalls;
    }
}
