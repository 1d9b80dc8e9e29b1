package storagelab.grader.bench.engine;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.commons.io.file.PathUtils;

/**
 * What an engine says about itself.
 *
 * @param fileBytes size of its files; what is allocated, where a file has holes
 * @param pageReads pages or blocks read from files since it was opened; {@link #UNKNOWN} if it does not count them
 */
public record EngineCounters(long fileBytes, long pageReads) {
    /** What an engine does not count. */
    public static final long UNKNOWN = -1;

    /** The size of all files in {@code directory}, and nothing else known. */
    public static EngineCounters ofFiles(Path directory) throws IOException {
        return new EngineCounters(PathUtils.sizeOfDirectory(directory), UNKNOWN);
    }
}
