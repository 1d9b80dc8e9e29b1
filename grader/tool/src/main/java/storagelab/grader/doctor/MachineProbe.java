package storagelab.grader.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import storagelab.grader.LabException;
import storagelab.grader.doctor.Facts.Checkout;
import storagelab.grader.doctor.Facts.Host;
import storagelab.grader.doctor.Facts.Jdk;
import storagelab.grader.doctor.Facts.Storage;
import storagelab.grader.doctor.Facts.Terminal;
import storagelab.grader.doctor.Facts.WorkspaceState;
import storagelab.grader.run.Sandboxes;
import storagelab.grader.workspace.Board;
import storagelab.grader.workspace.Board.ExerciseRow;
import storagelab.grader.workspace.Board.State;
import storagelab.grader.workspace.Workspace;

/** Looks at this machine, at a checkout or handout, and at a workspace. */
public final class MachineProbe {
    private static final int SECONDS_MAX = 20;

    private MachineProbe() {}

    /**
     * Where the command was called.
     *
     * @param checkout with the reference; empty in a handout
     * @param workspace that the command was called in
     * @param directory the current directory
     */
    public record Place(Optional<Path> checkout, Optional<Workspace> workspace, Path directory) {
        private Path here() {
            return workspace.map(Workspace::root).or(() -> checkout).orElse(directory);
        }
    }

    /**
     * Examines the machine.
     *
     * @param isTerminal whether the output goes to a terminal
     * @param colour whether it has colours
     */
    public static Diagnosis examine(Place place, boolean isTerminal, boolean colour)
            throws IOException, InterruptedException {
        Path jdkHome = Path.of(System.getProperty("java.home")).toRealPath();
        Optional<Checkout> checkout = Optional.empty();
        if (place.checkout().isPresent()) {
            Path home = place.checkout().get();
            checkout = Optional.of(new Checkout(maven(), BuildProbe.stateOf(home), Sandboxes.survey()));
        }
        return Doctor.examine(new Facts(
                new Jdk(System.getProperty("java.version"), jdkHome, ToolProvider.getSystemJavaCompiler() != null),
                JdkProbe.others(jdkHome),
                host(),
                storage(Path.of(System.getProperty("java.io.tmpdir"))),
                storage(place.here()),
                new Terminal(isTerminal, colour, isTerminal ? columns() : 0),
                firstLine("git", "--version").map(line -> line.replace("git version ", "")),
                checkout,
                place.workspace().map(MachineProbe::workspace)));
    }

    private static Host host() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Host(
                system.getName() + " " + system.getVersion() + " " + system.getArch(),
                system.getAvailableProcessors(),
                system.getSystemLoadAverage(),
                system.getTotalMemorySize(),
                System.getProperty("sun.jnu.encoding", "UTF-8"));
    }

    private static Storage storage(Path directory) throws IOException {
        Path path = directory.toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            return new Storage(path, 0, false, false);
        }
        long free = Files.getFileStore(path).getUsableSpace();
        return new Storage(path, free, Files.isWritable(path), isNoexec(path.toRealPath()));
    }

    private static boolean isNoexec(Path path) throws IOException {
        Path mounts = Path.of("/proc/self/mounts");
        return Files.isReadable(mounts) && isNoexec(path, Files.readAllLines(mounts, StandardCharsets.ISO_8859_1));
    }

    /** Whether the innermost of the {@code mounts} that has {@code path} lets no program be executed. */
    static boolean isNoexec(Path path, List<String> mounts) {
        boolean noexec = false;
        int depth = -1;
        for (String line : mounts) {
            String[] fields = line.split(" ", -1);
            if (fields.length < 4) {
                continue;
            }
            Path place = Path.of(fields[1].replace("\\040", " "));
            // Of two mounts at the same place, the later one covers the other.
            if (path.startsWith(place) && place.getNameCount() >= depth) {
                depth = place.getNameCount();
                noexec = List.of(fields[3].split(",", -1)).contains("noexec");
            }
        }
        return noexec;
    }

    private static Optional<String> maven() throws InterruptedException {
        Optional<String> line = firstLine("mvn", "-B", "-v");
        return (line.isPresent() ? line : firstLine("mvn.cmd", "-B", "-v"))
                .map(text -> text.replaceFirst(".*Apache Maven ([\\w.-]+).*", "$1"));
    }

    /** The width of the terminal; 0 if unknown. */
    private static int columns() throws InterruptedException {
        File terminal = new File("/dev/tty");
        Optional<String> size = terminal.exists()
                ? firstLine(new ProcessBuilder("stty", "size").redirectInput(terminal))
                : Optional.empty();
        return size.filter(text -> text.matches("\\d+ \\d+"))
                .map(text -> Integer.parseInt(text.split(" ", -1)[1]))
                .orElse(0);
    }

    private static Optional<String> firstLine(String... command) throws InterruptedException {
        return firstLine(new ProcessBuilder(command));
    }

    /** The first line that a program prints; empty if it cannot be run, or fails. */
    private static Optional<String> firstLine(ProcessBuilder builder) throws InterruptedException {
        try {
            Path said = Files.createTempFile("storage-lab-doctor", ".txt");
            try {
                Process process = builder.redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
                process.getOutputStream().close();
                boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
                process.destroyForcibly();
                return ended && process.exitValue() == 0
                        ? Files.readString(said).lines().map(String::strip).findFirst()
                        : Optional.empty();
            } finally {
                Files.deleteIfExists(said);
            }
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    private static WorkspaceState workspace(Workspace workspace) {
        try {
            List<State> states = new ArrayList<>();
            Board.of(workspace)
                    .labs()
                    .forEach(lab ->
                            lab.exercises().stream().map(ExerciseRow::state).forEach(states::add));
            long passed = states.stream().filter(State.PASSED::equals).count();
            return new WorkspaceState(workspace.root(), "", "", passed, states.size());
        } catch (LabException problem) {
            String sentence = String.valueOf(problem.getMessage()).replaceFirst("\\.$", "");
            return new WorkspaceState(workspace.root(), sentence, problem.nextStep(), 0, 0);
        } catch (UncheckedIOException problem) {
            return new WorkspaceState(
                    workspace.root(),
                    "a file of it cannot be read: " + problem.getCause(),
                    "Make a new workspace and copy your sources into it.",
                    0,
                    0);
        }
    }
}
