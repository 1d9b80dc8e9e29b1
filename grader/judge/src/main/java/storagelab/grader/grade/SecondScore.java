package storagelab.grader.grade;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import storagelab.grader.course.Course;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.OwnLabsResult;
import storagelab.grader.model.Verdict;
import storagelab.grader.run.CpuBudget;
import storagelab.grader.run.NotGradedException;
import storagelab.grader.run.SubmissionTime;
import storagelab.grader.run.TestOutcome;
import storagelab.grader.score.Scoring;

/**
 * Judges exercises of a lab once more, on the submission's own labs below.
 *
 * <p>Only those are run whose answer can be another: a test of theirs passed on the reference's labs, and they need an
 * exercise of a lab below, directly or through others. No exercise is begun once the budget is spent.
 */
final class SecondScore {
    private final GradeContext context;
    private final GradedTestRun tests;
    private final OwnLabs own;
    private final SubmissionTime time;

    SecondScore(GradeContext context, GradedTestRun tests, OwnLabs own, SubmissionTime time) {
        this.context = context;
        this.tests = tests;
        this.own = own;
        this.time = time;
    }

    /** {@code results}, with a second score where there is one. */
    List<ExerciseResult> add(GradeKit kit, LabText text, List<ExerciseResult> results, Set<String> flags)
            throws IOException, InterruptedException {
        Set<String> wanted = new TreeSet<>();
        for (ExerciseResult result : results) {
            if (result.count(Verdict.PASSED) > 0 && needsLabBelow(context.course(), result.id())) {
                wanted.add(result.id());
            }
        }
        if (!own.differ() || wanted.isEmpty()) {
            return results;
        }
        if (time.whole().isSpent()) {
            flags.add("lab " + text.lab().number() + " has no second score: its own score has used "
                    + time.whole().describe());
            return results;
        }
        List<ExerciseSpec> exercises = text.lab().exercises().stream()
                .filter(exercise -> wanted.contains(exercise.id()))
                .toList();
        List<Path> classes;
        try {
            classes = new ArrayList<>(own.classes(kit));
            classes.add(LabCode.compile(kit, text, classes, time)
                    .write(kit, "own-" + text.lab().number()));
        } catch (NotGradedException tooSlow) {
            flags.add("lab " + text.lab().number() + " has no second score: " + tooSlow.getMessage());
            return results;
        }
        CpuBudget budget = time.secondScore();
        GradedTestRun.Subject subject = new GradedTestRun.Subject(
                classes,
                name -> text.isStudentClass(name) || own.isStudentClass(name),
                ", on the submission's own labs below");
        Map<String, List<TestOutcome>> outcomes = tests.run(kit, subject, exercises, budget, flags);
        List<ExerciseResult> judged = new ArrayList<>();
        for (ExerciseResult result : results) {
            judged.add(
                    wanted.contains(result.id())
                            ? result.withOwnLabs(score(context.course().exercise(result.id()), outcomes, budget))
                            : result);
        }
        return judged;
    }

    private static OwnLabsResult score(
            ExerciseSpec exercise, Map<String, List<TestOutcome>> outcomes, CpuBudget budget) {
        List<TestOutcome> ended = outcomes.get(exercise.id());
        if (ended == null) {
            String words = "not run: the exercises before it had used " + budget.describe();
            return new OwnLabsResult(Verdict.TIMED_OUT, 0, 0, 0, words);
        }
        return Scoring.onOwnLabs(exercise, ended);
    }

    /** Whether an exercise calls one of a lab below its own, directly or through others. */
    static boolean needsLabBelow(Course course, String id) {
        return course.exercise(id).needs().stream()
                .anyMatch(need -> ExerciseSpec.labOf(need) < ExerciseSpec.labOf(id) || needsLabBelow(course, need));
    }
}
