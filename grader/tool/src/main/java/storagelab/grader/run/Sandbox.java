package storagelab.grader.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What stands between a submission and the machine. A strategy: it turns a command line into one that runs confined,
 * and lets chosen files through. Layers to come are further implementations.
 */
public interface Sandbox {
    /** What makes it, in a few words. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** In words for the report: what is confined, which user, whether the network is cut off, which limits. */
    String description();

    /** Whether it keeps a submission from the files, the network and the processes of this machine. */
    boolean confines();

    /** What a reader of a report must know if it does not confine; else empty. */
    default String caution() {
        return "";
    }

    /** The command line that runs {@code command} confined. */
    List<String> wrap(List<String> command, Reach reach, Limits limits);

    /** Gives the confined process's user permission to read everything that is below {@code directory} now. */
    void shareReadOnly(Path directory) throws IOException;

    /**
     * The files that a confined process has in addition to the JDK.
     *
     * @param readable files and directories that it may read; all of them exist
     * @param scratch its working and temporary directory, which exists; what it writes there may be gone when it ends
     */
    record Reach(List<Path> readable, Path scratch) {
        public Reach {
            readable = List.copyOf(readable);
        }
    }
}
