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

    /** The command line that runs {@code command} confined. */
    List<String> wrap(List<String> command, Limits limits);

    /** Lets the confined process read everything below {@code directory}. */
    void shareReadOnly(Path directory) throws IOException;

    /** Lets the confined process also write below {@code directory}. */
    void shareWritable(Path directory) throws IOException;
}
