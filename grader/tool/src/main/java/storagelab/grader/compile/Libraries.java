package storagelab.grader.compile;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The libraries of the labs, taken from what this tool runs on, so that student, tool and build use the same ones. The
 * reference's labs are never among them.
 */
public final class Libraries {
    private static final List<String> LABS = List.of(
            "guava",
            "failureaccess",
            "commons-io",
            "HdrHistogram",
            "jspecify",
            "aircompressor",
            "jsqlparser",
            "caffeine");
    private static final List<String> TESTS = List.of(
            "junit-jupiter",
            "junit-platform",
            "opentest4j",
            "apiguardian-api",
            "hamcrest",
            "guava-testlib",
            "junit-4",
            "leveldbjni");

    private final List<Path> all;

    private Libraries(List<Path> all) {
        this.all = List.copyOf(all);
    }

    /** The libraries on this JVM's class path. */
    public static Libraries ofThisTool() {
        return new Libraries(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().normalize())
                .filter(Files::exists)
                .toList());
    }

    /** All of them, the labs and the grader included, in the order of the class path. */
    public List<Path> all() {
        return all;
    }

    /** What the labs' own code may use. */
    public List<Path> forLabs() {
        return all.stream().filter(Libraries::isForLabs).toList();
    }

    /** What tests may use besides. */
    public List<Path> forTests() {
        return named(TESTS);
    }

    /** What a JVM of a compared engine uses besides {@link #forLabs}. */
    public List<Path> forEngines() {
        return named(List.of("gson"));
    }

    /** Compiled tests of the labs, with the test kit that hidden tests use. */
    public List<Path> testKits() {
        return all.stream().filter(Libraries::isTestKit).toList();
    }

    /** The compiled reference of a lab: a jar, or a class directory when the tool runs from a build. */
    public Optional<Path> reference(String module) {
        return all.stream()
                .filter(entry -> entry.toString().contains(module))
                .filter(entry -> !isTestKit(entry))
                .findFirst();
    }

    private static boolean isTestKit(Path entry) {
        String name = entry.getFileName().toString();
        boolean jar = name.startsWith("lab-") && name.endsWith("-tests.jar");
        return jar || Files.isDirectory(entry.resolve("storagelab/testkit"));
    }

    /** The grader itself: the jars of its modules, or their class directories when it runs from a build. */
    public List<Path> tool() {
        return all.stream().filter(Libraries::isTool).toList();
    }

    private static boolean isTool(Path entry) {
        String name = entry.getFileName().toString();
        boolean jar = name.startsWith("grader-") && name.endsWith(".jar");
        return jar || Files.isDirectory(entry.resolve("storagelab/grader"));
    }

    /** Whether the jar is one of the labs' libraries; {@code guava-testlib} is not {@code guava}. */
    private static boolean isForLabs(Path entry) {
        String name = entry.getFileName().toString();
        return LABS.stream().anyMatch(library -> name.matches(library + "-\\d.*\\.jar"));
    }

    private List<Path> named(List<String> names) {
        return all.stream()
                .filter(entry -> entry.getFileName().toString().endsWith(".jar"))
                .filter(entry -> names.stream()
                        .anyMatch(name -> entry.getFileName().toString().startsWith(name)))
                .toList();
    }
}
