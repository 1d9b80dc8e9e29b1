package storagelab.grader.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Users without privileges, a new one for each JVM: what root has where it may neither make namespaces nor mount, as in a
 * container without privileges. It does not confine: the submission has the network, and every file that all users may read
 * or write. It keeps a submission from the files and processes of root, and from the processes that ran before it.
 *
 * <p>Concurrency: may be used by several threads.
 */
final class SeparateUserSandbox implements Sandbox {
    private static final List<String> PROGRAMS = List.of("sh", "chown", "chmod", "prlimit", "setpriv");

    /** Gives the scratch directory to the user, in the process that then becomes the JVM. */
    private static final String SCRIPT = "\"$1\" \"$2:$2\" \"$3\" && \"$4\" 700 \"$3\" && shift 4 && exec \"$@\"";

    private final Map<String, Path> programs;
    private final int firstUser;
    private final int users;
    private final AtomicInteger started = new AtomicInteger();

    private SeparateUserSandbox(Map<String, Path> programs, int firstUser, int users) {
        this.programs = Map.copyOf(programs);
        this.firstUser = firstUser;
        this.users = users;
    }

    /**
     * Users with the numbers {@code [firstUser, firstUser + users)}, in turn; empty if a program is missing that makes a
     * process another user's.
     */
    static Optional<Sandbox> of(int firstUser, int users) {
        Map<String, Path> programs = new TreeMap<>();
        for (String name : PROGRAMS) {
            Optional<Path> found = SystemTools.find(name);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            programs.put(name, found.get());
        }
        return Optional.of(new SeparateUserSandbox(programs, firstUser, users));
    }

    @Override
    public String description() {
        return "NONE (--allow-unsandboxed): the network, and files that all users may read, were open to the submission;"
                + " each of its JVMs ran as a user of its own without privileges; limits on files, processes, memory and"
                + " time";
    }

    @Override
    public boolean confines() {
        return false;
    }

    @Override
    public String caution() {
        return "NOT CONFINED: graded with --allow-unsandboxed. The submission ran as another user than the grader, with"
                + " the network and the files that all users may read.";
    }

    @Override
    public List<String> wrap(List<String> command, Reach reach, Limits limits) {
        String user = Integer.toString(firstUser + Math.floorMod(started.getAndIncrement(), users));
        List<String> line = new ArrayList<>();
        line.addAll(List.of(program("sh"), "-c", SCRIPT, "sh"));
        line.addAll(List.of(program("chown"), user, reach.scratch().toString(), program("chmod")));
        line.add(program("prlimit"));
        line.add("--fsize=" + limits.fileBytes());
        line.add("--nofile=" + limits.openFiles());
        line.add("--nproc=" + limits.processes());
        line.add("--core=0");
        line.add(program("setpriv"));
        line.addAll(List.of("--reuid=" + user, "--regid=" + user, "--clear-groups", "--no-new-privs"));
        line.addAll(List.of("--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all", "--pdeathsig=KILL"));
        line.addAll(command);
        return line;
    }

    private String program(String name) {
        return Objects.requireNonNull(programs.get(name), name).toString();
    }

    @Override
    public void shareReadOnly(Path directory) throws IOException {
        makeReadable(directory);
    }

    /** Lets every user read, and this user write, all that is below a directory. */
    static void makeReadable(Path directory) throws IOException {
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
}
