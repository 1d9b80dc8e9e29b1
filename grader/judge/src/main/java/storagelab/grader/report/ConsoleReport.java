package storagelab.grader.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import storagelab.grader.model.BenchmarkPoints;
import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.model.BenchmarkVerdict;
import storagelab.grader.model.CompileError;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.GradeResult;
import storagelab.grader.model.LabResult;
import storagelab.grader.model.OwnLabsResult;
import storagelab.grader.model.TestResult;
import storagelab.grader.model.Verdict;

/** The result as a short table for the console; the pages have the rest. */
public final class ConsoleReport {
    private static final int NOTE_LINES = 3;
    private static final int FLAG_LINES = 4;
    private static final int ERRORS_SHOWN = 12;
    private static final int ID_COLUMNS = 8;
    private static final int VERDICT_COLUMNS = 13;
    private static final int POINTS_COLUMNS = 15;
    private static final int COUNT_COLUMNS = 8;
    private static final int PROBLEMS_SHOWN = 3;

    private final Ink ink;
    private final int columns;
    private final StringBuilder out = new StringBuilder();

    private ConsoleReport(Ink ink, int columns) {
        this.ink = ink;
        this.columns = Math.max(72, Math.min(columns, 140));
    }

    /** Whether the console shows colours. */
    public enum Ink {
        /** ANSI colours: only for a terminal. */
        COLOURS,
        /** Plain text. */
        PLAIN
    }

    /** The table, for a console that is {@code columns} wide. */
    public static String render(GradeResult result, Ink ink, int columns) {
        return new ConsoleReport(ink, columns).write(result);
    }

    private String write(GradeResult result) {
        line(bold(clean(result.submission())));
        for (LabResult lab : result.labs()) {
            lab(lab);
        }
        line("");
        score(result);
        for (String flag : result.flags()) {
            String mark = colour(Colour.YELLOW, "! ");
            for (String part : wrapped(PlainText.firstLine(flag, FLAG_LINES * columns), columns - 2)) {
                line(mark + part);
                mark = "  ";
            }
        }
        line(dim("Storage Lab " + result.version() + ", seed " + result.seed() + ", JDK " + result.jdk() + ", "
                + Figures.millis(result.durationMillis())));
        line(dim("sandbox: " + clean(result.sandbox())));
        line(dim("again: " + clean(result.command())));
        return out.toString();
    }

    private void score(GradeResult result) {
        if (result.isGraded()) {
            int percent = Figures.percent(result.score(), result.maxScore());
            line(bold("Score " + pointsOf(result.score(), result.maxScore())) + "  " + percent + " %");
            return;
        }
        String words = PlainText.firstLine("Could not be graded: " + result.notGraded(), FLAG_LINES * columns);
        wrapped(words, columns).forEach(part -> line(bold(colour(Colour.YELLOW, part))));
    }

    /** The text in lines, broken at spaces where there are any. */
    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    private void lab(LabResult lab) {
        line("");
        String heading = "Lab " + lab.number() + "  " + lab.title();
        line(bold(pad(heading, columns - POINTS_COLUMNS)
                + padLeft(pointsOf(lab.earned(), lab.points()), POINTS_COLUMNS)));
        List<CompileError> errors = lab.compileErrors();
        for (CompileError error : errors.subList(0, Math.min(ERRORS_SHOWN, errors.size()))) {
            String what = error.isRefusal() ? "  " : "  does not compile: ";
            line(colour(Colour.RED, what) + PlainText.firstLine(error.describe(), columns - what.length()));
        }
        if (errors.size() > ERRORS_SHOWN) {
            line("  and " + (errors.size() - ERRORS_SHOWN) + " more errors of the compiler, in the report");
        }
        lab.exercises().forEach(this::exercise);
        if (lab.hasSecondScore()) {
            note(OwnLabsText.ofLab(lab));
        }
        if (!lab.benchmarks().isEmpty()) {
            line("  Benchmarks");
            note(BenchmarkPoints.describe());
        }
        lab.benchmarks().forEach(this::benchmark);
    }

    private void exercise(ExerciseResult exercise) {
        int total = exercise.tests().size();
        String tests = total == 0 ? "" : exercise.count(Verdict.PASSED) + "/" + total;
        row(
                new Row(exercise.id(), exercise.title(), exercise.verdict().describe(), tests),
                colourOf(exercise.verdict()),
                exercise.verdict() == Verdict.NOT_GRADED
                        ? "- / " + Figures.points(exercise.points())
                        : pointsOf(exercise.earned(), exercise.points()));
        if (exercise.verdict() == Verdict.PASSED) {
            note(exercise.message());
            ownLabs(exercise);
            return;
        }
        List<TestResult> problems =
                exercise.tests().stream().filter(test -> isNews(test.verdict())).toList();
        if (problems.isEmpty() || exercise.verdict() == Verdict.BLOCKED) {
            note(exercise.message());
        }
        for (TestResult test : problems.subList(0, Math.min(PROBLEMS_SHOWN, problems.size()))) {
            note(TestText.headline(test));
            note("  ", test.message());
        }
        if (problems.size() > PROBLEMS_SHOWN) {
            note("and " + (problems.size() - PROBLEMS_SHOWN) + " more, in the report");
        }
        if (TestText.hasPublicFailure(exercise)) {
            note(TestText.HOW_TO_RUN + TestText.command(exercise));
        }
        ownLabs(exercise);
    }

    /** The second score, where it says something that the first does not. */
    private void ownLabs(ExerciseResult exercise) {
        OwnLabsResult second = exercise.onOwnLabs();
        if (second != null && second.passed() != exercise.count(Verdict.PASSED)) {
            note(second.describe());
        }
    }

    /** Tests that only say again that something was not written are not worth a line each. */
    private static boolean isNews(Verdict test) {
        return test != Verdict.PASSED && test != Verdict.NOT_STARTED && test != Verdict.BLOCKED;
    }

    private void benchmark(BenchmarkResult benchmark) {
        BenchmarkResult.Ratio ratio = benchmark.ratio();
        String times = ratio == null ? "" : Figures.ratio(ratio.value()) + "x";
        row(
                new Row("", benchmark.title(), benchmark.verdict().describe(), times),
                colourOf(benchmark.verdict()),
                benchmark.verdict() == BenchmarkVerdict.NOT_GRADED
                        ? "- / " + Figures.points(benchmark.points())
                        : pointsOf(benchmark.earned(), benchmark.points()));
        for (BenchmarkResult.Counter counter : benchmark.counters()) {
            if (!counter.ok()) {
                note(BenchmarkText.counter(counter));
            }
        }
        if (benchmark.verdict() != BenchmarkVerdict.PASSED) {
            note(benchmark.message());
        }
    }

    private record Row(String id, String title, String verdict, String count) {}

    private void row(Row row, Colour colour, String points) {
        int titleColumns = columns - 2 - ID_COLUMNS - VERDICT_COLUMNS - COUNT_COLUMNS - POINTS_COLUMNS;
        line("  " + pad(row.id(), ID_COLUMNS) + pad(PlainText.firstLine(row.title(), titleColumns - 1), titleColumns)
                + colour(colour, pad(row.verdict(), VERDICT_COLUMNS)) + padLeft(row.count(), COUNT_COLUMNS)
                + padLeft(points, POINTS_COLUMNS));
    }

    private void note(String text) {
        note("", text);
    }

    private void note(String indent, String text) {
        if (!text.isBlank()) {
            String margin = " ".repeat(2 + ID_COLUMNS) + indent;
            int width = columns - margin.length();
            String inOneLine = text.strip().replaceAll("\\s*\\R\\s*", " ");
            for (String part : wrapped(PlainText.firstLine(inOneLine, NOTE_LINES * width), width)) {
                line(margin + dim(part));
            }
        }
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }

    private static String clean(String text) {
        return PlainText.firstLine(text, 1_000);
    }

    private static String pointsOf(double earned, double points) {
        return Figures.points(earned) + " / " + Figures.points(points);
    }

    private static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - text.length()));
    }

    private static String padLeft(String text, int columns) {
        return " ".repeat(Math.max(0, columns - text.length())) + text;
    }

    private static Colour colourOf(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> Colour.GREEN;
            case FAILED, TIMED_OUT, CRASHED -> Colour.RED;
            case BLOCKED, GRADER_ERROR, NOT_GRADED -> Colour.YELLOW;
            case NOT_STARTED -> Colour.GREY;
        };
    }

    private static Colour colourOf(BenchmarkVerdict verdict) {
        return switch (verdict) {
            case PASSED -> Colour.GREEN;
            case FAILED -> Colour.RED;
            case PARTIAL, TOO_NOISY, NOT_GRADED -> Colour.YELLOW;
            case NOT_RUN -> Colour.GREY;
        };
    }

    private String bold(String text) {
        return colour(Colour.BOLD, text);
    }

    private String dim(String text) {
        return colour(Colour.GREY, text);
    }

    private String colour(Colour colour, String text) {
        return ink == Ink.PLAIN ? text : String.format(Locale.ROOT, "\u001b[%dm%s\u001b[0m", colour.code, text);
    }

    /** Select Graphic Rendition codes. */
    private enum Colour {
        BOLD(1),
        RED(31),
        GREEN(32),
        YELLOW(33),
        GREY(90);

        private final int code;

        Colour(int code) {
            this.code = code;
        }
    }
}
