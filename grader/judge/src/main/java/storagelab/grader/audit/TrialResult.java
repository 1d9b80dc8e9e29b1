package storagelab.grader.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import storagelab.grader.model.CompileError;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.GradeResult;
import storagelab.grader.model.LabResult;
import storagelab.grader.model.TestResult;
import storagelab.grader.report.ConsoleReport;
import storagelab.grader.report.ReportFormat;

/** What a result says, in the forms that a check compares. */
final class TrialResult {
    private static final int COLUMNS = 100;
    private static final int WORDS_MAX = 600;

    /** A tag that attacks write into messages and names; a page must not have it as a tag. */
    private static final String MARKUP = "<b id=attack";

    private TrialResult() {}

    /** Every sentence of the result about the submission. */
    static String words(GradeResult result) {
        List<String> words = new ArrayList<>(result.flags());
        words.add(result.notGraded());
        for (LabResult lab : result.labs()) {
            for (ExerciseResult exercise : lab.exercises()) {
                words.add(exercise.message());
                exercise.tests().stream().map(TestResult::message).forEach(words::add);
            }
            lab.compileErrors().stream().map(CompileError::charge).forEach(words::add);
        }
        return String.join("\n", words);
    }

    /** The beginning of them, each once. */
    static String shortWords(GradeResult result) {
        String words = words(result).lines().distinct().collect(Collectors.joining(" / "));
        return words.length() <= WORDS_MAX ? words : words.substring(0, WORDS_MAX) + " ...";
    }

    /** All of it but times: two gradings of one submission must have the same. */
    static String fixed(GradeResult result) {
        String exercises = result.labs().stream()
                .flatMap(lab -> lab.exercises().stream())
                .map(exercise -> exercise.id() + " " + exercise.verdict() + " " + exercise.earned() + "/"
                        + exercise.points() + " "
                        + exercise.tests().stream()
                                .map(test -> test.id() + "=" + test.verdict())
                                .collect(Collectors.joining(",")))
                .collect(Collectors.joining("; "));
        return exercises + "\n" + words(result);
    }

    /** {@code "0 of 4, timed out"}. */
    static String got(GradeResult result) {
        String verdicts = result.labs().stream()
                .flatMap(lab -> lab.exercises().stream())
                .map(exercise -> exercise.verdict().describe())
                .distinct()
                .collect(Collectors.joining(", "));
        if (!result.isGraded()) {
            return "not graded";
        }
        return "%s of %s, %s".formatted(number(result.score()), number(result.maxScore()), verdicts);
    }

    private static String number(double points) {
        return points == Math.rint(points)
                ? Long.toString(Math.round(points))
                : String.format(Locale.ROOT, "%.2f", points);
    }

    /** What of the submission comes through into a report as a command to a browser or a terminal. */
    static List<String> injections(GradeResult result) throws IOException {
        List<String> found = new ArrayList<>();
        for (ReportFormat format : ReportFormat.values()) {
            StringBuilder text = new StringBuilder();
            format.write(result, text);
            check(format.fileName(), text.toString(), found);
            if (format == ReportFormat.HTML && text.indexOf(MARKUP) >= 0) {
                found.add(format.fileName() + " has a tag of the submission");
            }
        }
        check("the console", ConsoleReport.render(result, ConsoleReport.Ink.PLAIN, COLUMNS), found);
        return found;
    }

    private static void check(String where, String text, List<String> found) {
        boolean hasControl = text.chars()
                .anyMatch(unit -> Character.isISOControl(unit) && unit != '\n' && unit != '\t' && unit != '\r');
        if (hasControl) {
            found.add(where + " has a control character of the submission");
        }
    }
}
