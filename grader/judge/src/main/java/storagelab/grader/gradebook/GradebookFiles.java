package storagelab.grader.gradebook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import storagelab.grader.batch.Graded;
import storagelab.grader.collect.FileNames;
import storagelab.grader.model.GradeResult;
import storagelab.grader.report.ReportFormat;
import storagelab.grader.report.Reports;

/**
 * A gradebook on disk.
 *
 * <table>
 * <caption>What is in its directory</caption>
 * <tr><td>{@code grades.csv}</td><td>one row a student</td></tr>
 * <tr><td>{@code index.html}</td><td>for the instructor</td></tr>
 * <tr><td>{@code reports/STUDENT/}</td><td>what may be given to the student</td></tr>
 * <tr><td>{@code details/STUDENT/}</td><td>everything, for the instructor</td></tr>
 * <tr><td>{@code results/}</td><td>the results themselves, for the next run ({@link storagelab.grader.batch.ResultStore})</td></tr>
 * <tr><td>{@code gradebook.json}</td><td>what the results depend on ({@link GradebookSettings})</td></tr>
 * </table>
 */
public final class GradebookFiles {
    /** The directory of what students may have. */
    public static final String REPORTS = "reports";

    /** The directory of what is the instructor's. */
    public static final String DETAILS = "details";

    /** The directory of the results. */
    public static final String RESULTS = "results";

    private static final List<ReportFormat> FOR_STUDENTS = List.of(ReportFormat.HTML, ReportFormat.JSON);

    private GradebookFiles() {}

    /** Writes everything but the results into {@code directory}. A file is replaced in one step. */
    public static void write(Gradebook gradebook, GradebookPage.Facts facts, Path directory) throws IOException {
        Map<String, GradeResult> written = new HashMap<>();
        for (GradebookRow row : gradebook.rows()) {
            if (row.graded().isPresent()) {
                Graded graded = row.graded().get();
                if (written.putIfAbsent(folder(row), graded.result()) == null) {
                    Reports.write(
                            graded.result(),
                            directory.resolve(DETAILS).resolve(folder(row)),
                            List.of(ReportFormat.values()));
                    GradeResult shown = StudentReport.of(
                            graded.result(), gradebook.syllabus().disclosure());
                    Reports.write(shown, directory.resolve(REPORTS).resolve(folder(row)), FOR_STUDENTS);
                }
            }
        }
        replace(directory.resolve("grades.csv"), GradesCsv.render(gradebook));
        replace(directory.resolve("index.html"), GradebookPage.render(gradebook, facts));
    }

    /** The folder of a row's reports. */
    static String folder(GradebookRow row) {
        return FileNames.of(row.student().id());
    }

    /** Writes {@code text} such that a reader sees the old or the new file, and no part of one. */
    static void replace(Path file, String text) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
