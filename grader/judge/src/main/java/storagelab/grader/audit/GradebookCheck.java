package storagelab.grader.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import storagelab.grader.audit.MixedSubmissions.Expected;
import storagelab.grader.batch.Graded;
import storagelab.grader.batch.ResultStore;
import storagelab.grader.cli.Main;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.GradeResult;

/**
 * Grades a folder of submissions in processes of their own: once at a time, with a kill in the middle and {@code --resume}, and several at a time.
 * {@code --rounds} says how many submissions there are, 50 for each; the quick half has 12, and grades them once.
 */
final class GradebookCheck implements AuditCheck {
    private static final int SUBMISSIONS_A_ROUND = 50;
    private static final int SUBMISSIONS_QUICK = 12;
    private static final List<Integer> JOBS = List.of(1, 2, 4);
    private static final List<Integer> JOBS_QUICK = List.of(2);

    @Override
    public String name() {
        return "gradebook";
    }

    @Override
    public String claim() {
        return "each submission of a folder gets its own grade, whatever the others do, however many are graded at a time, and"
                + " however the grading was interrupted";
    }

    @Override
    public CheckResult run(AuditScope scope) throws IOException, InterruptedException {
        CheckResult.Builder result = CheckResult.of(this);
        Lab lab = scope.labs().get(0);
        ExerciseSpec exercise = scope.exercises(lab).get(0);
        Path directory = scope.freshDirectory("gradebook");
        int count = scope.quick() ? SUBMISSIONS_QUICK : SUBMISSIONS_A_ROUND * scope.rounds();
        MixedSubmissions mixed = MixedSubmissions.write(
                scope, lab, exercise, count, scope.freshDirectory("gradebook/submissions"), result);
        Map<String, String> first = new TreeMap<>();
        for (int jobs : scope.quick() ? JOBS_QUICK : JOBS) {
            Path out = directory.resolve("jobs-" + jobs);
            boolean isKilled = jobs != 1;
            long start = System.nanoTime();
            if (isKilled) {
                grade(scope, mixed, exercise, jobs, out, count / 3);
            }
            grade(scope, mixed, exercise, jobs, out, Integer.MAX_VALUE);
            long seconds = (System.nanoTime() - start) / 1_000_000_000;
            Map<String, String> grades = grades(out);
            judge(mixed, out, jobs, result);
            if (first.isEmpty()) {
                first.putAll(grades);
            } else if (!first.equals(grades)) {
                result.finding("with " + jobs + " at a time, the grades are others than with " + JOBS.get(0));
            }
            result.note("%d submissions to %s, %d at a time%s: %d s"
                    .formatted(
                            count,
                            exercise.id(),
                            jobs,
                            isKilled ? ", killed after a third and gone on with" : "",
                            seconds));
        }
        result.count(Count.SUBMISSIONS, count);
        return result.build();
    }

    /** Grades in a process of its own, which is killed when it has said so many lines about submissions. */
    private static void grade(
            AuditScope scope, MixedSubmissions mixed, ExerciseSpec exercise, int jobs, Path out, int linesMax)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dlab.home=" + scope.home()));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("grade-all", mixed.directory().toString(), "--exercise", exercise.id()));
        command.addAll(List.of("--seed", Long.toString(scope.seed()), "--jobs", Integer.toString(jobs)));
        command.addAll(List.of("--out", out.toString(), "--resume"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int said = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said += line.startsWith("[") ? 1 : 0;
                if (said >= linesMax) {
                    process.destroyForcibly();
                    break;
                }
                if (line.startsWith("[")) {
                    scope.say("gradebook, " + jobs + " at a time: " + line);
                }
            }
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Of each submission, its points and verdicts in words. */
    private static Map<String, String> grades(Path out) throws IOException {
        Map<String, String> grades = new TreeMap<>();
        for (Graded graded : ResultStore.open(out.resolve("results")).all()) {
            GradeResult result = graded.result();
            List<String> verdicts = result.labs().stream()
                    .flatMap(lab -> lab.exercises().stream())
                    .map(exercise -> exercise.id() + " " + exercise.verdict().describe())
                    .toList();
            grades.put(graded.name(), result.isGraded() + " " + result.score() + " " + verdicts);
        }
        return grades;
    }

    private static void judge(MixedSubmissions mixed, Path out, int jobs, CheckResult.Builder result)
            throws IOException {
        Map<String, GradeResult> results = new TreeMap<>();
        for (Graded graded : ResultStore.open(out.resolve("results")).all()) {
            results.put(graded.name(), graded.result());
        }
        mixed.expected().forEach((name, expected) -> {
            GradeResult graded = results.get(name);
            if (graded == null) {
                result.finding("with " + jobs + " at a time, " + name + " has no result");
            } else if (!isMet(expected, graded)) {
                result.finding("with %d at a time, %s has %s, and should have %s: %s"
                        .formatted(
                                jobs,
                                name,
                                graded.isGraded() ? graded.score() + " points" : "no grade",
                                expected,
                                graded.labs().stream()
                                        .flatMap(lab -> lab.exercises().stream())
                                        .map(ExerciseResult::message)
                                        .toList()));
            }
        });
        if (results.size() != mixed.expected().size()) {
            result.finding("with " + jobs + " at a time, there are " + results.size() + " results of "
                    + mixed.expected().size() + " submissions");
        }
    }

    private static boolean isMet(Expected expected, GradeResult result) {
        return switch (expected) {
            case ALL -> result.isGraded() && result.score() == result.maxScore();
            case NOT_ALL -> result.isGraded() && result.score() < result.maxScore();
            case NONE -> result.isGraded() && result.score() == 0;
            case NOT_GRADED -> !result.isGraded();
        };
    }
}
