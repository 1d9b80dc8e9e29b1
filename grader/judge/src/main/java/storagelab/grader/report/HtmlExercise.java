package storagelab.grader.report;

import java.util.Locale;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.OwnLabsResult;
import storagelab.grader.model.TestKind;
import storagelab.grader.model.TestResult;
import storagelab.grader.model.Verdict;

/** An exercise on the page: a fold that is open when there is something to read. */
final class HtmlExercise {
    private HtmlExercise() {}

    static void write(Markup html, ExerciseResult exercise) {
        String[] attributes = {"class", "exercise " + tone(exercise.verdict()), "id", anchor(exercise)};
        String[] unfolded = {"class", "exercise " + tone(exercise.verdict()), "id", anchor(exercise), "open", "open"};
        html.open("details", isNews(exercise) ? unfolded : attributes).open("summary");
        html.open("h3")
                .leaf("span", exercise.id(), "class", "id")
                .text(" " + exercise.title())
                .close();
        badge(html, exercise.verdict());
        html.leaf("span", testsPassed(exercise), "class", "small");
        html.open("span", "class", "points").leaf("strong", earned(exercise));
        html.text(" / " + Figures.points(exercise.points())).close().close().newline();
        if (!exercise.message().isEmpty()) {
            html.leaf("p", exercise.message(), "class", "why").newline();
        }
        OwnLabsResult second = exercise.onOwnLabs();
        if (second != null) {
            html.open("p", "class", "small own");
            badge(html, second.verdict());
            html.text(" " + second.describe()).close().newline();
        }
        if (!exercise.tests().isEmpty()) {
            html.open("ul", "class", "tests").newline();
            exercise.tests().forEach(test -> test(html, test));
            html.close().newline();
        }
        if (TestText.hasPublicFailure(exercise)) {
            html.open("p", "class", "small").text(TestText.HOW_TO_RUN);
            html.leaf("code", TestText.command(exercise)).close().newline();
        }
        html.close().newline();
    }

    private static boolean isNews(ExerciseResult exercise) {
        OwnLabsResult second = exercise.onOwnLabs();
        boolean otherwiseOnOwnLabs = second != null && second.passed() != exercise.count(Verdict.PASSED);
        return otherwiseOnOwnLabs
                || (exercise.verdict() != Verdict.PASSED && exercise.verdict() != Verdict.NOT_STARTED);
    }

    private static void test(Markup html, TestResult test) {
        html.open("li").open("div", "class", "line");
        badge(html, test.verdict());
        html.open("span", "class", "name").text(test.name());
        html.open("span", "class", "small").text(" · " + test.kind().describe());
        if (test.kind() == TestKind.PUBLIC) {
            html.text(" ").leaf("code", test.id());
        }
        html.close().close();
        html.leaf("span", Figures.millis(test.millis()), "class", "small number");
        html.leaf(
                        "span",
                        Figures.points(test.earned()) + " / " + Figures.points(test.points()),
                        "class",
                        "small number")
                .close();
        if (!test.message().isEmpty()) {
            html.leaf("pre", test.message());
        }
        if (!test.location().isEmpty()) {
            html.open("p", "class", "small at")
                    .text("at ")
                    .leaf("code", test.location())
                    .close();
        }
        html.close().newline();
    }

    /** The verdict in words, on its colour. */
    static void badge(Markup html, Verdict verdict) {
        html.leaf("span", verdict.describe(), "class", "badge " + tone(verdict));
    }

    /** The class of the style sheet for a verdict. */
    static String tone(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "good";
            case FAILED, TIMED_OUT, CRASHED -> "bad";
            case BLOCKED, GRADER_ERROR, NOT_GRADED -> "odd";
            case NOT_STARTED -> "calm";
        };
    }

    /** What it brought; a dash if it could not be graded. */
    static String earned(ExerciseResult exercise) {
        return exercise.verdict() == Verdict.NOT_GRADED ? "–" : Figures.points(exercise.earned());
    }

    static String anchor(ExerciseResult exercise) {
        return "exercise-" + exercise.id().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]", "-");
    }

    static String testsPassed(ExerciseResult exercise) {
        int total = exercise.tests().size();
        return total == 0 ? "no tests" : exercise.count(Verdict.PASSED) + " of " + Figures.counted(total, "test");
    }
}
