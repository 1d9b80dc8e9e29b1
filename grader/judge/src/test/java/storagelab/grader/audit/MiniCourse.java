package storagelab.grader.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import storagelab.grader.compile.SourceCompiler;
import storagelab.grader.course.Course;
import storagelab.grader.course.CourseCatalog;
import storagelab.grader.run.TimeLimits;

/** A checkout with one lab of one exercise, for which everything holds until a test breaks it. */
final class MiniCourse {
    static final String REFERENCE = "lab-01-mini/src/main/java/storagelab/mini/Adder.java";
    static final String PUBLIC_TEST = "lab-01-mini/src/test/java/storagelab/mini/AdderTest.java";
    static final String HIDDEN_TEST = "grader/course/lab-01/hidden/storagelab/grader/hidden/lab01/AdderHiddenTest.java";
    static final String README = "lab-01-mini/README.md";
    static final String HINTS = "lab-01-mini/hints/1.1.md";
    static final String GUARANTEES = "notes/guarantees/lab-01.md";
    static final String EXPERIMENTS =
            "lab-01-mini/src/main/resources/META-INF/services/storagelab.experiment.Experiment";
    static final String ZOO = "grader/course/lab-01/zoo/1.1/";
    static final String CONTRACTS = "grader/course/lab-01/contracts/1.1.txt";

    private static final String HIDDEN_CLASSES = "grader/course/lab-01/target/classes";
    private static final List<String> JARS = List.of("junit", "opentest4j", "apiguardian", "jspecify", "hamcrest");

    private final Path home;
    private TimeLimits limits = TimeLimits.standard();

    MiniCourse(Path home) throws IOException {
        this.home = home;
        write(REFERENCE, """
                package storagelab.mini;

                import storagelab.course.Difficulty;
                import storagelab.course.Exercise;

                public final class Adder {
                    private Adder() {}

                    /** The sum of two numbers. */
                    @Exercise(id = "1.1", title = "Add", points = 100, difficulty = Difficulty.EASY, hours = 0.5)
                    public static int add(int a, int b) {
                        int theSumOfTheTwoNumbers = a + b;
                        return theSumOfTheTwoNumbers;
                    }
                }
                """);
        write(PUBLIC_TEST, testClass("storagelab.mini", "AdderTest", "two and two is four", 2, 2, 4));
        write(
                HIDDEN_TEST,
                testClass("storagelab.grader.hidden.lab01", "AdderHiddenTest", "seven and five is twelve", 7, 5, 12));
        write(
                README,
                "# Lab 1: mini\n\n## " + String.join("\n\n## ", LabPages.HEADINGS)
                        + "\n\n| | | points | | hours | needs |\n|---|---|---|---|---|---|\n"
                        + "| 1.1 | Add | 100 | easy | 0.5 | |\n");
        write(GUARANTEES, "# What lab 1 promises\n");
        write(EXPERIMENTS, "storagelab.mini.experiment.AddingExperiment\n");
        write(HINTS, "# Hints\n\n## Hint 1\n\nThink.\n\n## Hint 2\n\nThink of +.\n");
        animal("Minus", "caught", "return a - b;");
        animal("Twice", "caught", "return a + a;");
        animal("Zero", "caught", "return 0;");
        animal("Negated", "accepted", "return a - -b;");
    }

    private static String testClass(String inPackage, String name, String property, int a, int b, int sum) {
        return """
                package %s;

                import static org.junit.jupiter.api.Assertions.assertEquals;

                import org.junit.jupiter.api.DisplayName;
                import org.junit.jupiter.api.Tag;
                import org.junit.jupiter.api.Test;
                import storagelab.mini.Adder;

                @Tag("1.1")
                class %s {
                    @Test
                    @DisplayName("%s")
                    void adds() {
                        assertEquals(%d, Adder.add(%d, %d), "the sum of %d and %d");
                    }
                }
                """.formatted(inPackage, name, property, sum, a, b, a, b);
    }

    /** Makes the machine that the audit runs on {@code factor} times as slow. */
    void limitsTimes(double factor) {
        limits = limits.times(factor);
    }

    /** An animal of exercise 1.1 whose method has the given body. */
    void animal(String name, String verdict, String body) throws IOException {
        write(
                ZOO + name + ".java",
                animalText(verdict, "    public static int add(int a, int b) {\n        %s\n    }".formatted(body))
                        .replace("it is different", "it says " + body));
    }

    /** An animal of exercise 1.1 with the given members. */
    static String animalText(String verdict, String members) {
        return """
                // exercise: 1.1
                // type: storagelab.mini.Adder
                // verdict: %s
                // because: it is different
                public final class Adder {
                %s
                }
                """.formatted(verdict, members);
    }

    void write(String path, String text) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    /** Replaces {@code target}, which must be there, in a file. */
    void replace(String path, String target, String replacement) throws IOException {
        String before = Files.readString(home.resolve(path));
        String after = before.replace(target, replacement);
        assertNotEquals(before, after, path);
        write(path, after);
    }

    void delete(String path) throws IOException {
        Files.delete(home.resolve(path));
    }

    /** Builds the course and runs one check on it. */
    CheckResult audit(String check) throws IOException, InterruptedException {
        return audit(Audit.checks(Set.of(check), Set.of()).get(0));
    }

    /** Builds the course and runs {@code check} on it. */
    CheckResult audit(AuditCheck check) throws IOException, InterruptedException {
        return audit(check, false);
    }

    /** Builds the course and runs the quick half of a check on it. */
    CheckResult quickAudit(String check) throws IOException, InterruptedException {
        return audit(Audit.checks(Set.of(check), Set.of()).get(0), true);
    }

    private CheckResult audit(AuditCheck check, boolean quick) throws IOException, InterruptedException {
        build();
        Course course = CourseCatalog.scan(home);
        PrintWriter progress = new PrintWriter(new StringWriter());
        AuditScope scope = new AuditScope(home, course, course.labs(), Set.of(), quick, 1, 2, progress, limits);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader classes = new URLClassLoader(urls(), before)) {
            thread.setContextClassLoader(classes);
            return check.run(scope);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void build() throws IOException {
        Path lab = home.resolve("lab-01-mini");
        Path tool = home.resolve("grader/tool/target/classes");
        Path repository = Path.of("../../lab-01-binary-search").toAbsolutePath().normalize();
        FileUtils.copyDirectory(
                repository.resolve("src/main/java/storagelab/course").toFile(),
                lab.resolve("src/main/java/storagelab/course").toFile());
        for (String part : List.of("run", "model")) {
            FileUtils.copyDirectory(
                    Path.of("../tool/target/classes/storagelab/grader", part).toFile(),
                    tool.resolve("storagelab/grader").resolve(part).toFile());
        }
        copyLibraries(Files.createDirectories(home.resolve("grader/target/lib")));
        List<Path> classPath = new ArrayList<>(jars());
        compile(classPath, lab.resolve("src/main/java"), lab.resolve("target/classes"));
        classPath.add(lab.resolve("target/classes"));
        compile(classPath, lab.resolve("src/test/java"), lab.resolve("target/test-classes"));
        classPath.add(tool);
        compile(classPath, home.resolve("grader/course/lab-01/hidden"), home.resolve(HIDDEN_CLASSES));
    }

    private static void compile(List<Path> classPath, Path sources, Path output) throws IOException {
        List<String> errors = new SourceCompiler(classPath).compile(LabTree.filesBelow(sources, ".java"), output);
        assertEquals(List.of(), errors);
    }

    private static void copyLibraries(Path directory) throws IOException {
        for (Path jar : jars()) {
            FileUtils.copyFileToDirectory(jar.toFile(), directory.toFile());
        }
    }

    private static List<Path> jars() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> JARS.stream()
                        .anyMatch(name -> entry.getFileName().toString().startsWith(name)))
                .toList();
    }

    private URL[] urls() throws MalformedURLException {
        return new URL[] {
            home.resolve(HIDDEN_CLASSES).toUri().toURL(),
            home.resolve("lab-01-mini/target/test-classes").toUri().toURL(),
            home.resolve("lab-01-mini/target/classes").toUri().toURL()
        };
    }
}
