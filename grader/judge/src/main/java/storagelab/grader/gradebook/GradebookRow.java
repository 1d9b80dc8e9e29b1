package storagelab.grader.gradebook;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import storagelab.grader.batch.Graded;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.score.Scoring;
import storagelab.grader.syllabus.LateRule;
import storagelab.grader.syllabus.Student;

/**
 * One student of a gradebook.
 *
 * @param student whose row it is
 * @param status whether there are grades
 * @param submitted when the work was handed in, if that is known
 * @param points by exercise, as the syllabus weighs them, before lateness
 * @param benchmarks what benchmarks brought on top
 * @param parts one for each assignment
 * @param flags what a person should look at
 * @param graded the submission; empty if there is none
 */
public record GradebookRow(
        Student student,
        Status status,
        Optional<Instant> submitted,
        SortedMap<String, Double> points,
        double benchmarks,
        List<Part> parts,
        List<String> flags,
        Optional<Graded> graded) {
    public GradebookRow {
        SortedMap<String, Double> sorted = new TreeMap<>(ExerciseSpec.BY_NUMBER);
        sorted.putAll(points);
        points = Collections.unmodifiableSortedMap(sorted);
        parts = List.copyOf(parts);
        flags = List.copyOf(flags);
    }

    /** Whether a student has grades. */
    public enum Status {
        /** All of the submission was graded. */
        GRADED("graded"),
        /** There is a submission that could not be graded; it says nothing about the student. */
        NOT_GRADED("not graded"),
        /** The student is on the roster and has handed in nothing. */
        MISSING("missing");

        private final String words;

        Status(String words) {
            this.words = words;
        }

        /** {@code "not graded"}. */
        public String describe() {
            return words;
        }
    }

    /**
     * One assignment.
     *
     * @param assignment its id
     * @param raw points before lateness
     * @param lateness what lateness costs
     * @param points after lateness
     * @param max what the assignment is worth, without extra credit
     */
    public record Part(String assignment, double raw, LateRule.Lateness lateness, double points, double max) {}

    /** Points before lateness. */
    public double raw() {
        return Scoring.rounded(parts.stream().mapToDouble(Part::raw).sum());
    }

    /** Points after lateness. */
    public double total() {
        return Scoring.rounded(parts.stream().mapToDouble(Part::points).sum());
    }

    /** What there was to earn, without extra credit. */
    public double max() {
        return Scoring.rounded(parts.stream().mapToDouble(Part::max).sum());
    }

    /** The most days that an assignment is late. */
    public int daysLate() {
        return parts.stream().mapToInt(part -> part.lateness().days()).max().orElse(0);
    }

    /** The name of the submission; empty if there is none. */
    public String submission() {
        return graded.map(Graded::name).orElse("");
    }
}
