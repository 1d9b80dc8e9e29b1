package storagelab.grader.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.file.PathUtils;
import storagelab.grader.LabException;
import storagelab.grader.run.LinuxSandbox.Namespaces;
import storagelab.grader.run.LinuxSandbox.Tools;

/**
 * Chooses the strongest sandbox that works on this machine, by trying.
 *
 * <p>The one rule without an exception: a submission never runs as root.
 */
public final class Sandboxes {
    private static final int PROBE_SECONDS = 20;
    private static final int FIRST_USER = 61_184;
    private static final int USERS = 4_000;
    private static final int NOBODY = 65_534;

    private Sandboxes() {}

    /**
     * The sandbox for submissions.
     *
     * @param hidden directories that a submission must not see where that can be had, such as the reference
     * @throws LabException if this is root and nobody else can be
     */
    public static Sandbox confined(List<Path> hidden) throws IOException {
        Path probe = Files.createTempDirectory("storage-lab-probe");
        try {
            return choose(probe, hidden);
        } finally {
            PathUtils.deleteDirectory(probe);
        }
    }

    private static Sandbox choose(Path probe, List<Path> hidden) throws IOException {
        boolean root = isRoot(probe);
        Optional<Tools> tools = tools();
        if (tools.isEmpty()) {
            if (root) {
                throw new LabException(
                        "Submissions are never run as root, and setpriv, prlimit and unshare to become somebody else are"
                                + " not installed.",
                        "Install util-linux, or run as an ordinary user.");
            }
            return new PlainSandbox("ordinary user, network not cut off, memory and time limited");
        }
        for (LinuxSandbox candidate : candidates(tools.get(), root, hidden)) {
            if (works(candidate, probe)) {
                return candidate;
            }
        }
        if (root) {
            throw new LabException(
                    "Submissions are never run as root, and this system does not let root become an unprivileged user"
                            + " that can run " + System.getProperty("java.home") + ".",
                    "Run as an ordinary user.");
        }
        return new PlainSandbox("ordinary user, network not cut off, memory and time limited");
    }

    private static boolean isRoot(Path ours) throws IOException {
        if (!ours.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return false;
        }
        return Integer.valueOf(0).equals(Files.getAttribute(ours, "unix:uid"));
    }

    private static Optional<Tools> tools() {
        Optional<Path> prlimit = SystemTools.find("prlimit");
        Optional<Path> unshare = SystemTools.find("unshare");
        Optional<Path> setpriv = SystemTools.find("setpriv");
        Optional<Path> shell = SystemTools.find("sh");
        if (prlimit.isEmpty() || unshare.isEmpty() || setpriv.isEmpty() || shell.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Tools(prlimit.get(), unshare.get(), setpriv.get(), shell.get()));
    }

    /** The strongest first. */
    private static List<LinuxSandbox> candidates(Tools tools, boolean root, List<Path> hidden) {
        List<LinuxSandbox> candidates = new ArrayList<>();
        if (!root) {
            candidates.add(new LinuxSandbox(tools, Namespaces.PROCESSES, -1, List.of()));
            candidates.add(new LinuxSandbox(tools, Namespaces.NETWORK, -1, List.of()));
            candidates.add(new LinuxSandbox(tools, Namespaces.NONE, -1, List.of()));
            return candidates;
        }
        int user = FIRST_USER + (int) (ProcessHandle.current().pid() % USERS);
        for (Namespaces namespaces : Namespaces.values()) {
            candidates.add(new LinuxSandbox(tools, namespaces, user, hidden));
        }
        for (Namespaces namespaces : Namespaces.values()) {
            candidates.add(new LinuxSandbox(tools, namespaces, NOBODY, hidden));
        }
        return candidates;
    }

    /** Whether a JVM starts inside and may write its scratch directory. */
    private static boolean works(LinuxSandbox sandbox, Path probe) throws IOException {
        sandbox.shareReadOnly(probe);
        Path scratch = Files.createTempDirectory(probe, "scratch");
        sandbox.shareWritable(scratch);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = sandbox.wrap(List.of(java, "-Xmx32m", "-version"), scratch, Limits.defaults());
        Process process = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return false;
    }
}
