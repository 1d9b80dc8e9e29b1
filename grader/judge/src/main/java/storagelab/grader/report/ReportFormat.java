package storagelab.grader.report;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import storagelab.grader.grade.ReportWriter;
import storagelab.grader.model.GradeResult;

/** A file that a grading is written to. */
public enum ReportFormat implements ReportWriter {
    /** Everything, for programs. */
    JSON("result.json", JsonReport::render),
    /** Everything, for people: one page that needs no network. */
    HTML("report.html", HtmlReport::render),
    /** For build servers. */
    JUNIT("junit.xml", JunitReport::render),
    /** For the summary of a job. */
    MARKDOWN("summary.md", MarkdownReport::render),
    /** For Gradescope's autograder harness, with everything visible but standard output. */
    GRADESCOPE("results.json", result -> GradescopeReport.render(result, GradescopeReport.Options.defaults()));

    private final String fileName;

    @SuppressWarnings("ImmutableEnumChecker") // a method reference without state
    private final Function<GradeResult, String> renderer;

    ReportFormat(String fileName, Function<GradeResult, String> renderer) {
        this.fileName = fileName;
        this.renderer = renderer;
    }

    @Override
    public String format() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String fileName() {
        return fileName;
    }

    @Override
    public void write(GradeResult result, Appendable out) throws IOException {
        out.append(renderer.apply(result));
    }

    /**
     * The format that {@code --format} calls {@code name}, in any case.
     *
     * @throws IllegalArgumentException if there is none; the message lists all
     */
    public static ReportFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.format().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no report format \"" + name + "\"; there are "
                        + Arrays.stream(values()).map(ReportFormat::format).collect(Collectors.joining(", "))));
    }
}
