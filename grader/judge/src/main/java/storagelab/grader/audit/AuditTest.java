package storagelab.grader.audit;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.run.PlannedTest;

/**
 * One test method that the audit knows of.
 *
 * @param className binary name of its top-level class
 * @param planned what JUnit says about it
 */
record AuditTest(String className, PlannedTest planned) {
    private static final Pattern CLASS_SEGMENT = Pattern.compile("\\[class:([^\\]]+)\\]");

    static AuditTest of(PlannedTest planned) {
        Matcher matcher = CLASS_SEGMENT.matcher(planned.uniqueId());
        return new AuditTest(matcher.find() ? matcher.group(1) : "", planned);
    }

    /** The exercises it is tagged with. */
    List<String> exercises() {
        return planned.tags().stream().filter(ExerciseSpec::isId).toList();
    }

    /** As a finding names it: {@code "hidden test LogHiddenTest.torn"}. */
    static String describe(PlannedTest test) {
        return (test.isHidden() ? "hidden" : "public") + " test " + test.id();
    }

    /** Those of {@code tests} that belong to {@code exercise}. */
    static List<AuditTest> ofExercise(String exercise, List<AuditTest> tests) {
        return tests.stream().filter(test -> test.belongsTo(exercise)).toList();
    }

    boolean belongsTo(String exercise) {
        return planned.tags().contains(exercise);
    }
}
