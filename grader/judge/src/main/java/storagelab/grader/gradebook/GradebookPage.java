package storagelab.grader.gradebook;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import storagelab.grader.batch.Graded;
import storagelab.grader.model.TestKind;
import storagelab.grader.model.Verdict;
import storagelab.grader.report.Figures;
import storagelab.grader.report.HtmlPage;
import storagelab.grader.report.Markup;
import storagelab.grader.syllabus.Assignment;

/**
 * {@code index.html}: the gradebook for its instructor, on one page without scripts. It leads to the reports in the folders
 * next to it.
 */
public final class GradebookPage {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final int BANDS = 10;
    private static final int TESTS_SHOWN = 5;
    private static final int SLOW_SHOWN = 10;

    private final Markup html;
    private final Gradebook gradebook;
    private final Facts facts;

    private GradebookPage(Gradebook gradebook, Facts facts) {
        this.gradebook = gradebook;
        this.facts = facts;
        this.html = HtmlPage.open(gradebook.syllabus().title() + " · gradebook");
    }

    /**
     * What the page says about how it came about.
     *
     * @param seed of every random test
     * @param command what grades again
     * @param notes what a person should know about the whole run
     */
    public record Facts(long seed, String command, List<String> notes) {
        public Facts {
            notes = List.copyOf(notes);
        }
    }

    /** The file's content. */
    public static String render(Gradebook gradebook, Facts facts) {
        return new GradebookPage(gradebook, facts).page();
    }

    private String page() {
        header();
        html.open("main").newline();
        notices();
        distribution();
        exercises();
        pairs();
        slowest();
        students();
        html.close().newline();
        footer();
        return HtmlPage.close(html);
    }

    private void header() {
        long graded = gradebook.count(GradebookRow.Status.GRADED);
        html.open("header").newline().open("div", "class", "title");
        html.leaf("p", "Storage Lab · gradebook", "class", "eyebrow");
        html.leaf("h1", gradebook.syllabus().title());
        html.leaf(
                        "p",
                        Figures.counted(gradebook.rows().size(), "student") + " · " + graded + " graded · "
                                + gradebook.count(GradebookRow.Status.NOT_GRADED) + " not graded · "
                                + gradebook.count(GradebookRow.Status.MISSING) + " missing",
                        "class",
                        "tally")
                .close()
                .newline();
        List<Double> percents = percents();
        html.open("div", "class", "score").open("p", "class", "points");
        if (percents.isEmpty()) {
            html.leaf("strong", "no grades yet").close();
        } else {
            double median = percents.get(percents.size() / 2);
            html.leaf("strong", String.format(Locale.ROOT, "%.0f %%", median))
                    .text(" median")
                    .close();
            double mean =
                    percents.stream().mapToDouble(percent -> percent).average().orElse(0);
            html.leaf("p", String.format(Locale.ROOT, "%.1f %% on average", mean), "class", "percent");
        }
        html.close().close().newline();
    }

    /** Of each graded student, sorted. */
    private List<Double> percents() {
        return gradebook.rows().stream()
                .filter(row -> row.status() == GradebookRow.Status.GRADED)
                .map(row -> row.max() == 0 ? 0 : 100 * row.total() / row.max())
                .sorted()
                .toList();
    }

    private void notices() {
        List<GradebookRow> broken = gradebook.rows().stream()
                .filter(row -> row.status() == GradebookRow.Status.NOT_GRADED)
                .toList();
        if (!broken.isEmpty()) {
            html.open("section", "class", "notice broken").leaf("h2", "Could not be graded");
            html.leaf("p", "These students have no grades yet, which says nothing about their work.");
            html.open("ul").newline();
            for (GradebookRow row : broken) {
                String reason =
                        row.graded().map(graded -> graded.result().notGraded()).orElse("");
                html.open("li")
                        .leaf("strong", label(row))
                        .text(": " + reason)
                        .close()
                        .newline();
            }
            html.close().close().newline();
        }
        if (!facts.notes().isEmpty()) {
            html.open("section", "class", "notice")
                    .leaf("h2", "About this run")
                    .open("ul")
                    .newline();
            facts.notes().forEach(note -> html.leaf("li", note).newline());
            html.close().close().newline();
        }
    }

    private void distribution() {
        List<Double> percents = percents();
        if (percents.isEmpty()) {
            return;
        }
        int[] bands = new int[BANDS];
        for (double percent : percents) {
            bands[(int) Math.max(0, Math.min(BANDS - 1, percent * BANDS / 100))]++;
        }
        int most = 1;
        for (int band : bands) {
            most = Math.max(most, band);
        }
        html.open("section", "class", "overview").leaf("h2", "Grades").newline();
        html.open("table", "class", "bands")
                .leaf("caption", "How many students have how many percent", "class", "unseen");
        html.open("tbody").newline();
        for (int band = BANDS - 1; band >= 0; band--) {
            String label = band == BANDS - 1 ? "90 to 100 %, and more" : band * 10 + " to " + (band * 10 + 9) + " %";
            html.open("tr")
                    .leaf("th", label, "scope", "row")
                    .leaf("td", Integer.toString(bands[band]), "class", "number");
            html.open("td", "class", "wide");
            bar(100 * bands[band] / most);
            html.close().close().newline();
        }
        html.close().close().close().newline();
    }

    private void bar(int percent) {
        html.open("div", "class", "bar", "aria-hidden", "true")
                .leaf("span", "", "style", "width:" + percent + "%")
                .close();
    }

    private void exercises() {
        List<ExerciseStatistics> all = ExerciseStatistics.of(gradebook.rows().stream()
                .flatMap(row -> row.graded().stream())
                .map(Graded::result)
                .filter(result -> result.isGraded())
                .toList());
        html.open("section", "class", "lab")
                .open("div", "class", "head")
                .leaf("h2", "Exercises")
                .close();
        for (ExerciseStatistics exercise : all) {
            exercise(exercise);
        }
        html.close().newline();
    }

    private void exercise(ExerciseStatistics exercise) {
        boolean hasFailures = !exercise.failing().isEmpty();
        html.open("article", "class", "exercise");
        html.open(hasFailures ? "details" : "div");
        html.open(hasFailures ? "summary" : "div", hasFailures ? new String[0] : new String[] {"class", "summary"});
        html.open("h3")
                .leaf("span", exercise.id(), "class", "id")
                .text(" " + exercise.title())
                .close();
        html.leaf("span", tally(exercise), "class", "small");
        html.open("span", "class", "points")
                .leaf("strong", Math.round(100 * exercise.meanPart()) + " %")
                .text(" of its points")
                .close();
        html.close();
        if (hasFailures) {
            html.open("ul", "class", "tests").newline();
            exercise.failing().stream().limit(TESTS_SHOWN).forEach(test -> failing(test, exercise.count()));
            if (exercise.failing().size() > TESTS_SHOWN) {
                html.open("li")
                        .leaf("span", "and " + (exercise.failing().size() - TESTS_SHOWN) + " more", "class", "small")
                        .close();
            }
            html.close();
        }
        html.close().close().newline();
    }

    private static String tally(ExerciseStatistics exercise) {
        List<String> words = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            if (exercise.count(verdict) > 0) {
                words.add((exercise.count(verdict) + " " + verdict.describe()).replace(' ', '\u00a0'));
            }
        }
        return String.join(" · ", words);
    }

    private void failing(ExerciseStatistics.FailingTest test, int submissions) {
        html.open("li").open("div", "class", "line wide");
        html.leaf("strong", test.failures() + " of " + submissions, "class", "number");
        html.leaf("span", test.name(), "class", "name");
        html.leaf("span", test.kind() == TestKind.HIDDEN ? "hidden" : "public", "class", "small")
                .close();
        for (ExerciseStatistics.Message message : test.messages()) {
            html.leaf("pre", message.count() + " × " + message.text());
        }
        html.close().newline();
    }

    private void pairs() {
        if (gradebook.pairs().isEmpty()) {
            return;
        }
        html.open("section", "class", "overview").leaf("h2", "Possible copies").newline();
        html.leaf(
                "p",
                "Read both before you ask the students: the numbers say what is alike, and not why. Text that many students have, and text"
                        + " of the starter, is not counted.",
                "class",
                "small");
        html.open("div", "class", "scroll")
                .open("table", "class", "whole")
                .open("thead")
                .open("tr");
        html.leaf("th", "Submission", "scope", "col").leaf("th", "Submission", "scope", "col");
        html.leaf("th", "Alike", "scope", "col", "class", "number");
        html.leaf("th", "Sequences", "scope", "col", "class", "number")
                .close()
                .close()
                .open("tbody")
                .newline();
        for (SimilarPair pair : gradebook.pairs()) {
            html.open("tr").leaf("td", pair.first()).leaf("td", pair.second());
            html.leaf("td", pair.percent() + " %", "class", "number");
            html.leaf("td", Long.toString(pair.sequences()), "class", "number")
                    .close()
                    .newline();
        }
        html.close().close().close().close().newline();
    }

    private void slowest() {
        List<Graded> slow = gradebook.rows().stream()
                .flatMap(row -> row.graded().stream())
                .sorted(Comparator.comparingLong(
                                (Graded graded) -> graded.result().durationMillis())
                        .reversed())
                .distinct()
                .limit(SLOW_SHOWN)
                .toList();
        if (slow.isEmpty()) {
            return;
        }
        html.open("section", "class", "overview")
                .leaf("h2", "Longest to grade")
                .open("ul", "class", "plain")
                .newline();
        for (Graded graded : slow) {
            html.open("li").leaf("strong", Figures.millis(graded.result().durationMillis()));
            html.text(" " + graded.name()).close().newline();
        }
        html.close().close().newline();
    }

    private void students() {
        html.open("section", "class", "overview").leaf("h2", "Students").newline();
        html.open("div", "class", "scroll").open("table").open("thead").open("tr");
        html.leaf("th", "Student", "scope", "col").leaf("th", "Points", "scope", "col", "class", "number");
        html.leaf("th", "Handed in", "scope", "col").leaf("th", "Late", "scope", "col");
        html.leaf("th", "To look at", "scope", "col")
                .close()
                .close()
                .open("tbody")
                .newline();
        gradebook.rows().forEach(this::student);
        html.close().close().close().close().newline();
    }

    private void student(GradebookRow row) {
        html.open("tr").open("th", "scope", "row").text(label(row));
        if (row.graded().isPresent()) {
            String folder = "/" + GradebookFiles.folder(row) + "/report.html";
            html.open("span", "class", "small").text(" ");
            html.leaf("a", "full report", "href", GradebookFiles.DETAILS + folder)
                    .text(" · ");
            html.leaf("a", "as the student sees it", "href", GradebookFiles.REPORTS + folder)
                    .close();
        }
        html.close().open("td", "class", "number");
        if (row.status() == GradebookRow.Status.NOT_GRADED) {
            html.text("not graded");
        } else {
            html.leaf("strong", Figures.points(row.total())).text(" / " + Figures.points(row.max()));
        }
        html.close();
        String submitted = row.submitted()
                .map(time -> TIME.format(
                        ZonedDateTime.ofInstant(time, gradebook.syllabus().zone())))
                .orElse(row.status() == GradebookRow.Status.MISSING ? "missing" : "");
        html.leaf("td", submitted).leaf("td", late(row)).open("td");
        if (!row.flags().isEmpty()) {
            html.open("details", "class", "fold")
                    .leaf("summary", Figures.counted(row.flags().size(), "flag"));
            html.open("ul");
            row.flags().forEach(flag -> html.leaf("li", flag));
            html.close().close();
        }
        html.close().close().newline();
    }

    private static String late(GradebookRow row) {
        if (row.daysLate() == 0) {
            return "";
        }
        double lost = row.raw() - row.total();
        String cost = lost > 0 ? ", −" + Figures.points(lost) : ", free";
        return Figures.counted(row.daysLate(), "day") + cost;
    }

    private static String label(GradebookRow row) {
        String name = row.student().name();
        return name.isEmpty() ? row.student().id() : name + " (" + row.student().id() + ")";
    }

    private void footer() {
        html.open("footer").leaf("h2", "How to get the same again");
        html.leaf("pre", facts.command(), "class", "command").open("dl").newline();
        fact("Seed", Long.toString(facts.seed()));
        fact("Time zone", gradebook.syllabus().zone().getId());
        for (Assignment assignment : gradebook.syllabus().assignments()) {
            String due = assignment
                    .due()
                    .map(time -> ", due "
                            + TIME.format(ZonedDateTime.ofInstant(
                                    time, gradebook.syllabus().zone())))
                    .orElse("");
            fact(assignment.title(), Figures.points(assignment.points()) + " points" + due);
        }
        gradebook.rows().stream()
                .flatMap(row -> row.graded().stream())
                .findFirst()
                .map(Graded::result)
                .ifPresent(result -> {
                    fact("Grader", result.tool() + " " + result.version());
                    fact("JDK", result.jdk());
                    fact("Machine", result.os());
                    fact("Sandbox", result.sandbox());
                });
        html.close().close().newline();
    }

    private void fact(String name, String value) {
        html.open("div").leaf("dt", name).leaf("dd", value).close().newline();
    }
}
