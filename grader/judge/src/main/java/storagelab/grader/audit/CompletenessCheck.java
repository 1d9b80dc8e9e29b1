package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.skeleton.ExerciseSkeleton;

/** Nothing of a lab and its exercises is missing, and what the README says of an exercise is what its code says. */
final class CompletenessCheck implements AuditCheck {
    private static final int HINTS_MIN = 2;
    private static final int HINTS_MAX = 3;

    /** A second-level heading of a hint file starts one hint. */
    private static final Pattern HINT = Pattern.compile("(?m)^## ");

    private static final Pattern TABLE_ROW = Pattern.compile("(?m)^\\|\\s*(\\d+\\.\\d+)\\s*\\|(.*)\\|\\s*$");

    @Override
    public String name() {
        return "complete";
    }

    @Override
    public String claim() {
        return "every lab has its points, pages and experiments, every exercise its tests, hints and row, every test its one"
                + " exercise";
    }

    @Override
    public boolean runsTests() {
        return false;
    }

    @Override
    public CheckResult run(AuditScope scope) throws IOException {
        CheckResult.Builder result = CheckResult.of(this);
        for (Lab lab : scope.labs()) {
            List<AuditTest> publicTests = scope.wanted(scope.publicTests(lab));
            List<AuditTest> hiddenTests = scope.wanted(scope.hiddenTests(lab));
            for (ExerciseSpec exercise : scope.exercises(lab)) {
                checkTests(exercise, publicTests, "public", result);
                checkTests(exercise, hiddenTests, "hidden", result);
                checkHints(scope.tree(lab).hints().resolve(exercise.id() + ".md"), result);
                for (String place : ExerciseSkeleton.unfinished(files(scope, lab, exercise))) {
                    result.finding("exercise %s still has the %s of its skeleton: %s"
                            .formatted(exercise.id(), ExerciseSkeleton.MARK, place));
                }
                if (exercise.hours() <= 0
                        || exercise.points() <= 0
                        || exercise.title().isBlank()) {
                    result.finding("exercise " + exercise.id() + " lacks hours, points or a title");
                }
            }
            Set<String> known = lab.exercises().stream().map(ExerciseSpec::id).collect(Collectors.toSet());
            hiddenTests.forEach(test -> checkHidden(test, known, result));
            publicTests.forEach(test -> checkPublic(test, known, result));
            checkReadme(scope.exercises(lab), scope.tree(lab).readme(), result);
            if (scope.only().isEmpty()) {
                LabPages.check(scope, lab, result);
            }
        }
        return result.build();
    }

    /** All files that are of {@code exercise} alone. */
    private static List<Path> files(AuditScope scope, Lab lab, ExerciseSpec exercise) throws IOException {
        Set<Path> files = new LinkedHashSet<>();
        exercise.files().forEach(file -> files.add(scope.home().resolve(file)));
        String tag = "@Tag(\"" + exercise.id() + "\")";
        Path material = scope.material(lab);
        for (Path tests : List.of(scope.tree(lab).testSources(), material.resolve("hidden"))) {
            for (Path test : LabTree.filesBelow(tests, ".java")) {
                if (Files.readString(test).contains(tag)) {
                    files.add(test);
                }
            }
        }
        files.addAll(LabTree.filesBelow(material.resolve("zoo").resolve(exercise.id()), ""));
        files.add(scope.tree(lab).hints().resolve(exercise.id() + ".md"));
        files.add(material.resolve("contracts").resolve(exercise.id() + ".txt"));
        return files.stream().filter(Files::exists).toList();
    }

    private static void checkTests(
            ExerciseSpec exercise, List<AuditTest> tests, String kind, CheckResult.Builder result) {
        if (tests.stream().noneMatch(test -> test.belongsTo(exercise.id()))) {
            result.finding("exercise " + exercise.id() + " has no " + kind + " test");
        }
    }

    private static void checkHints(Path file, CheckResult.Builder result) throws IOException {
        if (!Files.exists(file)) {
            result.finding("there is no " + file.getFileName() + " with hints");
            return;
        }
        long hints = HINT.matcher(Files.readString(file)).results().count();
        if (hints < HINTS_MIN || hints > HINTS_MAX) {
            result.finding("%s has %d hints; two or three are wanted".formatted(file.getFileName(), hints));
        }
    }

    private static void checkHidden(AuditTest test, Set<String> known, CheckResult.Builder result) {
        List<String> exercises = test.exercises();
        if (exercises.size() != 1 || !known.containsAll(exercises)) {
            result.finding("hidden test %s belongs to %s and not to one exercise"
                    .formatted(test.planned().id(), exercises));
        }
        String method = test.planned().id().substring(test.planned().id().lastIndexOf('.') + 1);
        if (test.planned().name().replace(" ", "").equalsIgnoreCase(method)) {
            result.finding("hidden test " + test.planned().id() + " has no display name that says its property");
        }
    }

    private static void checkPublic(AuditTest test, Set<String> known, CheckResult.Builder result) {
        if (test.exercises().size() > 1 || !known.containsAll(test.exercises())) {
            result.finding("public test %s belongs to %s and not to one exercise"
                    .formatted(test.planned().id(), test.exercises()));
        }
    }

    /** The README has a table row for each exercise, with its points, difficulty, hours and what it needs. */
    private static void checkReadme(List<ExerciseSpec> exercises, Path readme, CheckResult.Builder result)
            throws IOException {
        String text = Files.exists(readme) ? Files.readString(readme) : "";
        Set<String> listed = new TreeSet<>();
        for (Matcher row = TABLE_ROW.matcher(text); row.find(); ) {
            exercises.stream()
                    .filter(exercise -> exercise.id().equals(row.group(1)))
                    .filter(exercise -> listed.add(exercise.id()))
                    .forEach(exercise -> checkRow(exercise, row.group(2), result));
        }
        for (ExerciseSpec exercise : exercises) {
            if (!listed.contains(exercise.id())) {
                result.finding("%s has no table row for exercise %s".formatted(readme.getFileName(), exercise.id()));
            }
        }
    }

    private static void checkRow(ExerciseSpec exercise, String row, CheckResult.Builder result) {
        if (row.contains(ExerciseSkeleton.MARK)) {
            result.finding(
                    "the README's row of exercise %s does not say what the student writes".formatted(exercise.id()));
        }
        List<String> cells = Pattern.compile("\\|")
                .splitAsStream(row)
                .map(cell -> cell.replaceAll("[*`]|\\[|\\]\\([^)]*\\)", "").strip())
                .toList();
        String hours = exercise.hours() == Math.rint(exercise.hours())
                ? Long.toString(Math.round(exercise.hours()))
                : Double.toString(exercise.hours());
        List<String> wantedCells = List.of(
                Integer.toString(exercise.points()),
                exercise.difficulty().name().toLowerCase(Locale.ROOT),
                hours,
                String.join(", ", exercise.needs()));
        for (String wanted : wantedCells) {
            if (!cells.contains(wanted)) {
                result.finding("the README's row of exercise %s does not say '%s'".formatted(exercise.id(), wanted));
            }
        }
    }
}
