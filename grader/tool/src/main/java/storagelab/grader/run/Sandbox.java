package storagelab.grader.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What stands between a submission and the machine. A strategy: it turns a command line into one that runs confined,
 * and lets chosen directories through. Layers to come are further implementations.
 */
public interface Sandbox {
    /** In words for the report: which user, whether the network is cut off, which limits. */
    String description();

    /**
     * The command line that runs {@code command} confined.
     *
     * @param scratch its working and temporary directory; what it writes there may be gone when it ends
     */
    List<String> wrap(List<String> command, Path scratch, Limits limits);

    /** Lets the confined process read everything that is below {@code directory} now. */
    void shareReadOnly(Path directory) throws IOException;

    /** Lets the confined process write into {@code directory} too. */
    void shareWritable(Path directory) throws IOException;
}
