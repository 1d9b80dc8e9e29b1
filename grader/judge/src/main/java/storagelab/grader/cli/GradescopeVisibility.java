package storagelab.grader.cli;

import picocli.CommandLine.Option;
import storagelab.grader.report.GradescopeReport;
import storagelab.grader.report.GradescopeReport.Visibility;

/** The options that say when students see something in Gradescope. */
final class GradescopeVisibility {
    @Option(
            names = "--visibility",
            paramLabel = "WHEN",
            defaultValue = "visible",
            description =
                    "When students see the rows in Gradescope: visible, after_due_date, after_published or hidden."
                            + " Default: ${DEFAULT-VALUE}.")
    private Visibility rows = Visibility.VISIBLE;

    @Option(
            names = "--stdout-visibility",
            paramLabel = "WHEN",
            defaultValue = "hidden",
            description = "When students see in Gradescope what the grader printed. Default: ${DEFAULT-VALUE}.")
    private Visibility stdout = Visibility.HIDDEN;

    GradescopeReport.Options options() {
        return new GradescopeReport.Options(rows, stdout);
    }
}
