package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import storagelab.grader.compile.SourceCompiler;
import storagelab.grader.course.Course;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.run.TestOutcome;

/**
 * The {@code needs} of an exercise are all that its tests call: with nothing done but the exercise and those, directly or
 * through others, its tests pass. What a student may skip, and what a second score is taken of, rests on that.
 */
final class NeedsCheck implements AuditCheck {
    @Override
    public String name() {
        return "needs";
    }

    @Override
    public String claim() {
        return "an exercise can be done when those that it needs are done, and no other";
    }

    @Override
    public CheckResult run(AuditScope scope) throws IOException, InterruptedException {
        CheckResult.Builder result = CheckResult.of(this);
        for (Lab lab : scope.labs()) {
            List<AuditTest> tests = scope.gradedTests(lab);
            List<ExerciseSpec> all = scope.exercises(lab);
            // The last of a lab stands on more than any other.
            List<ExerciseSpec> chosen = scope.quick() ? all.subList(all.size() - 1, all.size()) : all;
            Workers.run(
                    chosen,
                    exercise -> check(scope, lab, exercise, AuditTest.ofExercise(exercise.id(), tests), result));
        }
        return result.build();
    }

    private static void check(
            AuditScope scope, Lab lab, ExerciseSpec exercise, List<AuditTest> tests, CheckResult.Builder result)
            throws IOException, InterruptedException {
        Set<String> done = closure(scope.course(), exercise);
        Path root = scope.freshDirectory("needs-" + exercise.id());
        List<Path> version = new ArrayList<>();
        for (Lab part : scope.course().labs()) {
            if (part.number() <= lab.number() && part.published()) {
                version.add(0, compiled(scope, part, done, root, List.copyOf(version)));
            }
        }
        TestBench bench = TestBench.of(scope, lab, version, scope.testClasses(lab), "needs-work-" + exercise.id())
                .patient();
        Map<String, List<String>> failures = new TreeMap<>();
        for (TestOutcome outcome : bench.run(tests, result)) {
            if (!outcome.passed()) {
                String how = outcome.verdict().describe() + ": " + outcome.message();
                failures.computeIfAbsent(how, first -> new ArrayList<>()).add(AuditTest.describe(outcome.test()));
            }
        }
        failures.forEach((how, ids) -> result.finding("with %s done, %s%s %s"
                .formatted(done, ids.get(0), ids.size() == 1 ? "" : " and " + (ids.size() - 1) + " others", how)));
    }

    /** The exercise, those that it needs, those that they need, and so on. */
    static Set<String> closure(Course course, ExerciseSpec exercise) {
        Set<String> closure = new TreeSet<>(ExerciseSpec.BY_NUMBER);
        closure.add(exercise.id());
        exercise.needs().forEach(need -> closure.addAll(closure(course, course.exercise(need))));
        return closure;
    }

    /** The classes of a lab in which no other exercise than those of {@code done} is. */
    private static Path compiled(AuditScope scope, Lab lab, Set<String> done, Path root, List<Path> below)
            throws IOException {
        List<ExerciseSpec> missing = lab.exercises().stream()
                .filter(exercise -> !done.contains(exercise.id()))
                .toList();
        if (missing.isEmpty()) {
            return scope.tree(lab).mainClasses();
        }
        List<Path> sources = PartialSources.without(scope, lab, missing, root);
        List<Path> classPath = new ArrayList<>(below);
        classPath.addAll(scope.libraries());
        Path classes = root.resolve("classes-" + lab.number());
        List<String> errors = new SourceCompiler(classPath).compile(sources, classes);
        if (!errors.isEmpty()) {
            throw new IOException("lab " + lab.number() + " with only " + done + " done does not compile: " + errors);
        }
        return classes;
    }
}
