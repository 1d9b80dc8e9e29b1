package storagelab.grader.cli;

import java.io.PrintWriter;
import java.util.List;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.model.CompileError;
import storagelab.grader.model.Verdict;
import storagelab.grader.practice.PracticeResult;

/** A {@link PracticeResult} in words on the screen. */
final class PracticeText {
    private static final int OUTPUT_LINES_SHOWN = 20;
    private static final int ERRORS_SHOWN = 10;
    private static final int TAB_COLUMNS = 8;

    private final LabContext context;
    private final PrintWriter out;

    PracticeText(LabContext context) {
        this.context = context;
        this.out = context.out();
    }

    /**
     * Prints everything.
     *
     * @param exercises what was tested, in the order of the result
     */
    void print(PracticeResult result, List<ExerciseSpec> exercises) {
        printErrors(result.compileErrors());
        for (int i = 0; i < exercises.size(); i++) {
            print(result.exercises().get(i), exercises.get(i));
        }
        out.flush();
    }

    private void printErrors(List<CompileError> errors) {
        for (CompileError error : errors.subList(0, Math.min(ERRORS_SHOWN, errors.size()))) {
            List<String> lines = error.message().lines().toList();
            String first = lines.isEmpty() ? "" : lines.get(0);
            out.println(context.styled("bold", error.place() + ":") + " " + context.styled("red", first));
            if (!error.sourceLine().isBlank()) {
                out.println("    " + expandTabs(error.sourceLine()));
            }
            if (error.column() > 0) {
                out.println("    " + " ".repeat((int) Math.min(200, error.column() - 1)) + "^");
            }
            lines.stream().skip(1).forEach(line -> out.println("    " + line.strip()));
        }
        if (errors.size() > ERRORS_SHOWN) {
            out.println("... and " + (errors.size() - ERRORS_SHOWN) + " more errors");
        }
        if (!errors.isEmpty()) {
            out.println("Such a file counts as it was handed out; the others count as they are.");
            out.println();
        }
    }

    private static String expandTabs(String line) {
        StringBuilder expanded = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            if (character == '\t') {
                expanded.append(" ".repeat(TAB_COLUMNS - expanded.length() % TAB_COLUMNS));
            } else {
                expanded.append(character);
            }
        }
        return expanded.toString();
    }

    private void print(PracticeResult.Exercise exercise, ExerciseSpec spec) {
        String title = context.styled("bold", exercise.id() + " " + exercise.title()) + ": ";
        switch (exercise.verdict()) {
            case PASSED ->
                out.println(title
                        + context.styled(
                                "green", "passed, all " + exercise.tests().size() + " tests") + ".");
            case NOT_STARTED -> {
                out.println(title + context.styled("yellow", "not started") + ".");
                out.println(
                        "  Write " + String.join(" and ", spec.files()) + "; the comment above the code is the task.");
                out.println("  Stuck? ./lab hint " + exercise.id());
            }
            case BLOCKED -> {
                out.println(title + context.styled("yellow", "blocked") + ".");
                out.println("  " + sentence(exercise.message()));
            }
            default -> printFailed(title, exercise);
        }
    }

    private void printFailed(String title, PracticeResult.Exercise exercise) {
        if (exercise.message().startsWith("does not compile")) {
            out.println(title + context.styled("red", sentence(exercise.message())));
            return;
        }
        if (exercise.tests().isEmpty()) {
            out.println(title + "there are no public tests for it; the hidden ones of the grading will tell.");
            return;
        }
        out.println(title
                + context.styled(
                        "red", exercise.passed() + " of " + exercise.tests().size() + " tests passed") + ".");
        if (exercise.passed() == exercise.tests().size()) {
            out.println("  It would have no points in the grading: " + exercise.message());
        }
        for (PracticeResult.Test test : exercise.tests()) {
            print(test);
        }
    }

    private void print(PracticeResult.Test test) {
        if (test.verdict() == Verdict.PASSED) {
            out.println("  " + context.styled("green", "✓") + " " + test.name());
            return;
        }
        String words =
                test.verdict() == Verdict.FAILED ? "" : " (" + test.verdict().describe() + ")";
        out.println("  " + context.styled("red", "✗") + " " + test.name() + words);
        test.message().strip().lines().forEach(line -> out.println("      " + line));
        if (!test.location().isEmpty()) {
            out.println("      at " + test.location());
        }
        List<String> printed = test.output().lines().toList();
        if (!printed.isEmpty()) {
            out.println("      it printed:");
            printed.stream().limit(OUTPUT_LINES_SHOWN).forEach(line -> out.println("        " + line));
        }
        if (printed.size() > OUTPUT_LINES_SHOWN) {
            out.println("        ... " + (printed.size() - OUTPUT_LINES_SHOWN) + " lines more");
        }
    }

    private static String sentence(String text) {
        String capital = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return capital.endsWith(".") || capital.endsWith("?") ? capital : capital + ".";
    }
}
