package storagelab.grader.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import storagelab.grader.gradebook.Gradebook;
import storagelab.grader.gradebook.GradebookRow;

/** What is printed about a gradebook once it is written. */
final class GradebookSummary {
    private GradebookSummary() {}

    static void print(LabContext context, Gradebook gradebook, Path directory) {
        PrintWriter out = context.out();
        double mean = gradebook.rows().stream()
                .filter(row -> row.status() == GradebookRow.Status.GRADED)
                .mapToDouble(GradebookRow::total)
                .average()
                .orElse(0);
        double max =
                gradebook.rows().stream().mapToDouble(GradebookRow::max).max().orElse(0);
        out.println();
        out.printf(
                Locale.ROOT,
                "%d graded, %d not graded, %d missing; %.1f of %.0f points on average%n",
                gradebook.count(GradebookRow.Status.GRADED),
                gradebook.count(GradebookRow.Status.NOT_GRADED),
                gradebook.count(GradebookRow.Status.MISSING),
                mean,
                max);
        long flagged =
                gradebook.rows().stream().filter(row -> !row.flags().isEmpty()).count();
        if (flagged > 0 || !gradebook.pairs().isEmpty()) {
            out.printf(
                    "To look at: %d with flags, %d pairs that are alike%n",
                    flagged, gradebook.pairs().size());
        }
        out.println("wrote " + context.shown(directory.resolve("index.html")));
        out.println("wrote " + context.shown(directory.resolve("grades.csv")));
        out.flush();
    }
}
