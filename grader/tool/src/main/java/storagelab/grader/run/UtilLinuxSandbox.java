package storagelab.grader.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A private root by means of util-linux, which every Linux has.
 *
 * <p>The chain is {@code setpriv → prlimit → unshare → prlimit → sh → setpriv → java}. The first {@code setpriv} makes
 * root an unprivileged user. {@code unshare} makes namespaces for users, mounts, network, processes and messages; inside
 * them the shell may mount. It builds a file system in memory, binds the visible files read-only, makes that the root
 * and unmounts the old one. The last {@code setpriv} gives up every privilege for good.
 *
 * <p>The limit on processes is set inside the user namespace, where only the processes of the namespace count: other
 * processes of the same user do not use it up. When the parent kills the head of the chain, the process namespace
 * goes, and with it everything that was started inside.
 */
final class UtilLinuxSandbox implements Sandbox {
    private static final String SCRATCH = "size=" + PrivateRoot.SCRATCH_BYTES + ",nr_inodes="
            + PrivateRoot.SCRATCH_FILES + ",noexec,nosuid,nodev,mode=0700";
    private static final String ROOT = "size=1m,nr_inodes=4k,noexec,nosuid,nodev,mode=0755";
    private static final String PROGRAMS = "bind,ro,nosuid,nodev";
    private static final String DATA = PROGRAMS + ",noexec";

    /** Where the old root is for a moment. */
    private static final Path OUTSIDE = Path.of("/outside");

    private final Tools tools;
    private final PrivateRoot root;
    private final User user;
    private final boolean countsInside;

    /**
     * @param root with {@code setpriv} among its programs
     * @param countsInside whether the kernel counts processes by user namespace, so that they can be limited there
     */
    UtilLinuxSandbox(Tools tools, PrivateRoot root, User user, boolean countsInside) {
        this.tools = tools;
        this.root = root;
        this.user = user;
        this.countsInside = countsInside;
    }

    /**
     * The programs that it takes.
     *
     * @param paths absolute paths by name
     * @param unmountLibraries directories with the shared libraries of {@code umount}
     */
    record Tools(Map<String, Path> paths, List<Path> unmountLibraries) {
        static final List<String> NAMES =
                List.of("prlimit", "unshare", "setpriv", "sh", "mount", "pivot_root", "umount", "mkdir", "ln");

        Tools {
            paths = Map.copyOf(paths);
            unmountLibraries = List.copyOf(unmountLibraries);
        }

        Path path(String name) {
            return Objects.requireNonNull(paths.get(name), name);
        }

        /** The program as a word of a shell script. */
        String word(String name) {
            return quoted(path(name));
        }
    }

    /** The user that makes the namespaces, and the user of the confined process outside of them. */
    record User(Role role, int id) {
        /** The ordinary user that grades. */
        static User ordinary() {
            return new User(Role.ORDINARY, -1);
        }
    }

    /** How a user comes to be in the namespaces. */
    enum Role {
        /** An ordinary user makes them. */
        ORDINARY,
        /** Root becomes another user, which makes them as an ordinary user does. */
        DROPPED_FIRST,
        /** Root makes them, where ordinary users may not, and becomes another user inside. */
        DROPPED_INSIDE
    }

    @Override
    public String name() {
        return switch (user.role()) {
            case ORDINARY -> "util-linux";
            case DROPPED_FIRST -> "util-linux, with namespaces of an ordinary user";
            case DROPPED_INSIDE -> "util-linux, with namespaces of root";
        };
    }

    @Override
    public String description() {
        return "private root by util-linux: the JDK and the tests read-only, %d MiB of scratch from which nothing can be executed; no network, own process space, no privileges; %s; limits on files, %smemory and time"
                .formatted(
                        PrivateRoot.SCRATCH_BYTES >> 20,
                        user.role() == Role.ORDINARY ? "ordinary user" : "unprivileged user " + user.id(),
                        hasProcessLimit() ? "processes, " : "");
    }

    @Override
    public boolean confines() {
        return true;
    }

    /** Whether the process may read its counters: they stay root's if root makes the namespaces. */
    boolean showsCounters() {
        return user.role() != Role.DROPPED_INSIDE;
    }

    private boolean hasProcessLimit() {
        return countsInside || user.role() == Role.DROPPED_INSIDE;
    }

    @Override
    public List<String> wrap(List<String> command, Reach reach, Limits limits) {
        List<String> line = new ArrayList<>();
        if (user.role() == Role.DROPPED_FIRST) {
            line.add(tools.path("setpriv").toString());
            line.addAll(becomeUser());
        }
        line.add(tools.path("prlimit").toString());
        line.add("--fsize=" + limits.fileBytes());
        line.add("--nofile=" + limits.openFiles());
        line.add("--core=0");
        line.add(tools.path("unshare").toString());
        if (user.role() != Role.DROPPED_INSIDE) {
            line.addAll(List.of("--user", "--map-root-user"));
        }
        line.addAll(List.of("--mount", "--net", "--ipc", "--uts", "--pid", "--fork", "--kill-child"));
        if (hasProcessLimit()) {
            line.add(tools.path("prlimit").toString());
            line.add("--nproc=" + limits.processes());
        }
        line.addAll(List.of(tools.path("sh").toString(), "-c", script(reach), "sh"));
        line.addAll(command);
        return line;
    }

    private List<String> becomeUser() {
        return List.of("--reuid=" + user.id(), "--regid=" + user.id(), "--clear-groups");
    }

    /** Builds the root over the scratch directory and starts the command in it. */
    private String script(Reach reach) {
        Path top = reach.scratch();
        Map<Path, Path> readable = new LinkedHashMap<>(root.sources());
        reach.readable().forEach(path -> readable.put(path, path));
        Set<String> directories = new TreeSet<>();
        Set<String> files = new TreeSet<>();
        StringBuilder mounts = new StringBuilder();
        readable.forEach((target, source) -> {
            Path place = below(top, target);
            boolean isDirectory = Files.isDirectory(source);
            directories.add(quoted(isDirectory ? place : parent(place)));
            if (!isDirectory) {
                files.add(": >" + quoted(place));
            }
            mounts.append(bind(source, place, root.sources().containsKey(target) ? PROGRAMS : DATA));
        });
        for (Path device : PrivateRoot.DEVICES) {
            Path place = below(top, device);
            directories.add(quoted(parent(place)));
            files.add(": >" + quoted(place));
            mounts.append(bind(device, place, "bind,nosuid,noexec"));
        }
        Path self = below(top, Path.of("/proc/self"));
        Path counters = below(top, PrivateRoot.COUNTERS);
        files.add(": >" + quoted(counters));
        Path scratch = below(top, reach.scratch());
        for (Path directory : List.of(self, scratch, below(top, OUTSIDE))) {
            directories.add(quoted(directory));
        }
        mounts.append("scratch " + escaped(scratch) + " tmpfs " + SCRATCH + scratchOwner() + " 0 0\n");
        List<String> lines = new ArrayList<>();
        lines.add("set -e");
        lines.add(tools.word("mount") + " -t tmpfs -o " + ROOT + " root " + quoted(top));
        lines.add(tools.word("mkdir") + " -p " + String.join(" ", directories));
        lines.addAll(files);
        // The launcher of the JDK finds its home by this link, and umount the mount by the other one.
        lines.add(
                tools.word("ln") + " -s " + quoted(root.jdk().resolve("bin/java")) + " " + quoted(self.resolve("exe")));
        lines.add(tools.word("ln") + " -s " + OUTSIDE + "/proc/self/mountinfo " + quoted(self));
        // The shell's process is the one that becomes the JVM; outside its number is another one.
        lines.add("cd -P /proc/self");
        lines.add("self=$(pwd -P)");
        // The table of mounts is where the scratch file system comes to lie over it, as its last line.
        String table = quoted(scratch.resolve("fstab"));
        lines.add("{ printf '%s" + PrivateRoot.COUNTERS.getFileName() + " %s none " + DATA + " 0 0\\n' \"$self/\" "
                + quoted(escaped(counters)) + "; printf %s " + quoted(mounts.toString()) + "; } >" + table);
        lines.add(tools.word("mount") + " --all --fstab " + table);
        lines.add(tools.word("mount") + " -o remount,bind,ro,noexec,nosuid,nodev " + quoted(top));
        if (user.role() != Role.DROPPED_INSIDE) {
            // Of this user namespace: none can be made inside of it.
            lines.add("{ echo 0 >/proc/sys/user/max_user_namespaces; } 2>/dev/null || :");
        }
        lines.add("cd " + quoted(top));
        lines.add(tools.word("pivot_root") + " . ." + OUTSIDE);
        lines.add("LD_LIBRARY_PATH=" + quoted(unmountLibraries()) + " " + quoted(below(OUTSIDE, tools.path("umount")))
                + " --no-canonicalize --lazy " + OUTSIDE);
        lines.add("cd " + quoted(reach.scratch()));
        lines.add("exec " + String.join(" ", giveUpPrivileges()) + " \"$@\"");
        return String.join("\n", lines);
    }

    private String scratchOwner() {
        return user.role() == Role.DROPPED_INSIDE ? ",uid=" + user.id() + ",gid=" + user.id() : "";
    }

    private String unmountLibraries() {
        return tools.unmountLibraries().stream()
                .map(directory -> OUTSIDE.toString() + directory)
                .collect(Collectors.joining(":"));
    }

    private List<String> giveUpPrivileges() {
        List<String> words = new ArrayList<>();
        words.add(tools.word("setpriv"));
        if (user.role() == Role.DROPPED_INSIDE) {
            words.addAll(becomeUser());
        }
        words.addAll(List.of(
                "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all", "--pdeathsig=KILL"));
        return words;
    }

    private static Path parent(Path place) {
        Path parent = place.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("the root directory cannot be let in: " + place);
        }
        return parent;
    }

    private static Path below(Path top, Path absolute) {
        return top.resolve(absolute.getRoot().relativize(absolute));
    }

    private static String bind(Path source, Path place, String options) {
        return escaped(source) + " " + escaped(place) + " none " + options + " 0 0\n";
    }

    /** A path as a field of a table of mounts. */
    static String escaped(Path path) {
        StringBuilder field = new StringBuilder();
        for (byte unit : path.toString().getBytes(UTF_8)) {
            boolean plain = unit >= '0' && unit <= '9'
                    || unit >= 'A' && unit <= 'Z'
                    || unit >= 'a' && unit <= 'z'
                    || "/._-+".indexOf(unit) >= 0;
            field.append(plain ? String.valueOf((char) unit) : "\\%03o".formatted(unit & 0xFF));
        }
        return field.toString();
    }

    private static String quoted(Path path) {
        return quoted(path.toString());
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    public void shareReadOnly(Path directory) throws IOException {
        if (user.role() == Role.ORDINARY) {
            return;
        }
        SeparateUserSandbox.makeReadable(directory);
    }
}
