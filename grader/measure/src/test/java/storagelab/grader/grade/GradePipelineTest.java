package storagelab.grader.grade;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import storagelab.grader.LabException;
import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.model.BenchmarkVerdict;
import storagelab.grader.model.CompileError;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.GradeResult;
import storagelab.grader.model.LabResult;
import storagelab.grader.model.TestKind;
import storagelab.grader.model.TestResult;
import storagelab.grader.model.Verdict;
import storagelab.grader.rules.ClassRules;
import storagelab.grader.rules.SubmissionRules;
import storagelab.grader.run.Limits;
import storagelab.grader.run.Sandbox;
import storagelab.grader.run.Sandboxes;
import storagelab.grader.run.TimeLimits;
import storagelab.grader.starter.WorkspaceWriter;
import storagelab.grader.workspace.Workspace;

/** Whole submissions, from a directory to a score. */
class GradePipelineTest {
    private static final String MAIN = "lab-01-binary-search/src/main/java/";
    private static final String TABLE_BUILDER = "storagelab/sortedlog/SortedTableBuilder.java";

    private static final String EMPTY_TEST = "package storagelab.search; class BinarySearchTest {}";

    /** What becomes of 1.1 finished, with an empty test of its own in the place of the public one. */
    private static GradeResult searchFinished;

    /** What becomes of 1.1 finished, with files that no compiler takes beside it, on a machine too busy for benchmarks. */
    private static GradeResult oddFiles;

    @TempDir
    Path submission;

    @BeforeAll
    static void grade(@TempDir Path home) throws Exception {
        searchFinished = gradeIn(SampleLab.context(), submitSearch(home.resolve("search")), 2);
        BenchmarkResult busy = new BenchmarkResult(
                "1.search", "Search", List.of(), null, BenchmarkVerdict.NOT_GRADED, TimeLimits.MACHINE_TO_BLAME, 4, 0);
        GradeContext busyMachine =
                SampleLab.context(Sandboxes.confined(), ClassRules::violations, Optional.of(lab -> List.of(busy)));
        oddFiles = gradeIn(busyMachine, submitOddFiles(home.resolve("odd")), 2);
    }

    private static Path submitSearch(Path directory) throws IOException {
        SortedMap<String, String> texts = SampleLab.starterWith(SampleLab.BINARY_SEARCH);
        texts.put("storagelab/search/BinarySearchTest.java", EMPTY_TEST);
        submit(directory, texts);
        Path ownTest = directory.resolve(MAIN.replace("/main/", "/test/") + "storagelab/search/BinarySearchTest.java");
        Files.createDirectories(ownTest.getParent());
        Files.writeString(ownTest, EMPTY_TEST);
        return directory;
    }

    private static Path submitOddFiles(Path directory) throws IOException {
        SortedMap<String, String> texts = SampleLab.starterWith(SampleLab.BINARY_SEARCH);
        String search = texts.getOrDefault(SampleLab.BINARY_SEARCH, "");
        String oddNames = " static final class Gr\u00F6\u00DFe {} static final class " + "L".repeat(300) + " {} ";
        texts.put(SampleLab.BINARY_SEARCH, beforeTheEnd(search, oddNames));
        StringBuilder huge = new StringBuilder(" static final String A0 = \"" + "x".repeat(60_000) + "\";");
        for (int i = 1; i < 100; i++) {
            huge.append(" static final String A" + i + " = A0 + " + i + ";");
        }
        String log = texts.getOrDefault(SampleLab.RECORD_LOG, "");
        texts.put(SampleLab.RECORD_LOG, beforeTheEnd(log, huge.toString()));
        submit(directory, texts);
        Files.write(directory.resolve(MAIN + TABLE_BUILDER), "// caf\u00E9".getBytes(StandardCharsets.ISO_8859_1));
        return directory;
    }

    private void submit(SortedMap<String, String> texts) throws IOException {
        submit(submission, texts);
    }

    private static void submit(Path directory, SortedMap<String, String> texts) throws IOException {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = directory.resolve(MAIN + text.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.getValue());
        }
    }

    private GradeResult grade(double timeoutScale) throws Exception {
        return gradeIn(SampleLab.context(), submission, timeoutScale);
    }

    /** Grading that refuses no class, so that what stands behind the rules is attacked. */
    private GradeResult gradeWithoutRules(double timeoutScale) throws Exception {
        SubmissionRules none = (classes, sources, isStudentSource) -> Map.of();
        return gradeIn(SampleLab.context(Sandboxes.confined(), none, Optional.empty()), submission, timeoutScale);
    }

    private static GradeResult gradeIn(GradeContext context, Path directory, double timeoutScale) throws Exception {
        GradeOptions options = new GradeOptions(Set.of(1), 7, new TimeLimits(timeoutScale));
        return new GradePipeline(context, options).grade(directory, "./lab grade w --seed 7");
    }

    @Test
    void onlyTheExercisesThatWereAskedForAreGraded() throws Exception {
        submit(SampleLab.starterWith(SampleLab.BINARY_SEARCH));
        GradeOptions options = new GradeOptions(Set.of(), Set.of("1.1"), 7, new TimeLimits(2));
        GradeResult result = new GradePipeline(SampleLab.context(), options).grade(submission, "./lab grade w");
        assertThat(
                result.labs().stream()
                        .flatMap(lab -> lab.exercises().stream())
                        .map(ExerciseResult::id)
                        .toList(),
                contains("1.1"));
        assertThat(result.score(), is(result.maxScore()));
    }

    @Test
    void submissionOfAnotherEditionIsTold() throws Exception {
        submit(SampleLab.SOURCES.starter());
        Files.createDirectories(submission.resolve(".lab"));
        Files.writeString(submission.resolve(".lab/course.json"), SampleLab.COURSE.toJson());
        Path versions = submission.resolve(".lab/versions.json");
        GradePipeline pipeline =
                new GradePipeline(SampleLab.context(), new GradeOptions(Set.of(), Set.of("1.1"), 7, new TimeLimits(2)));
        Files.writeString(versions, "{\"labs\": {\"lab-01-binary-search\": \"0123456789ab\"}}");
        assertThat(
                pipeline.grade(submission, "").flags(),
                hasItem(startsWith("made from another version of lab 1 (0123456789ab; graded was with ")));
        Files.writeString(versions, "damaged");
        assertThat(pipeline.grade(submission, "").flags(), contains("the record of the course's version is damaged"));
        Path workspace = submission.resolve("fresh");
        WorkspaceWriter.start(SampleLab.HOME, workspace);
        assertThat(pipeline.grade(workspace, "").flags(), is(List.of()));
    }

    private static ExerciseResult exercise(GradeResult result, String id) {
        return result.labs().get(0).exercises().stream()
                .filter(exercise -> exercise.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The starter with {@code code} at the beginning of every body of an exercise that is still to be written. */
    private static String misbehaving(SortedMap<String, String> texts, String path, String exercise, String code) {
        String notDone = "throw new ExerciseNotDone(\"" + exercise + "\");";
        String starter = texts.getOrDefault(path, "");
        assertThat(starter, containsString(notDone));
        return starter.replace(notDone, code + " " + notDone);
    }

    @Test
    void scoreIsWhatWasDoneAndTheRestIsNotStarted() {
        GradeResult result = searchFinished;

        LabResult lab = result.labs().get(0);
        assertThat(exercise(result, "1.1").verdict(), is(Verdict.PASSED));
        assertThat(result.score(), is(exercise(result, "1.1").points()));
        assertThat(result.maxScore(), is((double) SampleLab.COURSE.lab(1).points()));
        assertThat(exercise(result, "1.3").verdict(), is(Verdict.NOT_STARTED));
        assertThat(exercise(result, "1.3").message(), is("exercise 1.3 is not started"));
        lab.exercises().stream()
                .filter(exercise -> !exercise.id().equals("1.1"))
                .forEach(exercise -> assertThat(
                        exercise.toString(), exercise.verdict(), is(oneOf(Verdict.NOT_STARTED, Verdict.BLOCKED))));
        assertThat(
                lab.compileErrors().stream().map(CompileError::describe).toList(),
                contains(
                        "BinarySearchTest.java: it is named like a class of the course's tests: give it another name"));
        assertThat(result.flags(), hasItem(startsWith("same text as the reference")));
        assertThat(result.command(), is("./lab grade w --seed 7"));
    }

    @Test
    void publicTestsCountAndAreNeverTakenFromTheSubmission() {
        ExerciseResult search = exercise(searchFinished, "1.1");

        List<TestKind> kinds = search.tests().stream().map(TestResult::kind).toList();
        assertThat(kinds, hasItems(TestKind.PUBLIC, TestKind.HIDDEN));
        assertThat(search.message(), search.verdict(), is(Verdict.PASSED));
        double ofPublicTests = search.tests().stream()
                .filter(test -> test.kind() == TestKind.PUBLIC)
                .mapToDouble(TestResult::earned)
                .sum();
        assertThat(ofPublicTests, is(closeTo(search.points() / 2, 1e-9)));
    }

    @Test
    void benchmarkThatTheMachineWasTooBusyForIsNotAScore() {
        assertThat(oddFiles.isGraded(), is(false));
        assertThat(oddFiles.notGraded(), is("benchmark 1.search (" + TimeLimits.MACHINE_TO_BLAME + ")"));
    }

    @Test
    void everyMisbehaviourHasItsVerdictAndTheReportIsComplete() throws Exception {
        SortedMap<String, String> texts = SampleLab.SOURCES.starter();
        String toy = "storagelab/sortedlog/toy/ToyLog.java";
        String lock = "storagelab/sortedlog/FairReadWriteLock.java";
        texts.put(SampleLab.BINARY_SEARCH, misbehaving(texts, SampleLab.BINARY_SEARCH, "1.1", "System.exit(0);"));
        texts.put(toy, misbehaving(texts, toy, "1.2", "for (int i = 0; i >= 0; i = 0) {}"));
        texts.put(SampleLab.RECORD_LOG, misbehaving(texts, SampleLab.RECORD_LOG, "1.3", "int ;"));
        String hoard = "java.util.List<long[]> hoard = new java.util.ArrayList<>();"
                + " for (int i = 0; i >= 0; i = 0) { hoard.add(new long[1 << 20]); }";
        texts.put(TABLE_BUILDER, misbehaving(texts, TABLE_BUILDER, "1.4", hoard));
        String initialiser = " static { if (true) { throw new IllegalStateException(\"boom\"); } } ";
        texts.put(
                lock,
                texts.getOrDefault(lock, "")
                        .replace("implements ReadWriteLock {", "implements ReadWriteLock {" + initialiser));
        submit(texts);

        GradeResult result = gradeWithoutRules(0.2);

        assertThat(result.score(), is(0.0));
        assertThat(
                result.labs().get(0).exercises().size(),
                is(SampleLab.COURSE.lab(1).exercises().size()));
        assertThat(exercise(result, "1.1").verdict(), is(Verdict.CRASHED));
        assertThat(exercise(result, "1.1").message(), containsString("System.exit"));
        assertThat(exercise(result, "1.2").verdict(), is(Verdict.TIMED_OUT));
        assertThat(exercise(result, "1.3").verdict(), is(Verdict.FAILED));
        assertThat(exercise(result, "1.3").message(), startsWith("does not compile: RecordLog.java:"));
        assertThat(exercise(result, "1.4").verdict(), is(Verdict.CRASHED));
        assertThat(exercise(result, "1.4").message(), containsString("ran out of memory"));
        assertThat(exercise(result, "1.8").verdict(), is(Verdict.FAILED));
        assertThat(exercise(result, "1.8").message(), containsString("a static initialiser failed"));
        assertThat(result.labs().get(0).compileErrors().get(0).file(), is(MAIN + SampleLab.RECORD_LOG));
    }

    @Test
    void sourceThatCannotBeReadIsSaidToBeSo() {
        assertThat(exercise(oddFiles, "1.1").verdict(), is(Verdict.PASSED));
        assertThat(exercise(oddFiles, "1.4").verdict(), is(Verdict.FAILED));
        assertThat(
                exercise(oddFiles, "1.4").message(),
                containsString("does not compile: SortedTableBuilder.java: it is not UTF-8"));
    }

    @Test
    void hugeClassesAndOddNamesCostOnlyTheirOwnFile() {
        assertThat(
                exercise(oddFiles, "1.1").toString(), exercise(oddFiles, "1.1").verdict(), is(Verdict.PASSED));
        assertThat(exercise(oddFiles, "1.3").verdict(), is(Verdict.FAILED));
        assertThat(exercise(oddFiles, "1.3").message(), containsString("too large classes"));
    }

    @Test
    void classesPatchedOnTheStageBringNoPoints() throws Exception {
        SortedMap<String, String> texts = SampleLab.SOURCES.starter();
        String patch = "int written = 0; int seen = 0;"
                + " for (String entry : System.getProperty(\"java.class.path\").split(\":\")) {"
                + " try (java.util.stream.Stream<java.nio.file.Path> tree"
                + " = java.nio.file.Files.walk(java.nio.file.Path.of(entry))) {"
                + " for (java.nio.file.Path file : tree.filter(java.nio.file.Files::isRegularFile).toList()) {"
                + " seen++;"
                + " try { java.nio.file.Files.write(file, new byte[] {0}); written++; }"
                + " catch (java.io.IOException refused) { continue; } }"
                + " } catch (java.io.IOException unreadable) { written += 1000; } }"
                + " if (seen > 0) { throw new IllegalStateException(\"patched \" + written + \" files\"); }";
        texts.put(SampleLab.BINARY_SEARCH, misbehaving(texts, SampleLab.BINARY_SEARCH, "1.1", patch));
        submit(texts);

        GradeResult result = gradeWithoutRules(2);

        assertThat(result.confined(), is(true));
        assertThat(result.score(), is(0.0));
        assertThat(exercise(result, "1.1").verdict(), is(Verdict.FAILED));
        assertThat(
                exercise(result, "1.1").tests().toString(), containsString("IllegalStateException: patched 0 files"));
    }

    @Test
    void whatNoExerciseNeedsIsRefusedWithItsLineAndCostsOnlyItsFile() throws Exception {
        SortedMap<String, String> texts = SampleLab.starterWith(SampleLab.BINARY_SEARCH);
        String log = "storagelab/sortedlog/RecordLog.java";
        texts.put(log, misbehaving(texts, log, "1.3", "System.exit(0);"));
        submit(texts);

        GradeResult result = grade(2);

        assertThat(exercise(result, "1.1").verdict(), is(Verdict.PASSED));
        assertThat(exercise(result, "1.3").verdict(), is(Verdict.FAILED));
        assertThat(
                exercise(result, "1.3").message(),
                matchesPattern("RecordLog\\.java:[1-9]\\d*: refused: it calls java\\.lang\\.System\\.exit: .*"));
        assertThat(result.labs().get(0).compileErrors().get(0).sourceLine(), containsString("System.exit(0)"));
    }

    @Test
    void copyOfTheReferenceIsFlaggedThoughAVariableWasAdded() throws Exception {
        SortedMap<String, String> texts = SampleLab.starterWith(SampleLab.RECORD_LOG);
        texts.put(
                SampleLab.RECORD_LOG,
                beforeTheEnd(texts.getOrDefault(SampleLab.RECORD_LOG, ""), " private static final int NOBODY = 0; "));
        submit(texts);

        assertThat(
                grade(2).flags(),
                hasItem(matchesPattern(
                        "much like the reference, apart from names and comments, .*: 1\\.3 \\(\\d+ %\\)")));
    }

    private static String beforeTheEnd(String source, String members) {
        int end = source.lastIndexOf('}');
        return source.substring(0, end) + members + source.substring(end);
    }

    @Test
    void damagedRecordOfUnlockedExercisesIsFlagged() throws Exception {
        submit(SampleLab.SOURCES.starter());
        Path metadata = Files.createDirectories(submission.resolve(".lab"));
        Files.writeString(metadata.resolve("course.json"), "{}");
        Path record = metadata.resolve("unlocked.json");

        Files.writeString(record, "{\"exercises\":{\"\":\"x\",\"1.99999999999\":\"y\",\"1.1\":null}}");
        assertThat(unlockedExercises(), contains("1.1"));
        Files.write(record, new byte[] {(byte) 0xFF, '{'});
        assertThrows(LabException.class, this::unlockedExercises);
        Files.writeString(record, " ".repeat(2 << 20));
        assertThrows(LabException.class, this::unlockedExercises);
        Files.delete(record);
        Files.createDirectory(record);
        assertThrows(LabException.class, this::unlockedExercises);

        // The record is read before any test runs, so a grading that ends there is enough.
        GradeResult result = gradeIn(broken(new IOException("No space left on device")), submission, 1);

        assertThat(result.flags(), hasItem("the record of what was taken from the reference is damaged"));
    }

    private Set<String> unlockedExercises() {
        return Workspace.at(submission).orElseThrow().unlocked().ids();
    }

    @Test
    void directoryWithoutALabHasNoPointsAndAFlag() throws Exception {
        Files.writeString(submission.resolve("README.md"), "nothing here");

        GradeResult result = grade(1);

        assertThat(result.isGraded(), is(true));
        assertThat(result.score(), is(0.0));
        assertThat(exercise(result, "1.1").verdict(), is(Verdict.NOT_STARTED));
        assertThat(exercise(result, "1.1").message(), is("lab-01-binary-search is not there"));
        assertThat(result.flags(), hasItem(startsWith("has no lab-01-binary-search: is it the directory")));
    }

    @Test
    void fileInsteadOfADirectoryIsRefusedInOneSentence() throws Exception {
        Path file = Files.createFile(submission.resolve("archive.zip"));

        LabException refusal = assertThrows(LabException.class, () -> gradeIn(SampleLab.context(), file, 1));

        assertThat(refusal.getMessage(), containsString("archive.zip is not a directory"));
        assertThat(refusal.exitCode(), is(LabException.FAILED));
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IOException("No space left on device"),
                new IllegalStateException("a bug of the grader"),
                new OutOfMemoryError("Java heap space"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whateverIsThrownIsAResultThatSaysSo(Throwable failure) throws Exception {
        submit(SampleLab.SOURCES.starter());

        GradeResult result = gradeIn(broken(failure), submission, 1);

        assertThat(result.isGraded(), is(false));
        assertThat(
                result.notGraded(),
                startsWith(failure.getClass().getSimpleName() + ": " + failure.getMessage() + " (at "));
        assertThat(result.flags(), hasItem(startsWith("could not be graded: ")));
    }

    @Test
    void machineThatIsTooSlowForTheCompilerGivesNoScore() throws Exception {
        submit(SampleLab.starterWith(SampleLab.BINARY_SEARCH));

        GradeResult result = grade(0.001);

        assertThat(exercise(result, "1.1").verdict(), is(Verdict.NOT_GRADED));
        assertThat(result.isGraded(), is(false));
        // Where other processes take most of the machine, the clock ends the compiler before its processor time is used
        // up.
        String broken = "exercise 1.1 (the lab as it was handed out does not compile: no answer in ";
        assertThat(
                result.notGraded(),
                anyOf(
                        containsString(broken + "40 ms of processor time"),
                        containsString(broken + "800 ms, of which little was processor time")));
    }

    /** Throws as soon as something is prepared for a submission. */
    private static GradeContext broken(Throwable failure) throws Exception {
        return SampleLab.context(new BrokenSandbox(failure), ClassRules::violations, Optional.empty());
    }

    private record BrokenSandbox(Throwable failure) implements Sandbox {
        @Override
        public String description() {
            return "broken";
        }

        @Override
        public boolean confines() {
            return true;
        }

        @Override
        public List<String> wrap(List<String> command, Reach reach, Limits limits) {
            return command;
        }

        @Override
        public void shareReadOnly(Path directory) throws IOException {
            if (failure instanceof IOException broken) {
                throw broken;
            }
            if (failure instanceof Error broken) {
                throw broken;
            }
            throw (RuntimeException) failure;
        }
    }
}
