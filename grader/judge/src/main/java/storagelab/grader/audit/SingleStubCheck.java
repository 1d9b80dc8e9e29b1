package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import storagelab.grader.compile.SourceCompiler;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.model.Verdict;
import storagelab.grader.run.TestOutcome;

/** Proof 4: each exercise can be missing on its own, and its own tests say so. */
final class SingleStubCheck implements AuditCheck {
    @Override
    public String name() {
        return "missing";
    }

    @Override
    public String claim() {
        return "a reference that lacks one exercise compiles and fails every test of that exercise, some of them as not started";
    }

    @Override
    public CheckResult run(AuditScope scope) throws IOException, InterruptedException {
        CheckResult.Builder result = CheckResult.of(this);
        for (Lab lab : scope.labs()) {
            List<AuditTest> all = scope.gradedTests(lab);
            Workers.run(
                    scope.exercises(lab),
                    exercise -> check(scope, lab, exercise, AuditTest.ofExercise(exercise.id(), all), result));
        }
        return result.build();
    }

    private static void check(
            AuditScope scope, Lab lab, ExerciseSpec exercise, List<AuditTest> tests, CheckResult.Builder result)
            throws IOException, InterruptedException {
        Path root = scope.freshDirectory("missing-" + exercise.id());
        List<Path> sources = PartialSources.without(scope, lab, List.of(exercise), root.resolve("source"));
        Path classes = root.resolve("classes");
        List<Path> below = new ArrayList<>(scope.libraries());
        below.addAll(scope.classesBelow(lab));
        List<String> errors = new SourceCompiler(below).compile(sources, classes);
        errors.forEach(error -> result.finding("the reference without %s: %s".formatted(exercise.id(), error)));
        if (!errors.isEmpty()) {
            return;
        }
        result.count(Count.STUBBED, 1);
        List<Path> version = new ArrayList<>(List.of(classes));
        version.addAll(scope.classesBelow(lab));
        TestBench bench = TestBench.of(scope, lab, version, scope.testClasses(lab), "missing-work-" + exercise.id());
        List<TestOutcome> outcomes = bench.run(tests, result);
        if (outcomes.stream().noneMatch(outcome -> outcome.verdict() == Verdict.NOT_STARTED)) {
            result.finding("without exercise %s none of its %d tests ends as 'not started'"
                    .formatted(exercise.id(), outcomes.size()));
        }
        for (TestOutcome outcome : outcomes) {
            if (outcome.passed()) {
                result.finding(
                        "%s passes without exercise %s".formatted(AuditTest.describe(outcome.test()), exercise.id()));
            }
        }
    }
}
