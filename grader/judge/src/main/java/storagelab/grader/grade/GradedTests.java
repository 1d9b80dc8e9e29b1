package storagelab.grader.grade;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.platform.commons.support.ReflectionSupport;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.practice.TaggedClasses;
import storagelab.grader.run.PlannedTest;
import storagelab.grader.run.TestDiscovery;
import storagelab.grader.run.TestSelection;

/**
 * The tests of a lab that count: its public ones, as the checkout has them compiled, and its hidden ones. They are found
 * in this JVM with the reference's classes: what a submission is expected to pass is known before any of its code is
 * loaded.
 */
public final class GradedTests {
    private static final String PACKAGE = PlannedTest.HIDDEN_PACKAGE + "lab%02d";

    private final List<String> classes;
    private final Map<String, List<PlannedTest>> byExercise;

    private GradedTests(List<String> classes, Map<String, List<PlannedTest>> byExercise) {
        this.classes = List.copyOf(classes);
        this.byExercise = Map.copyOf(byExercise);
    }

    /**
     * Finds them.
     *
     * @param home the checkout
     * @throws IOException if the public tests of the lab are not compiled
     */
    public static GradedTests of(Path home, Lab lab) throws IOException {
        Path directory = publicClasses(home, lab);
        if (!Files.isDirectory(directory)) {
            throw new IOException("the public tests of lab " + lab.number() + " are not compiled: there is no "
                    + directory + "; delete grader/target/lab.built, and ./lab builds everything again");
        }
        Set<String> exercises = lab.exercises().stream().map(ExerciseSpec::id).collect(Collectors.toSet());
        List<String> classes = new ArrayList<>(TaggedClasses.read(directory).withTag(exercises));
        classes.addAll(hiddenClasses(lab));
        List<PlannedTest> tests = find(classes, directory);
        Map<String, List<PlannedTest>> byExercise = new TreeMap<>();
        for (String exercise : exercises) {
            byExercise.put(
                    exercise,
                    tests.stream()
                            .filter(test -> test.tags().contains(exercise))
                            .toList());
        }
        return new GradedTests(classes, byExercise);
    }

    /** The directory of the compiled public tests of a lab, with the kit and the resources that they use. */
    static Path publicClasses(Path home, Lab lab) {
        return home.resolve(lab.module()).resolve("target/test-classes");
    }

    /** The package of the hidden tests. */
    static String hiddenPackage(Lab lab) {
        return PACKAGE.formatted(lab.number());
    }

    private static List<String> hiddenClasses(Lab lab) {
        return ReflectionSupport.findAllClassesInPackage(
                        hiddenPackage(lab), type -> !type.isMemberClass(), name -> name.endsWith("Test"))
                .stream()
                .map(Class::getName)
                .sorted()
                .toList();
    }

    private static List<PlannedTest> find(List<String> classes, Path publicClasses) throws IOException {
        URL[] urls = {publicClasses.toUri().toURL()};
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(urls, before)) {
            thread.setContextClassLoader(loader);
            return new TestDiscovery().find(new TestSelection(classes, List.of(), List.of()));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The tests of an exercise in the order they run, the public ones first; empty if it has none yet. */
    public List<PlannedTest> of(String exercise) {
        return byExercise.getOrDefault(exercise, List.of());
    }

    /** What a child is to select for an exercise: only the classes that have a test of it. */
    TestSelection selection(String exercise) {
        List<String> needed = classes.stream()
                .filter(name -> of(exercise).stream().anyMatch(test -> isIn(test, name)))
                .toList();
        return TestSelection.ofExercise(needed, exercise);
    }

    private static boolean isIn(PlannedTest test, String className) {
        return test.uniqueId().contains("[class:" + className + "]");
    }
}
