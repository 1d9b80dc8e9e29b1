package storagelab.grader.audit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import storagelab.grader.course.Course;
import storagelab.grader.course.CourseCatalog;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.grade.GradedTests;
import storagelab.grader.run.PlannedTest;
import storagelab.grader.run.TimeLimits;

/** What the audit proves about tests says something about scores only if grading runs the same tests. */
class GradedTestsTest {
    private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();

    @Test
    void auditAndGradingHaveTheSameTestsOfEveryExercise() throws Exception {
        Course course = CourseCatalog.scan(HOME);
        PrintWriter silent = new PrintWriter(Writer.nullWriter());
        AuditScope scope =
                new AuditScope(HOME, course, course.labs(), Set.of(), false, 1, 1, silent, TimeLimits.standard());
        for (Lab lab : course.labs().stream().filter(Lab::published).toList()) {
            List<AuditTest> audited = scope.gradedTests(lab);
            GradedTests graded = GradedTests.of(HOME, lab);
            for (ExerciseSpec exercise : lab.exercises()) {
                assertThat(
                        exercise.id(),
                        sorted(graded.of(exercise.id())),
                        is(sorted(AuditTest.ofExercise(exercise.id(), audited).stream()
                                .map(AuditTest::planned)
                                .toList())));
            }
        }
    }

    private static List<String> sorted(List<PlannedTest> tests) {
        return tests.stream().map(PlannedTest::uniqueId).sorted().toList();
    }
}
