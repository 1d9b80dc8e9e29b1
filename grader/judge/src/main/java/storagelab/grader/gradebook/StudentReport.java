package storagelab.grader.gradebook;

import java.util.ArrayList;
import java.util.List;
import storagelab.grader.grade.GradePipeline;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.GradeResult;
import storagelab.grader.model.LabResult;
import storagelab.grader.model.OwnLabsResult;
import storagelab.grader.model.TestKind;
import storagelab.grader.model.TestResult;
import storagelab.grader.model.Verdict;
import storagelab.grader.syllabus.Disclosure;

/** A result as its student may see it. The points are the same. */
public final class StudentReport {
    private final Disclosure disclosure;

    private StudentReport(Disclosure disclosure) {
        this.disclosure = disclosure;
    }

    /** The result, without flags that are for staff and without what the course keeps to itself of hidden tests. */
    public static GradeResult of(GradeResult result, Disclosure disclosure) {
        StudentReport report = new StudentReport(disclosure);
        return new GradeResult(
                result.tool(),
                result.version(),
                result.seed(),
                result.jdk(),
                result.os(),
                result.submission(),
                result.sandbox(),
                result.confined(),
                result.startedAt(),
                result.durationMillis(),
                result.score(),
                result.maxScore(),
                result.labs().stream().map(report::lab).toList(),
                result.flags().stream().filter(GradePipeline::isForStudent).toList(),
                result.command(),
                result.notGraded());
    }

    private LabResult lab(LabResult lab) {
        return new LabResult(
                lab.number(),
                lab.module(),
                lab.title(),
                lab.points(),
                lab.earned(),
                lab.exercises().stream().map(this::exercise).toList(),
                lab.benchmarks(),
                lab.compileErrors());
    }

    private ExerciseResult exercise(ExerciseResult exercise) {
        if (disclosure == Disclosure.EVERYTHING) {
            return exercise;
        }
        List<TestResult> tests = new ArrayList<>();
        int hidden = 0;
        for (TestResult test : exercise.tests()) {
            boolean isHidden = test.kind() == TestKind.HIDDEN;
            hidden += isHidden ? 1 : 0;
            tests.add(isHidden ? covered(test, hidden) : test);
        }
        OwnLabsResult own = exercise.onOwnLabs();
        OwnLabsResult shown =
                own == null ? null : new OwnLabsResult(own.verdict(), own.earned(), own.passed(), own.tests(), "");
        return new ExerciseResult(
                exercise.id(),
                exercise.title(),
                exercise.points(),
                exercise.earned(),
                exercise.verdict(),
                message(exercise),
                tests,
                shown);
    }

    private TestResult covered(TestResult test, int number) {
        boolean isNamed = disclosure == Disclosure.NAMES;
        boolean isTold = test.verdict() == Verdict.NOT_STARTED || test.verdict() == Verdict.BLOCKED;
        return new TestResult(
                isNamed ? test.id() : "hidden." + number,
                test.kind(),
                isNamed ? test.name() : "hidden test " + number,
                test.verdict(),
                isTold ? test.message() : "",
                test.millis(),
                test.points(),
                test.earned(),
                isNamed ? test.location() : "");
    }

    /** Why the exercise did not pass, without the message of a hidden test. */
    private static String message(ExerciseResult exercise) {
        boolean isOfHidden = exercise.tests().stream()
                .filter(test ->
                        test.kind() == TestKind.HIDDEN && !test.message().isEmpty())
                .filter(test -> test.verdict() != Verdict.NOT_STARTED && test.verdict() != Verdict.BLOCKED)
                .anyMatch(test -> exercise.message().contains(test.message()));
        if (!isOfHidden) {
            return exercise.message();
        }
        long bad = exercise.tests().size() - exercise.count(Verdict.PASSED);
        return bad + " of " + exercise.tests().size() + " tests did not pass";
    }
}
