package storagelab.grader.bench.engine;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What an engine says about itself.
 *
 * @param fileBytes size of its files; what is allocated, where a file has holes
 * @param pageReads pages or blocks read from files since it was opened; {@link #UNKNOWN} if it does not count them
 * @param writtenBytes bytes written to files, logs among them, since it was opened; {@link #UNKNOWN} if it does not count
 */
public record EngineCounters(long fileBytes, long pageReads, long writtenBytes) {
    /** What an engine does not count. */
    public static final long UNKNOWN = -1;

    /** Of an engine that does not count what it writes. */
    public EngineCounters(long fileBytes, long pageReads) {
        this(fileBytes, pageReads, UNKNOWN);
    }

    /** The size of all files in {@code directory}, and nothing else known. */
    public static EngineCounters ofFiles(Path directory) throws IOException {
        return new EngineCounters(FileSizes.of(directory).sum(), UNKNOWN);
    }

    /** Bytes written since {@code earlier}; {@code NaN} if unknown. */
    double writtenSince(EngineCounters earlier) {
        return writtenBytes < 0 ? Double.NaN : writtenBytes - earlier.writtenBytes;
    }
}
