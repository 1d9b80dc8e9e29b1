package storagelab.grader.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A private root by Bubblewrap: for an ordinary user on a system that lets only chosen programs make user namespaces.
 * Bubblewrap's scratch file system can't forbid that what was written there is executed; everything else is as in
 * {@link UtilLinuxSandbox}.
 */
final class BubblewrapSandbox implements Sandbox {
    private final Path bubblewrap;
    private final Path prlimit;
    private final PrivateRoot root;
    private final boolean countsInside;

    /**
     * @param root with {@code prlimit} among its programs
     * @param countsInside whether the kernel counts processes by user namespace, so that they can be limited there
     */
    BubblewrapSandbox(Path bubblewrap, Path prlimit, PrivateRoot root, boolean countsInside) {
        this.bubblewrap = bubblewrap;
        this.prlimit = prlimit;
        this.root = root;
        this.countsInside = countsInside;
    }

    @Override
    public String name() {
        return "Bubblewrap";
    }

    @Override
    public String description() {
        return "private root by Bubblewrap: the JDK and the tests read-only, %d MiB of scratch; no network, own process space, no privileges; ordinary user; limits on files, %smemory and time"
                .formatted(PrivateRoot.SCRATCH_BYTES >> 20, countsInside ? "processes, " : "");
    }

    @Override
    public boolean confines() {
        return true;
    }

    @Override
    public List<String> wrap(List<String> command, Reach reach, Limits limits) {
        List<String> line = new ArrayList<>();
        line.add(prlimit.toString());
        line.add("--fsize=" + limits.fileBytes());
        line.add("--nofile=" + limits.openFiles());
        line.add("--core=0");
        line.add(bubblewrap.toString());
        line.addAll(List.of("--unshare-user", "--unshare-all", "--die-with-parent", "--new-session"));
        line.addAll(List.of("--cap-drop", "ALL"));
        root.sources().forEach((target, source) -> add(line, "--ro-bind", source, target));
        reach.readable().forEach(path -> add(line, "--ro-bind", path, path));
        PrivateRoot.DEVICES.forEach(device -> add(line, "--dev-bind", device, device));
        // As the first process of its namespace Bubblewrap becomes the JVM, and these are the counters of both.
        line.add("--as-pid-1");
        add(line, "--ro-bind", PrivateRoot.COUNTERS, PrivateRoot.COUNTERS);
        add(line, "--symlink", root.jdk().resolve("bin/java"), Path.of("/proc/self/exe"));
        line.addAll(List.of("--size", Long.toString(PrivateRoot.SCRATCH_BYTES)));
        line.addAll(List.of("--perms", "0700", "--tmpfs", reach.scratch().toString()));
        line.addAll(List.of("--remount-ro", "/", "--chdir", reach.scratch().toString(), "--"));
        if (countsInside) {
            line.add(prlimit.toString());
            line.add("--nproc=" + limits.processes());
        }
        line.addAll(command);
        return line;
    }

    private static void add(List<String> line, String option, Path from, Path to) {
        line.addAll(List.of(option, from.toString(), to.toString()));
    }

    @Override
    public void shareReadOnly(Path directory) {}
}
