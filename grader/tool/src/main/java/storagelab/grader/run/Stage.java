package storagelab.grader.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.file.PathUtils;

/**
 * A temporary directory with copies of what confined JVMs need. The originals may lie under somebody's private home,
 * where an unprivileged user can't read them. It goes when it is closed, or when this JVM is told to end.
 */
public final class Stage implements Closeable {
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Stage::deleteOpen, "delete-stages"));
    }

    private final Path root;
    private final Sandbox sandbox;
    private final AtomicInteger scratches = new AtomicInteger();

    private Stage(Path root, Sandbox sandbox) {
        this.root = root;
        this.sandbox = sandbox;
    }

    /** An empty stage. */
    public static Stage open(Sandbox sandbox) throws IOException {
        Path root = Files.createTempDirectory("storage-lab-").toRealPath();
        OPEN.add(root);
        sandbox.shareReadOnly(root);
        return new Stage(root, sandbox);
    }

    private static void deleteOpen() {
        OPEN.forEach(root -> FileUtils.deleteQuietly(root.toFile()));
    }

    /** What confines the JVMs that this stage is for. */
    public Sandbox sandbox() {
        return sandbox;
    }

    /** A directory of ours, empty at first, to be filled and then shared. */
    public Path directory(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    /** Copies of jars and class directories, readable by the confined user, in the same order. */
    public List<Path> copyLibraries(String name, List<Path> libraries) throws IOException {
        Path directory = directory(name);
        List<Path> copies = new ArrayList<>();
        for (Path library : libraries) {
            Path copy = directory.resolve(copies.size() + "-" + library.getFileName());
            if (Files.isDirectory(library)) {
                PathUtils.copyDirectory(library, copy);
            } else {
                Files.copy(library, copy);
            }
            copies.add(copy);
        }
        sandbox.shareReadOnly(directory);
        return copies;
    }

    /**
     * A copy of some packages of a jar or class directory, readable by the confined user.
     *
     * @param packages directories of the packages, such as {@code "storagelab/grader/run"}
     */
    public Path copyPackages(String name, Path library, List<String> packages) throws IOException {
        Path directory = directory(name);
        if (Files.isDirectory(library)) {
            copyPackages(library, directory, packages);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(library)) {
                copyPackages(jar.getPath("/"), directory, packages);
            }
        }
        sandbox.shareReadOnly(directory);
        return directory;
    }

    private static void copyPackages(Path root, Path directory, List<String> packages) throws IOException {
        for (String name : packages) {
            Path source = root.resolve(name);
            if (Files.isDirectory(source)) {
                Path target = directory.resolve(name);
                Files.createDirectories(target);
                PathUtils.copyDirectory(source, target);
            }
        }
    }

    /** A fresh directory, over which a confined JVM has its own scratch file system. */
    public Path scratch() throws IOException {
        return directory("scratch-" + scratches.incrementAndGet());
    }

    /** A specification of a confined JVM with a scratch directory of its own. */
    public WorkerSpec untrusted(List<Path> classPath) throws IOException {
        return untrusted(classPath, List.of());
    }

    /** A specification of a confined JVM that may also read {@code readable}, and has a scratch directory of its own. */
    public WorkerSpec untrusted(List<Path> classPath, List<Path> readable) throws IOException {
        return new WorkerSpec(JvmProfile.UNTRUSTED, sandbox, classPath, scratch(), readable);
    }

    @Override
    public void close() throws IOException {
        PathUtils.deleteDirectory(root);
        OPEN.remove(root);
    }
}
