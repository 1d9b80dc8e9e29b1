package storagelab.grader.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.file.PathUtils;
import storagelab.grader.LabException;
import storagelab.grader.run.UtilLinuxSandbox.Role;
import storagelab.grader.run.UtilLinuxSandbox.Tools;
import storagelab.grader.run.UtilLinuxSandbox.User;

/**
 * Chooses the strongest sandbox that works on this machine, by trying.
 *
 * <p>Two rules without an exception: a submission never runs as root, and it never runs unconfined unless that was asked
 * for.
 */
public final class Sandboxes {
    private static final int PROBE_SECONDS = 120;
    private static final int FIRST_USER = 61_184;
    private static final int USERS = 4_000;
    private static final int USERS_IN_TURN = 1_000;
    private static final String ALLOW =
            "For your own work on your own machine: --allow-unsandboxed, which every report says.";

    private final boolean root;
    private final Path probe;
    private final Set<String> obstacles = new LinkedHashSet<>();

    private Sandboxes(boolean root, Path probe) {
        this.root = root;
        this.probe = probe;
    }

    /**
     * The sandbox for submissions.
     *
     * @throws LabException if this machine has none
     */
    public static Sandbox confined() throws IOException, InterruptedException {
        return find(false);
    }

    /**
     * The sandbox for submissions. If this machine has none, an ordinary user's submissions run as that user, and root's
     * as users without privileges; reports say so.
     *
     * @throws LabException if this is root and cannot become another user
     */
    public static Sandbox confinedIfPossible() throws IOException, InterruptedException {
        return find(true);
    }

    private static Sandbox find(boolean allowNone) throws IOException, InterruptedException {
        return searching(search -> {
            for (Sandbox candidate : search.candidates()) {
                if (search.works(candidate)) {
                    return candidate;
                }
            }
            Optional<Sandbox> open = allowNone ? search.unconfined() : Optional.empty();
            return open.orElseThrow(search::refusal);
        });
    }

    /** What there is if no sandbox works; empty if that would be to run a submission as root. */
    private Optional<Sandbox> unconfined() throws IOException, InterruptedException {
        if (!root) {
            return Optional.of(new PlainSandbox("NONE (--allow-unsandboxed): this user's files, network and processes"
                    + " were open to the submission; memory and time limited"));
        }
        int first = FIRST_USER + new SecureRandom().nextInt(USERS - USERS_IN_TURN);
        Optional<Sandbox> others = SeparateUserSandbox.of(first, USERS_IN_TURN);
        return others.isPresent() && works(others.get()) ? others : Optional.empty();
    }

    /**
     * What this machine can confine submissions with.
     *
     * @param trials every sandbox that it could have, the strongest first
     * @param reasons why there are not more of them
     * @param isRoot whether root asks
     * @param nextStep what to do if none of them works
     */
    public record Survey(List<Trial> trials, List<String> reasons, boolean isRoot, String nextStep) {
        public Survey {
            trials = List.copyOf(trials);
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * A sandbox that was tried out.
     *
     * @param name what makes it, in a few words
     * @param obstacle why no JVM starts in it; empty if one does
     */
    public record Trial(String name, String obstacle) {
        /** Whether it works. */
        public boolean works() {
            return obstacle.isEmpty();
        }
    }

    /** Tries every sandbox out. */
    public static Survey survey() throws IOException, InterruptedException {
        return searching(search -> {
            List<Sandbox> candidates = search.candidates();
            List<String> reasons = isLinux() ? List.copyOf(search.obstacles) : List.of("this system is not Linux");
            List<Trial> trials = new ArrayList<>();
            for (Sandbox candidate : candidates) {
                trials.add(new Trial(candidate.name(), search.obstacle(candidate)));
            }
            return new Survey(trials, reasons, search.root, search.refusal().nextStep());
        });
    }

    /** Every sandbox that works on this machine, the strongest first. */
    static List<Sandbox> allConfined() throws IOException, InterruptedException {
        return searching(search -> {
            List<Sandbox> working = new ArrayList<>();
            for (Sandbox candidate : search.candidates()) {
                if (search.works(candidate)) {
                    working.add(candidate);
                }
            }
            return working;
        });
    }

    /** What is done with a directory to try in. */
    @FunctionalInterface
    private interface Searching<T> {
        T with(Sandboxes search) throws IOException, InterruptedException;
    }

    private static <T> T searching(Searching<T> task) throws IOException, InterruptedException {
        Path probe = Files.createTempDirectory("storage-lab-probe").toRealPath();
        try {
            return task.with(new Sandboxes(isRoot(probe), probe));
        } finally {
            PathUtils.deleteDirectory(probe);
        }
    }

    private static boolean isRoot(Path ours) throws IOException {
        if (!ours.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return false;
        }
        return Integer.valueOf(0).equals(Files.getAttribute(ours, "unix:uid"));
    }

    private static boolean isLinux() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux");
    }

    private LabException refusal() {
        String why = obstacles.isEmpty() ? "" : ": " + String.join("; ", obstacles);
        if (!isLinux()) {
            return new LabException(
                    "Submissions are graded only where they can be confined, and this system is not Linux.",
                    "Grade in a Linux virtual machine or container. " + ALLOW);
        }
        if (root) {
            return new LabException(
                    "Submissions are graded only where they can be confined, and never as root; this machine gives"
                            + " root no private root directory for them" + why + ".",
                    "Install util-linux, and grade on a machine, or in a container, that allows namespaces and mounts"
                            + " (docker run --privileged), or as an ordinary user. In a container for one submission:"
                            + " --allow-unsandboxed, which every report says.");
        }
        return new LabException(
                "Submissions are graded only where they can be confined, and this machine gives an ordinary user no"
                        + " private root directory for them" + why + ".",
                "Install util-linux or Bubblewrap, allow unprivileged user namespaces (sysctl"
                        + " user.max_user_namespaces, kernel.apparmor_restrict_unprivileged_userns), or grade in a"
                        + " virtual machine. " + ALLOW);
    }

    /** The strongest first. */
    private List<Sandbox> candidates() throws IOException, InterruptedException {
        List<Sandbox> candidates = new ArrayList<>();
        Optional<Path> ldd = tool("ldd");
        if (!isLinux() || ldd.isEmpty()) {
            return candidates;
        }
        SharedLibraries libraries = new SharedLibraries(ldd.get());
        boolean countsInside = countsProcessesByNamespace(System.getProperty("os.version"));
        Optional<Tools> tools = tools(libraries);
        if (tools.isPresent()) {
            PrivateRoot view = PrivateRoot.of(libraries, List.of(tools.get().path("setpriv")));
            for (User user : users()) {
                candidates.add(new UtilLinuxSandbox(tools.get(), view, user, countsInside));
            }
        }
        Optional<Path> prlimit = SystemTools.find("prlimit");
        Optional<Path> bubblewrap = SystemTools.find("bwrap");
        if (!root && bubblewrap.isPresent() && prlimit.isPresent()) {
            PrivateRoot view = PrivateRoot.of(libraries, List.of(prlimit.get()));
            candidates.add(new BubblewrapSandbox(bubblewrap.get(), prlimit.get(), view, countsInside));
        }
        return candidates;
    }

    private List<User> users() {
        if (!root) {
            return List.of(User.ordinary());
        }
        int id = FIRST_USER + (int) (ProcessHandle.current().pid() % USERS);
        return List.of(new User(Role.DROPPED_FIRST, id), new User(Role.DROPPED_INSIDE, id));
    }

    private Optional<Tools> tools(SharedLibraries libraries) throws IOException, InterruptedException {
        Map<String, Path> found = new HashMap<>();
        Tools.NAMES.forEach(name -> tool(name).ifPresent(path -> found.put(name, path)));
        if (found.size() < Tools.NAMES.size()) {
            return Optional.empty();
        }
        List<Path> unmountLibraries = libraries.neededBy(List.of(found.get("umount"))).stream()
                .map(Path::getParent)
                .distinct()
                .toList();
        return Optional.of(new Tools(found, unmountLibraries));
    }

    private Optional<Path> tool(String name) {
        Optional<Path> found = SystemTools.find(name);
        if (found.isEmpty()) {
            obstacles.add(name + " is not installed");
        }
        return found;
    }

    /**
     * Since Linux 5.14 the limit on processes that is set in a user namespace counts only what runs in it. Before, it
     * counts all processes of the user, and others would use it up.
     */
    static boolean countsProcessesByNamespace(String kernel) {
        Matcher version = Pattern.compile("(\\d+)\\.(\\d+).*").matcher(kernel);
        if (!version.matches()) {
            return false;
        }
        int major = Integer.parseInt(version.group(1));
        return major > 5 || major == 5 && Integer.parseInt(version.group(2)) >= 14;
    }

    /** Whether a JVM starts inside. */
    private boolean works(Sandbox sandbox) throws IOException, InterruptedException {
        String obstacle = obstacle(sandbox);
        if (!obstacle.isEmpty()) {
            obstacles.add(obstacle);
        }
        return obstacle.isEmpty();
    }

    /** Why no JVM starts inside; empty if one does. */
    private String obstacle(Sandbox sandbox) throws IOException, InterruptedException {
        Path readable = Files.createTempDirectory(probe, "readable");
        Path scratch = Files.createTempDirectory(probe, "scratch");
        Path said = Files.createTempFile(probe, "said", ".txt");
        sandbox.shareReadOnly(probe);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = sandbox.wrap(
                List.of(java, "-Xmx32m", "-XX:-UsePerfData", "-version"),
                new Sandbox.Reach(List.of(readable), scratch),
                Limits.defaults());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().clear();
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return "";
            }
        } finally {
            process.destroyForcibly();
        }
        return firstLine(Files.readString(said, StandardCharsets.ISO_8859_1));
    }

    private static String firstLine(String text) {
        return text.lines()
                .findFirst()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .orElse("a JVM does not start in it");
    }
}
