package storagelab.grader.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Confinement by what every Linux has in util-linux: {@code prlimit} for limits, {@code unshare} for namespaces
 * without network, {@code setpriv} to give up root for good.
 *
 * <p>The chain is {@code prlimit → unshare → sh (private mounts) → setpriv → java}. Namespaces are made first, while
 * the privileges for them are there; the privileges go last. When the parent kills the head of the chain, the process
 * namespace goes, and with it everything that was started inside.
 */
final class LinuxSandbox implements Sandbox {
    private static final String SCRATCH_OPTIONS = "size=256m,nr_inodes=20k,noexec,nosuid,nodev,mode=0700";

    private final Tools tools;
    private final Namespaces namespaces;
    private final int dropTo;
    private final List<Path> hidden;

    /**
     * @param namespaces which of them work here
     * @param dropTo the user to become; negative to stay who we are
     * @param hidden directories that the confined process must not see, where mounts work
     */
    LinuxSandbox(Tools tools, Namespaces namespaces, int dropTo, List<Path> hidden) {
        this.tools = tools;
        this.namespaces = namespaces;
        this.dropTo = dropTo;
        this.hidden = List.copyOf(hidden);
    }

    /** Absolute paths of the programs. */
    record Tools(Path prlimit, Path unshare, Path setpriv, Path shell) {}

    /** How much of the machine can be left behind. */
    enum Namespaces {
        /** Network, processes, and a file system view with a scratch directory of its own. Needs root. */
        MOUNTS,
        /** Network and processes. */
        PROCESSES,
        /** Network only. */
        NETWORK,
        /** None. */
        NONE
    }

    @Override
    public String description() {
        StringJoiner words = new StringJoiner(", ");
        words.add(dropTo >= 0 ? "unprivileged user " + dropTo : "ordinary user");
        words.add(namespaces == Namespaces.NONE ? "network not cut off" : "no network");
        if (namespaces == Namespaces.MOUNTS || namespaces == Namespaces.PROCESSES) {
            words.add("own process space");
        }
        if (namespaces == Namespaces.MOUNTS) {
            words.add("own scratch file system");
        }
        words.add("limits on files, processes, memory and time");
        return words.toString();
    }

    @Override
    public List<String> wrap(List<String> command, Path scratch, Limits limits) {
        List<String> line = new ArrayList<>();
        line.add(tools.prlimit().toString());
        line.add("--fsize=" + limits.fileBytes());
        line.add("--nofile=" + limits.openFiles());
        line.add("--nproc=" + limits.processes());
        line.add("--core=0");
        if (namespaces != Namespaces.NONE) {
            line.addAll(unshare());
        }
        if (namespaces == Namespaces.MOUNTS) {
            line.addAll(List.of(tools.shell().toString(), "-c", mountScript(), "sh", scratch.toString()));
        }
        if (dropTo >= 0) {
            line.addAll(setpriv());
        }
        line.addAll(command);
        return line;
    }

    private List<String> unshare() {
        List<String> line = new ArrayList<>();
        line.add(tools.unshare().toString());
        if (dropTo < 0) {
            line.add("--user");
            line.add("--map-current-user");
        }
        line.add("--net");
        if (namespaces != Namespaces.NETWORK) {
            line.addAll(List.of("--ipc", "--pid", "--fork", "--kill-child", "--mount-proc"));
        }
        return line;
    }

    private String mountScript() {
        StringBuilder script = new StringBuilder();
        for (Path directory : hidden) {
            script.append("mount -t tmpfs -o size=4k,mode=0755 tmpfs ")
                    .append(quoted(directory))
                    .append(" && ");
        }
        for (Path directory : openToAll()) {
            String name = quoted(directory);
            script.append("mount --bind " + name + " " + name + " && mount -o remount,bind,ro " + name + " && ");
        }
        script.append("mount -t tmpfs -o " + SCRATCH_OPTIONS + ",uid=" + dropTo + ",gid=" + dropTo + " tmpfs \"$1\"");
        script.append(" && cd \"$1\" && shift && exec \"$@\"");
        return script.toString();
    }

    /** Directories that every user may write: what a submission leaves there would stay, and others would see it. */
    private static Set<Path> openToAll() {
        Set<Path> directories = new LinkedHashSet<>();
        for (String name : List.of("/tmp", "/var/tmp", "/dev/shm", "/run/lock", System.getProperty("java.io.tmpdir"))) {
            Path directory = Path.of(name).toAbsolutePath();
            if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                directories.add(directory);
            }
        }
        return directories;
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }

    private List<String> setpriv() {
        return List.of(
                tools.setpriv().toString(),
                "--reuid=" + dropTo,
                "--regid=" + dropTo,
                "--clear-groups",
                "--no-new-privs",
                "--bounding-set=-all",
                "--inh-caps=-all",
                "--pdeathsig=KILL");
    }

    @Override
    public void shareReadOnly(Path directory) throws IOException {
        if (dropTo < 0) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void shareWritable(Path directory) throws IOException {
        if (dropTo < 0) {
            return;
        }
        Files.setAttribute(directory, "unix:gid", dropTo);
        Files.setAttribute(directory, "unix:uid", dropTo);
    }
}
