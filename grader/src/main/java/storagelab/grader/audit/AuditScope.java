package storagelab.grader.audit;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import storagelab.grader.course.Course;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.run.TestDiscovery;
import storagelab.grader.run.TestSelection;

/**
 * What is audited, and where its parts are.
 *
 * @param home the checkout
 * @param course every lab
 * @param labs those that are looked at: published ones only
 * @param quick whether only the quick half is wanted
 * @param seed of every random choice
 * @param rounds how often the hidden tests run in a row
 * @param progress where to say what is being done
 */
public record AuditScope(
        Path home, Course course, List<Lab> labs, boolean quick, long seed, int rounds, PrintWriter progress) {
    /** Modules that tests and starter need besides the labs. */
    private static final String GRADER = "grader";

    public AuditScope {
        labs = List.copyOf(labs);
    }

    /** Where the audit keeps what it makes. */
    Path work() {
        return home.resolve(GRADER).resolve("target/audit");
    }

    /** An empty directory of that name below {@link #work}. */
    Path freshDirectory(String name) throws IOException {
        Path directory = work().resolve(name);
        FileUtils.deleteDirectory(directory.toFile());
        return Files.createDirectories(directory);
    }

    LabTree tree(Lab lab) {
        return new LabTree(home.resolve(lab.module()));
    }

    /** Class directories of {@code lab} and of every lab before it, the lab itself first. */
    List<Path> classes(Lab lab) {
        List<Path> directories = new ArrayList<>();
        for (Lab other : course.labs()) {
            if (other.number() <= lab.number()) {
                directories.add(0, tree(other).mainClasses());
            }
        }
        return directories.stream().filter(Files::isDirectory).toList();
    }

    /** The grader's classes, hidden tests among them. */
    Path graderClasses() {
        return home.resolve(GRADER).resolve("target/classes");
    }

    /** The jars that tests run with: everything the grader uses but the labs themselves. */
    List<Path> libraries() throws IOException {
        try (Stream<Path> jars = Files.list(home.resolve(GRADER).resolve("target/lib"))) {
            return jars.filter(jar -> jar.toString().endsWith(".jar"))
                    .filter(jar -> !jar.getFileName().toString().startsWith("lab-"))
                    .sorted()
                    .toList();
        }
    }

    /** The jars of the mutation engine. */
    List<Path> mutationEngine() throws IOException {
        try (Stream<Path> jars = Files.list(home.resolve(GRADER).resolve("target/audit-lib"))) {
            return jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
        }
    }

    /** Every exercise looked at. */
    List<ExerciseSpec> exercises() {
        return labs.stream().flatMap(lab -> lab.exercises().stream()).toList();
    }

    /** The hidden tests of {@code lab}. */
    List<AuditTest> hiddenTests(Lab lab) throws IOException {
        String inPackage = "storagelab.grader.hidden.lab%02d".formatted(lab.number());
        Path directory = graderClasses().resolve(inPackage.replace('.', '/'));
        return tests(LabTree.classNames(directory).stream()
                .map(name -> inPackage + "." + name)
                .toList());
    }

    /** The public tests of {@code lab}. */
    List<AuditTest> publicTests(Lab lab) throws IOException {
        return tests(LabTree.classNames(tree(lab).testClasses()));
    }

    private static List<AuditTest> tests(List<String> classNames) {
        List<String> topLevel =
                classNames.stream().filter(name -> !name.contains("$")).toList();
        return new TestDiscovery()
                .find(new TestSelection(topLevel, List.of(), List.of())).stream()
                        .map(AuditTest::of)
                        .toList();
    }

    /** Says what is being done. */
    void say(String sentence) {
        progress.println(sentence);
        progress.flush();
    }
}
