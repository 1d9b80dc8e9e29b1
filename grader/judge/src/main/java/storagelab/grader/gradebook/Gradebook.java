package storagelab.grader.gradebook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import storagelab.grader.batch.Graded;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.LabResult;
import storagelab.grader.score.Scoring;
import storagelab.grader.syllabus.Assignment;
import storagelab.grader.syllabus.LateRule.Lateness;
import storagelab.grader.syllabus.Student;
import storagelab.grader.syllabus.Syllabus;

/**
 * The grades of a course.
 *
 * @param syllabus what they follow
 * @param rows one for each student: those on the roster in its order, then submissions of students who are not on it
 * @param pairs submissions that are alike
 */
public record Gradebook(Syllabus syllabus, List<GradebookRow> rows, List<SimilarPair> pairs) {
    private static final String TIME_UNKNOWN =
            "when it was handed in is not known, so that lateness cost nothing: put the time into the roster's column 'submitted'";

    public Gradebook {
        rows = List.copyOf(rows);
        pairs = List.copyOf(pairs);
    }

    /** Makes the gradebook of these submissions. */
    public static Gradebook of(Syllabus syllabus, Collection<Graded> submissions) {
        Map<Student, List<Graded>> work = new LinkedHashMap<>();
        syllabus.roster().students().forEach(student -> work.put(student, new ArrayList<>()));
        for (Graded graded : submissions) {
            List<Student> students = syllabus.roster().matching(graded.handles());
            if (students.isEmpty()) {
                work.computeIfAbsent(Student.unknown(graded.name()), none -> new ArrayList<>())
                        .add(graded);
            }
            students.forEach(
                    student -> work.getOrDefault(student, new ArrayList<>()).add(graded));
        }
        List<GradebookRow> rows = new ArrayList<>();
        work.forEach((student, graded) -> rows.add(row(syllabus, student, graded)));
        return new Gradebook(syllabus, rows, SimilarWork.among(submissions));
    }

    private static GradebookRow row(Syllabus syllabus, Student student, List<Graded> work) {
        List<Graded> inOrder = work.stream()
                .sorted(Comparator.comparing(
                                (Graded graded) -> graded.submittedAt().orElse(Instant.MIN))
                        .thenComparing(Graded::name))
                .toList();
        if (inOrder.isEmpty()) {
            return new GradebookRow(
                    student,
                    GradebookRow.Status.MISSING,
                    Optional.empty(),
                    new TreeMap<>(),
                    0,
                    parts(syllabus, new TreeMap<>(), 0, Optional.empty(), 0),
                    List.of(),
                    Optional.empty());
        }
        Graded last = inOrder.get(inOrder.size() - 1);
        Optional<Instant> submitted = student.submittedAt().or(last::submittedAt);
        SortedMap<String, Double> points = points(syllabus, last);
        double benchmarks = syllabus.benchmarks() ? benchmarks(last) : 0;
        return new GradebookRow(
                student,
                last.result().isGraded() ? GradebookRow.Status.GRADED : GradebookRow.Status.NOT_GRADED,
                submitted,
                points,
                benchmarks,
                parts(syllabus, points, benchmarks, submitted, student.extraDays()),
                flags(syllabus, last, inOrder, submitted),
                Optional.of(last));
    }

    private static SortedMap<String, Double> points(Syllabus syllabus, Graded graded) {
        Map<String, ExerciseResult> results = new TreeMap<>();
        for (LabResult lab : graded.result().labs()) {
            lab.exercises().forEach(exercise -> results.put(exercise.id(), exercise));
        }
        SortedMap<String, Double> points = new TreeMap<>(ExerciseSpec.BY_NUMBER);
        for (Assignment assignment : syllabus.assignments()) {
            for (Assignment.Weight weight : assignment.exercises()) {
                ExerciseResult result = results.get(weight.exercise());
                double part = result == null || result.points() == 0 ? 0 : result.earned() / result.points();
                points.put(weight.exercise(), Scoring.rounded(part * weight.points()));
            }
        }
        return points;
    }

    private static double benchmarks(Graded graded) {
        return Scoring.rounded(graded.result().labs().stream()
                .flatMap(lab -> lab.benchmarks().stream())
                .mapToDouble(BenchmarkResult::earned)
                .sum());
    }

    /** The assignments; benchmarks are added to the last one. */
    private static List<GradebookRow.Part> parts(
            Syllabus syllabus,
            SortedMap<String, Double> points,
            double benchmarks,
            Optional<Instant> submitted,
            int extraDays) {
        List<GradebookRow.Part> parts = new ArrayList<>();
        for (Assignment assignment : syllabus.assignments()) {
            boolean isLast = parts.size() == syllabus.assignments().size() - 1;
            double raw = (isLast ? benchmarks : 0)
                    + assignment.exercises().stream()
                            .mapToDouble(weight -> points.getOrDefault(weight.exercise(), 0.0))
                            .sum();
            Lateness lateness = assignment.due().isPresent() && submitted.isPresent()
                    ? assignment.late().lateness(assignment.due().get(), submitted.get(), extraDays)
                    : Lateness.NONE;
            parts.add(new GradebookRow.Part(
                    assignment.id(),
                    Scoring.rounded(raw),
                    lateness,
                    Scoring.rounded(lateness.of(raw)),
                    Scoring.rounded(assignment.points())));
        }
        return parts;
    }

    private static List<String> flags(Syllabus syllabus, Graded last, List<Graded> all, Optional<Instant> submitted) {
        List<String> flags = new ArrayList<>();
        boolean hasRoster = !syllabus.roster().students().isEmpty();
        if (hasRoster && syllabus.roster().matching(last.handles()).isEmpty()) {
            flags.add("not on the roster");
        }
        for (Graded other : all.subList(0, all.size() - 1)) {
            flags.add("the student has another submission, which does not count: " + other.name());
        }
        boolean canBeLate = syllabus.assignments().stream()
                .anyMatch(assignment ->
                        assignment.due().isPresent() && assignment.late().costsSomething());
        if (submitted.isEmpty() && last.isMarkedLate()) {
            flags.add("marked late by the platform; " + TIME_UNKNOWN);
        } else if (submitted.isEmpty() && canBeLate) {
            flags.add(TIME_UNKNOWN);
        }
        flags.addAll(last.result().flags());
        return flags;
    }

    /** How many rows have this status. */
    public long count(GradebookRow.Status status) {
        return rows.stream().filter(row -> row.status() == status).count();
    }
}
