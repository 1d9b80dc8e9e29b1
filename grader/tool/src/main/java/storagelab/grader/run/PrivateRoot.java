package storagelab.grader.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a confined JVM finds of this machine in its own file system: the JDK, the shared libraries that the JDK and a few
 * programs need, and the files that links of the JDK point to. Everything else has to be let in by name, so nothing can
 * be forgotten. Of {@code /proc} there is one file: through others a process could
 * write its own memory.
 */
final class PrivateRoot {
    /** How much a confined JVM may write to its scratch directory, which is in memory. */
    static final long SCRATCH_BYTES = 256L << 20;

    /** How many files may be there. */
    static final int SCRATCH_FILES = 20_000;

    /** Devices that the JDK opens. */
    static final List<Path> DEVICES =
            List.of(Path.of("/dev/null"), Path.of("/dev/zero"), Path.of("/dev/random"), Path.of("/dev/urandom"));

    /** The only file of {@code /proc}: what the process has read and written, which tests compare with its own figures. */
    static final Path COUNTERS = Path.of("/proc/self/io");

    /** Libraries of the JDK whose own needs count; those for windows, fonts and sound are not among them. */
    private static final List<String> JVM_LIBRARIES = List.of(
            "server/libjvm.so",
            "client/libjvm.so",
            "libjli.so",
            "libjava.so",
            "libjimage.so",
            "libzip.so",
            "libnio.so",
            "libnet.so",
            "libextnet.so",
            "libverify.so",
            "libmanagement.so",
            "libmanagement_ext.so",
            "libinstrument.so",
            "libsyslookup.so");

    /** Parts of a JDK that no running program opens. */
    private static final Set<String> NOT_AT_RUN_TIME = Set.of("legal", "man", "docs", "demo", "include", "src.zip");

    /** Where the loader of shared libraries looks first, on systems that have it. */
    private static final Path LOADER_CACHE = Path.of("/etc/ld.so.cache");

    private final Path jdk;
    private final Map<Path, Path> sources;

    private PrivateRoot(Path jdk, Map<Path, Path> sources) {
        this.jdk = jdk;
        this.sources = sources;
    }

    /**
     * The private root for JVMs of the JDK that runs this one.
     *
     * @param programs that must run in it, too
     */
    static PrivateRoot of(SharedLibraries libraries, List<Path> programs) throws IOException, InterruptedException {
        Path jdk = Path.of(System.getProperty("java.home"));
        Map<Path, Path> sources = new TreeMap<>();
        sources.put(jdk, jdk.toRealPath());
        addLinkTargets(jdk, sources);
        List<Path> binaries = new ArrayList<>(programs);
        binaries.add(jdk.resolve("bin/java"));
        JVM_LIBRARIES.stream()
                .map(name -> jdk.resolve("lib").resolve(name))
                .filter(Files::exists)
                .forEach(binaries::add);
        Set<Path> files = new LinkedHashSet<>(programs);
        files.addAll(libraries.neededBy(binaries));
        files.add(LOADER_CACHE);
        for (Path file : files) {
            if (Files.exists(file) && !file.startsWith(jdk)) {
                sources.put(file, file.toRealPath());
            }
        }
        return new PrivateRoot(jdk, sources);
    }

    /** Distributions keep a JDK's configuration elsewhere and leave links. */
    private static void addLinkTargets(Path jdk, Map<Path, Path> sources) throws IOException {
        Path real = jdk.toRealPath();
        try (Stream<Path> parts = Files.list(real)) {
            for (Path part : parts.toList()) {
                if (!NOT_AT_RUN_TIME.contains(part.getFileName().toString())) {
                    addLinkTargets(part, real, sources);
                }
            }
        }
    }

    private static void addLinkTargets(Path tree, Path jdk, Map<Path, Path> sources) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                boolean isOpened = !NOT_AT_RUN_TIME.contains(file.getFileName().toString());
                if (attributes.isSymbolicLink() && isOpened && Files.exists(file)) {
                    Path target =
                            file.resolveSibling(Files.readSymbolicLink(file)).normalize();
                    Path source = file.toRealPath();
                    if (!source.startsWith(jdk) && !target.startsWith(jdk) && sources.put(target, source) == null) {
                        addLinkTargets(source, jdk, sources);
                    }
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Where the JDK is, inside and outside. */
    Path jdk() {
        return jdk;
    }

    /** What is read-only in it, by the place inside: where each is outside, without links. Parents come first. */
    Map<Path, Path> sources() {
        return sources;
    }
}
