package storagelab.grader.grade;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import storagelab.grader.LabException;
import storagelab.grader.course.Edition;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.run.CpuBudget;
import storagelab.grader.run.NotGradedException;
import storagelab.grader.run.SubmissionTime;
import storagelab.grader.run.TestOutcome;
import storagelab.grader.run.TimeLimits;

/**
 * How slow this machine is, by a sample of what grading does: the reference's first lab is compiled, and two of its
 * exercises are tested. Processor time is compared with processor time, so that a busy machine is not taken for a slow
 * one; but a processor that is shared by two threads, or hot, is slow.
 */
public final class Calibration {
    /** What the sample takes on the machine that the limits were chosen on, where nothing else runs. */
    static final long SAMPLE_CPU_MILLIS = 8_000;

    private static final int LAB = 1;
    private static final List<String> EXERCISES = List.of("1.1", "1.3");
    private static final double GENEROUS = 20;

    private Calibration() {}

    /**
     * The limits for this machine. A machine that is faster than the one of the sample has the same limits.
     *
     * @throws LabException if not even the reference can be graded here
     */
    public static TimeLimits measure(GradeContext context, long seed) throws IOException, InterruptedException {
        context.progress().accept("how fast is this machine: the reference of lab " + LAB);
        double scale = (double) sampleCpuMillis(context, seed) / SAMPLE_CPU_MILLIS;
        return TimeLimits.standard().times(Math.max(1, scale));
    }

    private static long sampleCpuMillis(GradeContext context, long seed) throws IOException, InterruptedException {
        TimeLimits limits = TimeLimits.standard().times(GENEROUS);
        Lab lab = context.course().lab(LAB);
        LabText text = LabText.ofReference(LabSources.read(context.home(), lab));
        List<ExerciseSpec> exercises = lab.exercises().stream()
                .filter(exercise -> EXERCISES.contains(exercise.id()))
                .toList();
        SubmissionTime time = SubmissionTime.of(limits, 1);
        CpuBudget tests = time.labTests();
        try (GradeKit kit = GradeKit.open(context, lab, List.of())) {
            LabCode code = LabCode.compile(kit, text, List.of(), time);
            GradedTestRun run = new GradedTestRun(
                    context,
                    new GradeOptions(Set.of(), seed, limits),
                    GradedTests.of(context.home(), lab),
                    Edition.WITH_REFERENCE);
            GradedTestRun.Subject subject =
                    new GradedTestRun.Subject(List.of(code.write(kit, "classes")), name -> false, ", of the reference");
            List<TestOutcome> failures = run.run(kit, subject, exercises, tests, new TreeSet<>()).values().stream()
                    .flatMap(List::stream)
                    .filter(outcome -> !outcome.passed())
                    .toList();
            if (!failures.isEmpty()) {
                throw refused(
                        failures.get(0).test().id() + ": " + failures.get(0).message());
            }
            return TimeUnit.NANOSECONDS.toMillis(code.cpuNanos() + tests.spentNanos());
        } catch (NotGradedException tooSlow) {
            throw refused(tooSlow.reason());
        }
    }

    private static LabException refused(String why) {
        return new LabException(
                "This machine cannot grade: the reference does not pass. " + why,
                "Try again when it has less to do, or with --timeout-scale 10.");
    }
}
