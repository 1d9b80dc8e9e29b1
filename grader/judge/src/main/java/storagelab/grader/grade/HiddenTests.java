package storagelab.grader.grade;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.commons.support.ReflectionSupport;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.run.PlannedTest;
import storagelab.grader.run.TestDiscovery;
import storagelab.grader.run.TestSelection;

/**
 * The hidden tests of a lab, found in this JVM with the reference's classes: what a submission is expected to pass is
 * known before any of its code is loaded.
 */
public final class HiddenTests {
    private static final String PACKAGE = "storagelab.grader.hidden.lab%02d";

    private final List<String> classes;
    private final Map<String, List<PlannedTest>> byExercise;

    private HiddenTests(List<String> classes, Map<String, List<PlannedTest>> byExercise) {
        this.classes = List.copyOf(classes);
        this.byExercise = Map.copyOf(byExercise);
    }

    /** Finds them. */
    public static HiddenTests of(Lab lab) {
        List<String> classes = ReflectionSupport.findAllClassesInPackage(
                        packageOf(lab), type -> !type.isMemberClass(), name -> name.endsWith("Test"))
                .stream()
                .map(Class::getName)
                .sorted()
                .toList();
        List<PlannedTest> tests = new TestDiscovery().find(new TestSelection(classes, List.of(), List.of()));
        Map<String, List<PlannedTest>> byExercise = new TreeMap<>();
        for (ExerciseSpec exercise : lab.exercises()) {
            byExercise.put(
                    exercise.id(),
                    tests.stream()
                            .filter(test -> test.tags().contains(exercise.id()))
                            .toList());
        }
        return new HiddenTests(classes, byExercise);
    }

    /** The package that holds them. */
    public static String packageOf(Lab lab) {
        return PACKAGE.formatted(lab.number());
    }

    /** The tests of an exercise in the order they run; empty if it has none yet. */
    public List<PlannedTest> of(String exercise) {
        return byExercise.getOrDefault(exercise, List.of());
    }

    /** What a child is to select for an exercise: only the classes that have a test of it. */
    public TestSelection selection(String exercise) {
        List<String> needed = classes.stream()
                .filter(name -> of(exercise).stream().anyMatch(test -> isIn(test, name)))
                .toList();
        return TestSelection.ofExercise(needed, exercise);
    }

    private static boolean isIn(PlannedTest test, String className) {
        return test.uniqueId().contains("[class:" + className + "]");
    }
}
