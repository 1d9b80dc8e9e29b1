package storagelab.grader.run;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.io.file.PathUtils;

/**
 * Runs JVMs as an ordinary user, even if root runs the tests. Root becomes a user that owns nothing. That user must
 * not read root's directories, so it gets a copy of the class path and a temporary directory.
 */
public final class OrdinaryUser implements Closeable {
    private static final int USER = 60_999;

    private final Path directory;
    private final List<Path> classPath;

    private OrdinaryUser(Path directory, List<Path> classPath) {
        this.directory = directory;
        this.classPath = classPath;
    }

    /**
     * How a process ended.
     *
     * @param output what it said, errors included
     */
    public record Said(int exitCode, String output) {}

    /** Whether root runs the tests. */
    static boolean isNeeded() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    /** An ordinary user with a copy of this JVM's class path. */
    public static OrdinaryUser create() throws IOException {
        Path directory = Files.createTempDirectory("storage-lab-user").toRealPath();
        List<Path> copies = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path library = Path.of(entry).toAbsolutePath().normalize();
            if (Files.exists(library)) {
                copies.add(copy(library, directory.resolve("lib/" + copies.size())));
            }
        }
        OrdinaryUser user = new OrdinaryUser(directory, copies);
        user.own(Files.createDirectories(directory.resolve("tmp")));
        user.own(directory);
        return user;
    }

    /** Keeps the names that say what a library is. */
    private static Path copy(Path library, Path directory) throws IOException {
        if (!Files.isDirectory(library)) {
            Files.createDirectories(directory);
            return Files.copy(library, directory.resolve(library.getFileName()));
        }
        Path kept = library.subpath(Math.max(0, library.getNameCount() - 3), library.getNameCount());
        Path copy = directory.resolve(kept);
        Files.createDirectories(copy);
        PathUtils.copyDirectory(library, copy);
        return copy;
    }

    /** A directory of the user's. */
    public Path directory() {
        return directory;
    }

    /** Gives the user everything below a directory. */
    public void own(Path tree) throws IOException {
        if (!isNeeded()) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                return visitFile(dir, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.setAttribute(file, "unix:gid", USER, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:uid", USER, LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * Runs a main class with its arguments.
     *
     * @param around a command that runs the JVM; empty to run it directly
     */
    public Said java(List<String> mainAndArguments, List<String> around) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isNeeded()) {
            command.add(SystemTools.find("setpriv").orElseThrow().toString());
            command.addAll(List.of("--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
        }
        command.addAll(around);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
        command.add("-Djava.io.tmpdir=" + directory.resolve("tmp"));
        command.add("-Dlab.home=" + directory.resolve("checkout"));
        command.add("-cp");
        command.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.addAll(mainAndArguments);
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), output);
    }

    @Override
    public void close() throws IOException {
        PathUtils.deleteDirectory(directory);
    }
}
