package storagelab.grader.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import storagelab.grader.run.Sandboxes;

/**
 * What was found on a machine, without a judgement.
 *
 * @param jdk that this tool runs on
 * @param otherJdks in the usual places
 * @param host processors, memory and locale
 * @param temporary the directory for temporary files
 * @param here the file system of the checkout, the handout or the workspace
 * @param terminal what the output goes to
 * @param git the version; empty if there is none
 * @param checkout what only a checkout has; empty in a handout
 * @param workspace the workspace that the command was called in, if it was
 */
record Facts(
        Jdk jdk,
        List<Jdk> otherJdks,
        Host host,
        Storage temporary,
        Storage here,
        Terminal terminal,
        Optional<String> git,
        Optional<Checkout> checkout,
        Optional<WorkspaceState> workspace) {
    Facts {
        otherJdks = List.copyOf(otherJdks);
    }

    /** An installed Java. */
    record Jdk(String version, Path home, boolean hasCompiler) {}

    /**
     * The machine.
     *
     * @param load how many threads wanted a processor in the last minute; negative if unknown
     * @param memoryBytes that programs may use together, of the machine or of the container
     * @param fileNames the encoding in which Java reads the names of files
     */
    record Host(String system, int processors, double load, long memoryBytes, String fileNames) {}

    /**
     * A directory and its file system.
     *
     * @param noexec whether programs in it cannot be executed
     */
    record Storage(Path path, long freeBytes, boolean isWritable, boolean noexec) {}

    /**
     * The output.
     *
     * @param columns its width; 0 if unknown
     */
    record Terminal(boolean isTerminal, boolean colour, int columns) {}

    /**
     * A checkout.
     *
     * @param maven the version; empty if there is none
     * @param build of what grading uses
     * @param sandboxes what can confine submissions
     */
    record Checkout(Optional<String> maven, Build build, Sandboxes.Survey sandboxes) {}

    /** A build compared with the sources. */
    enum Build {
        /** Made from these sources. */
        CURRENT,
        /** A source is newer. */
        STALE,
        /** There is none. */
        NONE
    }

    /**
     * A workspace.
     *
     * @param problem why it cannot be read; empty if it can
     * @param next what to do about that
     * @param passed exercises whose public tests passed on their present text
     */
    record WorkspaceState(Path root, String problem, String next, long passed, long exercises) {}
}
