package storagelab.grader.grade;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import storagelab.grader.course.Edition;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.model.CompileError;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.LabResult;
import storagelab.grader.model.Verdict;
import storagelab.grader.run.CpuBudget;
import storagelab.grader.run.NotGradedException;
import storagelab.grader.run.SubmissionTime;
import storagelab.grader.run.TestOutcome;
import storagelab.grader.score.Scoring;

/**
 * Grades the sources of one lab, on the reference's labs below. The stages, each a method of its own: compile and check
 * classes → tests → the same on the submission's own labs below → benchmarks → score.
 */
public final class LabGrader {
    private final GradeContext context;
    private final GradeOptions options;
    private final GradedTests tests;
    private final LabText text;
    private final Edition edition;
    private final Lab lab;
    private final List<Lab> below;

    /**
     * @param tests those of the lab
     * @param edition what the student can do about an exercise that is missing
     */
    LabGrader(GradeContext context, GradeOptions options, GradedTests tests, LabText text, Edition edition) {
        this.context = context;
        this.options = options;
        this.tests = tests;
        this.text = text;
        this.edition = edition;
        this.lab = text.lab();
        this.below = context.course().labs().stream()
                .filter(other -> other.number() < lab.number())
                .toList();
    }

    /**
     * A graded lab.
     *
     * @param flags what a person should look at
     */
    public record Graded(LabResult result, List<String> flags) {
        public Graded {
            flags = List.copyOf(flags);
        }
    }

    /**
     * Grades the lab.
     *
     * @param unlocked ids of exercises that bring no points
     * @param own the submission's labs below
     * @param time what all labs of the submission share
     */
    Graded grade(Set<String> unlocked, OwnLabs own, SubmissionTime time) throws IOException, InterruptedException {
        Set<String> flags = new TreeSet<>();
        if (time.whole().isSpent()) {
            String words =
                    "not run: the labs before it have used " + time.whole().describe();
            return new Graded(untested(Verdict.TIMED_OUT, words), List.of("lab " + lab.number() + " was " + words));
        }
        GradeKit kit = GradeKit.open(context, lab, below);
        LabResult result;
        try {
            GradedTestRun run = new GradedTestRun(context, options, tests, edition);
            result = grade(kit, own, new Judging(run, time, unlocked, flags));
        } catch (NotGradedException reason) {
            result = untested(Verdict.NOT_GRADED, reason.reason());
        } finally {
            closeOrFlag(kit, flags);
        }
        return new Graded(result, List.copyOf(flags));
    }

    private LabResult grade(GradeKit kit, OwnLabs own, Judging judging) throws IOException, InterruptedException {
        context.progress().accept("lab " + lab.number() + ": compiling");
        LabCode code = LabCode.compile(kit, text, kit.referenceBelow(), judging.time());
        code.flags().forEach(flag -> judging.flags().add("lab " + lab.number() + ": " + flag));
        Path classes = code.write(kit, "classes");
        List<ExerciseResult> judged = judge(kit, code, classes, judging);
        List<ExerciseResult> exercises =
                new SecondScore(context, judging.run(), own, judging.time()).add(kit, text, judged, judging.flags());
        List<BenchmarkResult> benchmarks = runBenchmarks(kit, classes, exercises);
        return score(exercises, benchmarks, code.errors());
    }

    /** The lab without a test run: all exercises have the same verdict for the same reason. */
    LabResult untested(Verdict verdict, String message) {
        List<ExerciseResult> exercises = options.exercisesOf(lab).stream()
                .map(exercise -> Scoring.untested(exercise, tests.of(exercise.id()), verdict, message))
                .toList();
        return score(exercises, List.of(), List.of());
    }

    /** What was found out about a submission does not depend on whether its files can be deleted. */
    private static void closeOrFlag(GradeKit kit, Set<String> flags) {
        try {
            kit.close();
        } catch (IOException leftBehind) {
            flags.add("temporary files could not be deleted: " + leftBehind.getMessage());
        }
    }

    /** What judging takes besides the code. */
    private record Judging(GradedTestRun run, SubmissionTime time, Set<String> unlocked, Set<String> flags) {}

    private List<ExerciseResult> judge(GradeKit kit, LabCode code, Path classes, Judging judging)
            throws IOException, InterruptedException {
        Map<String, String> broken = text.sources().exercisesIn(code.broken());
        List<ExerciseSpec> runnable = options.exercisesOf(lab).stream()
                .filter(exercise -> !broken.containsKey(exercise.id()))
                .filter(exercise -> !tests.of(exercise.id()).isEmpty())
                .toList();
        List<Path> version = new ArrayList<>(kit.referenceBelow());
        version.add(classes);
        GradedTestRun.Subject subject = new GradedTestRun.Subject(version, text::isStudentClass, "");
        CpuBudget budget = judging.time().labTests();
        Map<String, List<TestOutcome>> outcomes = judging.run().run(kit, subject, runnable, budget, judging.flags());
        List<ExerciseResult> results = new ArrayList<>();
        for (ExerciseSpec exercise : options.exercisesOf(lab)) {
            String brokenFile = broken.get(exercise.id());
            List<TestOutcome> ended = outcomes.getOrDefault(exercise.id(), List.of());
            if (brokenFile != null) {
                String words = compileWords(brokenFile, code.errors());
                results.add(Scoring.untested(exercise, tests.of(exercise.id()), Verdict.FAILED, words));
            } else if (runnable.contains(exercise) && !outcomes.containsKey(exercise.id())) {
                String words = "not run: the exercises before it have used " + budget.describe();
                results.add(Scoring.untested(exercise, tests.of(exercise.id()), Verdict.TIMED_OUT, words));
                judging.flags().add(exercise.id() + " was " + words);
            } else if (judging.unlocked().contains(exercise.id())) {
                results.add(Scoring.unlocked(exercise, ended));
            } else {
                results.add(orMissing(exercise, Scoring.tested(exercise, ended)));
            }
        }
        return results;
    }

    /** Says so if an exercise was not started because its file is not in the submission. */
    private ExerciseResult orMissing(ExerciseSpec exercise, ExerciseResult result) {
        Optional<String> missing = exercise.files().stream()
                .filter(file -> text.missing().contains(LabSources.sourcePath(file)))
                .findFirst();
        if (result.verdict() != Verdict.NOT_STARTED || missing.isEmpty()) {
            return result;
        }
        return result.withMessage(
                missing.get() + " is not in the submission: was it renamed, or left out of the archive?");
    }

    private static String compileWords(String path, List<CompileError> errors) {
        return errors.stream()
                .filter(error -> error.file().equals(path))
                .findFirst()
                .map(CompileError::charge)
                .orElse("does not compile");
    }

    private List<BenchmarkResult> runBenchmarks(GradeKit kit, Path classes, List<ExerciseResult> exercises) {
        Optional<Path> reference = context.libraries().reference(lab.module());
        if (context.benchmarks().isEmpty() || reference.isEmpty() || !options.wantsBenchmarks()) {
            return List.of();
        }
        return context.benchmarks()
                .get()
                .measure(new Benchmarks.Submission(
                        lab.number(),
                        exercises,
                        classes,
                        reference.get(),
                        kit.referenceBelow(),
                        context.sandbox(),
                        options.seed(),
                        options.limits()));
    }

    private LabResult score(
            List<ExerciseResult> exercises, List<BenchmarkResult> benchmarks, List<CompileError> errors) {
        double points = exercises.stream().mapToDouble(ExerciseResult::points).sum()
                + benchmarks.stream().mapToDouble(BenchmarkResult::points).sum();
        double earned = exercises.stream().mapToDouble(ExerciseResult::earned).sum()
                + benchmarks.stream().mapToDouble(BenchmarkResult::earned).sum();
        List<CompileError> shown = errors.stream()
                .map(error -> new CompileError(
                        lab.module() + "/" + LabSources.MAIN + "/" + error.file(),
                        error.line(),
                        error.column(),
                        error.message(),
                        error.sourceLine()))
                .toList();
        return new LabResult(
                lab.number(),
                lab.module(),
                lab.title(),
                Scoring.rounded(points),
                Scoring.rounded(earned),
                exercises,
                benchmarks,
                shown);
    }
}
