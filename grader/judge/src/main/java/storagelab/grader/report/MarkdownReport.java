package storagelab.grader.report;

import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.GradeResult;
import storagelab.grader.model.LabResult;
import storagelab.grader.model.Verdict;

/**
 * {@code summary.md}: the score and a row for each exercise and benchmark, for the summary of a job and for comments. What a
 * submission wrote is in it only as code, which no reader of Markdown takes for markup.
 */
public final class MarkdownReport {
    private static final String MARKUP = "\\`*_{}[]<>#|~&@!$";
    private static final int FLAG_COLUMNS = 400;

    private final StringBuilder out = new StringBuilder();

    private MarkdownReport() {}

    /** The file's content. */
    public static String render(GradeResult result) {
        return new MarkdownReport().write(result);
    }

    private String write(GradeResult result) {
        String score =
                result.isGraded() ? points(result.score(), result.maxScore()) + " points" : "could not be graded";
        out.append("## ")
                .append(text(result.submission()))
                .append(": ")
                .append(score)
                .append("\n\n");
        if (!result.isGraded()) {
            out.append("Could not be graded: ").append(code(result.notGraded())).append("\n\n");
        }
        if (!result.labs().isEmpty()) {
            out.append("| | verdict | tests | points |\n|---|---|---:|---:|\n");
        }
        for (LabResult lab : result.labs()) {
            row("**Lab " + lab.number() + ": " + text(lab.title()) + "**", "", "", points(lab.earned(), lab.points()));
            lab.exercises().forEach(this::exercise);
            lab.benchmarks().forEach(this::benchmark);
        }
        if (!result.flags().isEmpty()) {
            out.append('\n');
            result.flags().forEach(flag -> out.append("- ").append(code(flag)).append('\n'));
        }
        out.append("\nStorage Lab ")
                .append(text(result.version()))
                .append(", seed ")
                .append(result.seed());
        out.append(". The same again: ").append(code(result.command())).append('\n');
        return out.toString();
    }

    private void exercise(ExerciseResult exercise) {
        row(
                exercise.id() + " " + text(exercise.title()),
                exercise.verdict().describe(),
                exercise.count(Verdict.PASSED) + " of " + exercise.tests().size(),
                points(exercise.earned(), exercise.points()));
    }

    private void benchmark(BenchmarkResult benchmark) {
        row(
                "Benchmark: " + text(benchmark.title()),
                benchmark.verdict().describe(),
                "",
                points(benchmark.earned(), benchmark.points()));
    }

    private void row(String name, String verdict, String tests, String points) {
        out.append("| ")
                .append(name)
                .append(" | ")
                .append(verdict)
                .append(" | ")
                .append(tests)
                .append(" | ");
        out.append(points).append(" |\n");
    }

    private static String points(double earned, double points) {
        return Figures.points(earned) + " / " + Figures.points(points);
    }

    /** Text in which nothing is markup. */
    private static String text(String words) {
        StringBuilder escaped = new StringBuilder();
        for (char unit :
                PlainText.encodable(PlainText.firstLine(words, FLAG_COLUMNS)).toCharArray()) {
            if (MARKUP.indexOf(unit) >= 0) {
                escaped.append('\\');
            }
            escaped.append(unit);
        }
        return escaped.toString();
    }

    /** One line as code. */
    private static String code(String words) {
        return "`"
                + PlainText.encodable(PlainText.firstLine(words, FLAG_COLUMNS)).replace('`', '\'') + "`";
    }
}
