package storagelab.grader.audit;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import storagelab.grader.course.Course;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.run.PlannedTest;
import storagelab.grader.run.TestDiscovery;
import storagelab.grader.run.TestSelection;
import storagelab.grader.run.TimeLimits;

/**
 * What is audited, and where its parts are.
 *
 * @param home the checkout
 * @param course every lab
 * @param labs those that are looked at: published ones only
 * @param only ids of the exercises that are looked at; all of the labs if empty
 * @param quick whether only the quick half is wanted
 * @param seed of every random choice
 * @param rounds how often the tests of the exercises run in a row
 * @param progress where to say what is being done
 * @param limits of time, of the tests that checks run
 */
public record AuditScope(
        Path home,
        Course course,
        List<Lab> labs,
        Set<String> only,
        boolean quick,
        long seed,
        int rounds,
        PrintWriter progress,
        TimeLimits limits) {
    private static final String GRADER = "grader";
    private static final String CLASSES = "target/classes";
    private static final String COURSE = "course/lab-%02d";

    public AuditScope {
        labs = List.copyOf(labs);
        only = Set.copyOf(only);
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
        List<Path> directories = new ArrayList<>(List.of(tree(lab).mainClasses()));
        directories.addAll(classesBelow(lab));
        return directories.stream().filter(Files::isDirectory).toList();
    }

    /** Class directories of every lab before {@code lab}, the nearest first. */
    List<Path> classesBelow(Lab lab) {
        return below(lab).stream().map(other -> tree(other).mainClasses()).toList();
    }

    /** Directories with the compiled tests of {@code lab} and of every lab before it, for the test kit is one of them. */
    List<Path> testClasses(Lab lab) {
        List<Path> directories = new ArrayList<>(List.of(tree(lab).testClasses()));
        directories.addAll(testClassesBelow(lab));
        return directories.stream().filter(Files::isDirectory).toList();
    }

    /** Directories with the compiled tests of every lab before {@code lab}, the nearest first. */
    List<Path> testClassesBelow(Lab lab) {
        return below(lab).stream()
                .map(other -> tree(other).testClasses())
                .filter(Files::isDirectory)
                .toList();
    }

    /** The labs before {@code lab} that have code, the nearest first. */
    private List<Lab> below(Lab lab) {
        List<Lab> lower = new ArrayList<>();
        for (Lab other : course.labs()) {
            if (other.number() < lab.number() && Files.isDirectory(tree(other).mainClasses())) {
                lower.add(0, other);
            }
        }
        return lower;
    }

    /** What judges the exercises of {@code lab}: hidden tests, zoo, equivalent mutants. */
    Path material(Lab lab) {
        return home.resolve(GRADER).resolve(COURSE.formatted(lab.number()));
    }

    /** Class directories of what runs the tests of {@code lab}: the tool, the lab's hidden tests and their kit. */
    List<Path> graderClasses(Lab lab) {
        Path grader = home.resolve(GRADER);
        return Stream.of(grader.resolve("tool"), grader.resolve("course/kit"), material(lab))
                .map(module -> module.resolve(CLASSES))
                .filter(Files::isDirectory)
                .toList();
    }

    /** The jars that tests run with: everything the grader uses but the labs and itself. */
    List<Path> libraries() throws IOException {
        try (Stream<Path> jars = Files.list(home.resolve(GRADER).resolve("target/lib"))) {
            return jars.filter(jar -> jar.toString().endsWith(".jar"))
                    .filter(jar -> !jar.getFileName().toString().matches("(lab|grader)-.*"))
                    .sorted()
                    .toList();
        }
    }

    /** The jars of the mutation engine. */
    List<Path> mutationEngine() throws IOException {
        try (Stream<Path> jars = Files.list(home.resolve(GRADER).resolve("judge/target/audit-lib"))) {
            return jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
        }
    }

    /** Every exercise looked at. */
    List<ExerciseSpec> exercises() {
        return labs.stream().flatMap(lab -> exercises(lab).stream()).toList();
    }

    /** The exercises of {@code lab} that are looked at. */
    List<ExerciseSpec> exercises(Lab lab) {
        return lab.exercises().stream()
                .filter(exercise -> isWanted(exercise.id()))
                .toList();
    }

    /** Whether the exercise is looked at. */
    boolean isWanted(String exercise) {
        return only.isEmpty() || only.contains(exercise);
    }

    /** Those of {@code tests} that belong to an exercise that is looked at; all of them if every exercise is. */
    List<AuditTest> wanted(List<AuditTest> tests) {
        return tests.stream()
                .filter(test -> only.isEmpty() || test.exercises().stream().anyMatch(only::contains))
                .toList();
    }

    /** The hidden tests of {@code lab}. */
    List<AuditTest> hiddenTests(Lab lab) throws IOException {
        String inPackage = (PlannedTest.HIDDEN_PACKAGE + "lab%02d").formatted(lab.number());
        Path directory = material(lab).resolve(CLASSES).resolve(inPackage.replace('.', '/'));
        List<String> names = LabTree.classNames(directory).stream()
                .map(name -> inPackage + "." + name)
                .toList();
        return tests(names, List.of());
    }

    /** The public tests of {@code lab}. */
    List<AuditTest> publicTests(Lab lab) throws IOException {
        return tests(LabTree.classNames(tree(lab).testClasses()), testClasses(lab));
    }

    /** The tests of {@code lab} that count in grading: the public ones of its exercises, then the hidden ones. */
    List<AuditTest> gradedTests(Lab lab) throws IOException {
        Set<String> exercises = lab.exercises().stream().map(ExerciseSpec::id).collect(Collectors.toSet());
        List<AuditTest> tests = new ArrayList<>();
        for (AuditTest test : publicTests(lab)) {
            if (test.exercises().stream().anyMatch(exercises::contains)) {
                tests.add(test);
            }
        }
        tests.addAll(hiddenTests(lab));
        return tests;
    }

    /** The tests of the classes; {@code directories} hold those of them that this JVM does not have. */
    private static List<AuditTest> tests(List<String> classNames, List<Path> directories) throws IOException {
        List<String> topLevel =
                classNames.stream().filter(name -> !name.contains("$")).toList();
        List<URL> urls = new ArrayList<>();
        for (Path directory : directories) {
            urls.add(directory.toUri().toURL());
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), before)) {
            thread.setContextClassLoader(loader);
            return new TestDiscovery()
                    .find(new TestSelection(topLevel, List.of(), List.of())).stream()
                            .map(AuditTest::of)
                            .toList();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Says what is being done. */
    void say(String sentence) {
        progress.println(sentence);
        progress.flush();
    }
}
