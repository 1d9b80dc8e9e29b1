package storagelab.grader.gradebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import storagelab.grader.syllabus.Assignment;
import storagelab.grader.syllabus.Syllabus;

/**
 * {@code grades.csv}: one row a student, one column an exercise. What could not be graded has empty cells, and not zeros.
 */
public final class GradesCsv {
    private GradesCsv() {}

    /** The file's content. */
    public static String render(Gradebook gradebook) {
        Syllabus syllabus = gradebook.syllabus();
        List<String> exercises = syllabus.exercises();
        boolean isSeveral = syllabus.assignments().size() > 1;
        List<String> header =
                new ArrayList<>(List.of("student", "name", "section", "submission", "submitted", "status"));
        header.addAll(exercises);
        if (syllabus.benchmarks()) {
            header.add("benchmarks");
        }
        if (isSeveral) {
            syllabus.assignments().stream()
                    .map(Assignment::id)
                    .forEach(id -> header.addAll(List.of(id + " raw", id + " days late", id + " final")));
        }
        header.addAll(List.of("raw", "days late", "final", "max", "flags"));
        StringBuilder text = new StringBuilder();
        try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            csv.printRecord(header);
            for (GradebookRow row : gradebook.rows()) {
                csv.printRecord(cells(gradebook, row, exercises, isSeveral));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("a text in memory", impossible);
        }
        return text.toString();
    }

    private static List<String> cells(
            Gradebook gradebook, GradebookRow row, List<String> exercises, boolean isSeveral) {
        boolean hasGrades = row.status() != GradebookRow.Status.NOT_GRADED;
        List<String> cells = new ArrayList<>();
        cells.add(harmless(row.student().id()));
        cells.add(harmless(row.student().name()));
        cells.add(harmless(row.student().section()));
        cells.add(harmless(row.submission()));
        cells.add(row.submitted().map(Object::toString).orElse(""));
        cells.add(row.status().describe());
        exercises.forEach(exercise -> cells.add(number(hasGrades, row.points().getOrDefault(exercise, 0.0))));
        if (gradebook.syllabus().benchmarks()) {
            cells.add(number(hasGrades, row.benchmarks()));
        }
        if (isSeveral) {
            for (GradebookRow.Part part : row.parts()) {
                cells.add(number(hasGrades, part.raw()));
                cells.add(Integer.toString(part.lateness().days()));
                cells.add(number(hasGrades, part.points()));
            }
        }
        cells.add(number(hasGrades, row.raw()));
        cells.add(Integer.toString(row.daysLate()));
        cells.add(number(hasGrades, row.total()));
        cells.add(number(true, row.max()));
        cells.add(harmless(String.join("; ", row.flags())));
        return cells;
    }

    private static String number(boolean isKnown, double value) {
        return isKnown ? String.format(Locale.ROOT, "%.2f", value) : "";
    }

    /** A text that a spreadsheet does not take for a formula. */
    private static String harmless(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.matches("[=+\\-@].*") ? "'" + plain : plain;
    }
}
