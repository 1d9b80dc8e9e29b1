package storagelab.grader.report;

import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;
import storagelab.grader.model.CompileError;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.GradeResult;
import storagelab.grader.model.LabResult;
import storagelab.grader.model.TestResult;
import storagelab.grader.model.Verdict;

/**
 * {@code report.html}: the whole result on one page, without scripts, network or further files.
 *
 * <p>Colour is never the only sign: every verdict stands there in words.
 */
public final class HtmlReport {
    private final Markup html;
    private final GradeResult result;

    private HtmlReport(GradeResult result) {
        this.result = result;
        this.html = HtmlPage.open(result.submission() + " · Storage Lab");
    }

    /** The file's content. */
    public static String render(GradeResult result) {
        return new HtmlReport(result).page();
    }

    private String page() {
        header();
        html.open("main").newline();
        notGraded();
        flags();
        overview();
        result.labs().forEach(this::lab);
        html.close().newline();
        footer();
        return HtmlPage.close(html);
    }

    private void header() {
        int percent = Figures.percent(result.score(), result.maxScore());
        html.open("header").newline().open("div", "class", "title");
        html.leaf("p", "Storage Lab · grading report", "class", "eyebrow");
        html.leaf("h1", result.submission());
        html.leaf("p", tally(), "class", "tally").close().newline();
        html.open("div", "class", "score");
        if (result.isGraded()) {
            html.open("p", "class", "points").leaf("strong", Figures.points(result.score()));
            html.text(" / " + Figures.points(result.maxScore()) + " points").close();
            bar(percent);
            html.leaf("p", percent + " %", "class", "percent").close().newline();
        } else {
            html.open("p", "class", "points").leaf("strong", "not graded").close();
            html.close().newline();
        }
        html.close().newline();
    }

    /** {@code "3 passed · 1 failed · 6 not started"}. */
    private String tally() {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        for (LabResult lab : result.labs()) {
            lab.exercises().forEach(exercise -> counts.merge(exercise.verdict(), 1, Integer::sum));
        }
        StringJoiner words = new StringJoiner(" · ");
        counts.forEach((verdict, count) -> words.add((count + " " + verdict.describe()).replace(' ', '\u00a0')));
        return counts.isEmpty() ? "no exercises" : "Exercises: " + words;
    }

    private void bar(int percent) {
        html.open("div", "class", "bar", "aria-hidden", "true");
        html.leaf("span", "", "style", "width:" + percent + "%").close();
    }

    private void notGraded() {
        if (!result.isGraded()) {
            html.open("section", "class", "notice broken").leaf("h2", "Could not be graded");
            html.leaf("p", result.notGraded()).close().newline();
        }
    }

    private void flags() {
        if (result.flags().isEmpty()) {
            return;
        }
        html.open("section", "class", "notice flags")
                .leaf("h2", "To look at")
                .open("ul")
                .newline();
        result.flags().forEach(flag -> html.leaf("li", flag).newline());
        html.close().close().newline();
    }

    private void overview() {
        html.open("section", "class", "overview").leaf("h2", "At a glance").newline();
        html.open("table").leaf("caption", "Exercises, how they ended, and their points", "class", "unseen");
        html.open("thead").open("tr");
        html.leaf("th", "Exercise", "scope", "col").leaf("th", "Verdict", "scope", "col");
        html.leaf("th", "Tests", "scope", "col").leaf("th", "Points", "scope", "col", "class", "number");
        html.close().close().open("tbody").newline();
        for (LabResult lab : result.labs()) {
            lab.exercises().forEach(this::overviewRow);
        }
        html.close().close().close().newline();
    }

    private void overviewRow(ExerciseResult exercise) {
        html.open("tr").open("th", "scope", "row");
        html.open("a", "href", "#" + HtmlExercise.anchor(exercise));
        html.leaf("span", exercise.id(), "class", "id")
                .text(" " + exercise.title())
                .close()
                .close();
        html.open("td");
        HtmlExercise.badge(html, exercise.verdict());
        html.close().open("td").open("span", "class", "dots", "aria-hidden", "true");
        for (TestResult test : exercise.tests()) {
            html.leaf(
                    "i",
                    "",
                    "class",
                    HtmlExercise.tone(test.verdict()),
                    "title",
                    test.verdict().describe());
        }
        html.close()
                .leaf("span", HtmlExercise.testsPassed(exercise), "class", "small")
                .close();
        html.open("td", "class", "number").leaf("strong", HtmlExercise.earned(exercise));
        html.text(" / " + Figures.points(exercise.points())).close().close().newline();
    }

    private void lab(LabResult lab) {
        html.open("section", "class", "lab").open("div", "class", "head");
        html.leaf("h2", "Lab " + lab.number() + " · " + lab.title());
        html.open("p", "class", "points").leaf("strong", Figures.points(lab.earned()));
        html.text(" / " + Figures.points(lab.points())).close().close().newline();
        if (lab.hasSecondScore()) {
            html.leaf("p", OwnLabsText.ofLab(lab), "class", "small own").newline();
        }
        compileErrors(lab);
        lab.exercises().forEach(exercise -> HtmlExercise.write(html, exercise));
        if (!lab.benchmarks().isEmpty()) {
            HtmlBenchmark.writeAll(html, lab.benchmarks());
        }
        html.close().newline();
    }

    private void compileErrors(LabResult lab) {
        if (lab.compileErrors().isEmpty()) {
            return;
        }
        boolean allCompile = lab.compileErrors().stream().allMatch(CompileError::isRefusal);
        String heading = allCompile ? "Refused" : "Does not compile";
        html.open("section", "class", "notice broken").leaf("h3", heading);
        html.leaf("p", "These files were judged as if untouched; the others as they are.");
        html.open("ul").newline();
        for (CompileError error : lab.compileErrors()) {
            String place = error.place();
            html.open("li")
                    .leaf("code", place, "class", "place")
                    .leaf("pre", snippet(error))
                    .close()
                    .newline();
        }
        html.close().close().newline();
    }

    /** The message, and the line with a caret below the column, as javac shows it. */
    private static String snippet(CompileError error) {
        if (error.sourceLine().isEmpty()) {
            return error.message();
        }
        String line = error.sourceLine().replace('\t', ' ');
        boolean inside = error.column() > 0 && error.column() <= line.length() + 1;
        String caret = inside ? "\n" + " ".repeat((int) error.column() - 1) + "^" : "";
        return error.message() + "\n\n" + line + caret;
    }

    private void footer() {
        html.open("footer").leaf("h2", "How to get the same again");
        html.leaf("pre", result.command(), "class", "command").open("dl").newline();
        fact("Grader", result.tool() + " " + result.version());
        fact("Seed", Long.toString(result.seed()));
        fact("JDK", result.jdk());
        fact("Machine", result.os());
        fact("Sandbox", result.sandbox());
        fact("Started", result.startedAt());
        fact("Took", Figures.millis(result.durationMillis()));
        html.close().close().newline();
    }

    private void fact(String name, String value) {
        html.open("div").leaf("dt", name).leaf("dd", value).close().newline();
    }
}
