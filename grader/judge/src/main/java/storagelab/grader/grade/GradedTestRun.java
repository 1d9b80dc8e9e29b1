package storagelab.grader.grade;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import storagelab.grader.course.Edition;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.run.CpuBudget;
import storagelab.grader.run.TestOutcome;
import storagelab.grader.run.TestRequest;
import storagelab.grader.run.TestSession;
import storagelab.grader.run.WarmSessions;

/** Runs the tests of a lab: one confined JVM an exercise; the next one starts while this one works. */
final class GradedTestRun {
    private final GradeContext context;
    private final GradeOptions options;
    private final GradedTests tests;
    private final Edition edition;

    /**
     * @param edition what the student can do about an exercise that is missing
     */
    GradedTestRun(GradeContext context, GradeOptions options, GradedTests tests, Edition edition) {
        this.context = context;
        this.options = options;
        this.tests = tests;
        this.edition = edition;
    }

    /**
     * Whose code is run.
     *
     * @param classes of the lab and the labs below it, on the stage
     * @param studentClass whether a binary class name is the student's code
     * @param description what is said about the run, after the exercise
     */
    record Subject(List<Path> classes, Predicate<String> studentClass, String description) {}

    /**
     * Runs the tests of {@code exercises}.
     *
     * @param budget what the tests may use; exercises that are left when it is spent have no outcomes
     * @param flags what a person should look at is added here
     */
    Map<String, List<TestOutcome>> run(
            GradeKit kit, Subject subject, List<ExerciseSpec> exercises, CpuBudget budget, Set<String> flags)
            throws IOException, InterruptedException {
        Map<String, List<TestOutcome>> outcomes = new LinkedHashMap<>();
        List<Path> testPath = kit.testPath(subject.classes());
        try (WarmSessions sessions = new WarmSessions(() -> kit.stage().untrusted(testPath), exercises.size())) {
            for (ExerciseSpec exercise : exercises) {
                if (budget.isSpent()) {
                    break;
                }
                context.progress().accept(exercise.id() + " " + exercise.title() + subject.description());
                try (TestSession session = sessions.take()) {
                    TestSession.Report report = session.run(request(exercise, subject), outcome -> {});
                    budget.spend(report.cpuNanos());
                    outcomes.put(exercise.id(), report.outcomes());
                    report.flags().forEach(flag -> flags.add(exercise.id() + " " + flag));
                }
            }
        }
        return outcomes;
    }

    private TestRequest request(ExerciseSpec exercise, Subject subject) {
        return new TestRequest(
                tests.selection(exercise.id()),
                tests.of(exercise.id()),
                subject.studentClass(),
                options.seed(),
                options.limits(),
                edition);
    }
}
