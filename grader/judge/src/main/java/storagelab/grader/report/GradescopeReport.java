package storagelab.grader.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;
import storagelab.grader.grade.ReportWriter;
import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.model.BenchmarkVerdict;
import storagelab.grader.model.CompileError;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.GradeResult;
import storagelab.grader.model.LabResult;
import storagelab.grader.model.OwnLabsResult;
import storagelab.grader.model.TestResult;
import storagelab.grader.model.Verdict;

/**
 * {@code results.json} as Gradescope's harness reads it: one row an exercise and one a benchmark, so that the rows add
 * up to the score.
 *
 * <p>What could not be graded has no score. Gradescope then shows the submission as one whose grading failed, to be run
 * again.
 *
 * <p>The leaderboard has the ratios of the benchmarks whose time was measured. A measurement that is too noisy has no row: its
 * value would be chance.
 *
 * <p>Flags are for staff: they are in {@code extra_data}, which students do not see.
 */
public final class GradescopeReport {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private GradescopeReport() {}

    /** When a student sees something. */
    public enum Visibility {
        /** Never. */
        HIDDEN,
        /** Once the assignment is due. */
        AFTER_DUE_DATE,
        /** Once grades are published. */
        AFTER_PUBLISHED,
        /** At once. */
        VISIBLE;

        /** As Gradescope and the command line call it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What students see.
     *
     * @param rows of the exercises and benchmarks; Gradescope hides the total score while any row is hidden
     * @param stdout of what the autograder printed
     */
    public record Options(Visibility rows, Visibility stdout) {
        /** Rows at once, standard output never. */
        public static Options defaults() {
            return new Options(Visibility.VISIBLE, Visibility.HIDDEN);
        }
    }

    /** Writes the file as {@code options} say. */
    public static ReportWriter writer(Options options) {
        return new ReportWriter() {
            @Override
            public String format() {
                return "gradescope";
            }

            @Override
            public String fileName() {
                return "results.json";
            }

            @Override
            public void write(GradeResult result, Appendable out) throws IOException {
                out.append(render(result, options));
            }
        };
    }

    /** The file's content. */
    public static String render(GradeResult result, Options options) {
        JsonObject root = new JsonObject();
        if (result.isGraded()) {
            root.addProperty("score", result.score());
        }
        root.addProperty("execution_time", result.durationMillis() / 1_000.0);
        root.addProperty("output", summary(result));
        root.addProperty("output_format", "text");
        root.addProperty("test_output_format", "text");
        root.addProperty("test_name_format", "text");
        root.addProperty("visibility", options.rows().word());
        root.addProperty("stdout_visibility", options.stdout().word());
        JsonArray rows = new JsonArray();
        if (!result.isGraded()) {
            rows.add(notGradedRow(result, options));
        }
        for (LabResult lab : result.labs()) {
            lab.exercises().forEach(exercise -> rows.add(row(exercise, options)));
            lab.benchmarks().forEach(benchmark -> rows.add(row(benchmark, options)));
        }
        root.add("tests", rows);
        JsonArray leaderboard = leaderboard(result);
        if (!leaderboard.isEmpty()) {
            root.add("leaderboard", leaderboard);
        }
        root.add("extra_data", extraData(result));
        return PlainText.encodable(GSON.toJson(root)) + "\n";
    }

    /** A row for each benchmark whose time was measured: how many times the reference's it is, the lowest first. */
    private static JsonArray leaderboard(GradeResult result) {
        JsonArray rows = new JsonArray();
        for (LabResult lab : result.labs()) {
            for (BenchmarkResult benchmark : lab.benchmarks()) {
                BenchmarkResult.Ratio ratio = benchmark.ratio();
                boolean isNoise = benchmark.verdict() == BenchmarkVerdict.TOO_NOISY
                        || benchmark.verdict() == BenchmarkVerdict.NOT_GRADED;
                if (ratio != null && Double.isFinite(ratio.value()) && !isNoise) {
                    JsonObject row = new JsonObject();
                    row.addProperty("name", "Lab " + lab.number() + ": " + benchmark.title());
                    row.addProperty("value", new BigDecimal(Figures.ratio(ratio.value())));
                    row.addProperty("order", "asc");
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private static String summary(GradeResult result) {
        StringBuilder text = new StringBuilder();
        if (result.isGraded()) {
            text.append("Score ").append(Figures.points(result.score()));
            text.append(" of ").append(Figures.points(result.maxScore())).append('\n');
        } else {
            text.append("Could not be graded: ").append(result.notGraded()).append('\n');
        }
        for (LabResult lab : result.labs()) {
            for (CompileError error : lab.compileErrors()) {
                text.append(error.charge()).append('\n');
            }
            if (lab.hasSecondScore()) {
                text.append("Lab ").append(lab.number()).append(": ");
                text.append(OwnLabsText.ofLab(lab)).append('\n');
            }
        }
        if (!result.confined()) {
            text.append("Sandbox: ").append(result.sandbox()).append('\n');
        }
        text.append("Storage Lab ").append(result.version());
        text.append(", seed ").append(result.seed());
        text.append(", JDK ").append(result.jdk()).append('\n');
        text.append("The same again: ").append(result.command());
        return PlainText.clean(text.toString());
    }

    private static JsonObject notGradedRow(GradeResult result, Options options) {
        JsonObject row = new JsonObject();
        row.addProperty("name", "Could not be graded");
        row.addProperty("status", "failed");
        row.addProperty("output", PlainText.clean(result.notGraded()));
        row.addProperty("visibility", options.rows().word());
        return row;
    }

    private static JsonObject row(ExerciseResult exercise, Options options) {
        JsonObject row = new JsonObject();
        row.addProperty("number", exercise.id());
        row.addProperty("name", exercise.title());
        if (exercise.verdict() != Verdict.NOT_GRADED) {
            row.addProperty("score", exercise.earned());
        }
        row.addProperty("max_score", exercise.points());
        row.addProperty("status", exercise.verdict() == Verdict.PASSED ? "passed" : "failed");
        row.addProperty("output", output(exercise));
        row.addProperty("visibility", options.rows().word());
        return row;
    }

    private static String output(ExerciseResult exercise) {
        StringBuilder text = new StringBuilder(exercise.verdict().describe());
        text.append(", ").append(exercise.count(Verdict.PASSED)).append(" of ");
        text.append(Figures.counted(exercise.tests().size(), "test"));
        if (!exercise.message().isEmpty()) {
            text.append('\n').append(exercise.message());
        }
        OwnLabsResult second = exercise.onOwnLabs();
        if (second != null) {
            text.append('\n').append(second.describe());
        }
        for (TestResult test : exercise.tests()) {
            if (test.verdict() != Verdict.PASSED) {
                text.append("\n\n").append(TestText.headline(test));
                if (!test.message().isEmpty()) {
                    text.append('\n').append(test.message());
                }
                if (!test.location().isEmpty()) {
                    text.append("\nat ").append(test.location());
                }
            }
        }
        if (TestText.hasPublicFailure(exercise)) {
            text.append("\n\n").append(TestText.HOW_TO_RUN).append(TestText.command(exercise));
        }
        return PlainText.clean(text.toString());
    }

    private static JsonObject row(BenchmarkResult benchmark, Options options) {
        JsonObject row = new JsonObject();
        row.addProperty("number", benchmark.id());
        row.addProperty("name", "Benchmark: " + benchmark.title());
        if (benchmark.verdict() != BenchmarkVerdict.NOT_GRADED) {
            row.addProperty("score", benchmark.earned());
        }
        row.addProperty("max_score", benchmark.points());
        boolean passed = benchmark.verdict() == BenchmarkVerdict.PASSED
                || (benchmark.verdict() == BenchmarkVerdict.TOO_NOISY && benchmark.earned() >= benchmark.points());
        row.addProperty("status", passed ? "passed" : "failed");
        row.addProperty(
                "output", PlainText.clean(benchmark.verdict().describe() + "\n" + BenchmarkText.describe(benchmark)));
        row.addProperty("visibility", options.rows().word());
        return row;
    }

    private static JsonObject extraData(GradeResult result) {
        JsonObject extra = new JsonObject();
        extra.addProperty("tool", result.tool());
        extra.addProperty("version", result.version());
        extra.addProperty("seed", result.seed());
        extra.addProperty("jdk", result.jdk());
        extra.addProperty("os", result.os());
        extra.addProperty("sandbox", result.sandbox());
        extra.addProperty("confined", result.confined());
        extra.addProperty("command", result.command());
        JsonArray flags = new JsonArray();
        result.flags().forEach(flags::add);
        extra.add("flags", flags);
        return extra;
    }
}
