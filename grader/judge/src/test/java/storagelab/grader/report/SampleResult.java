package storagelab.grader.report;

import java.util.List;
import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.model.BenchmarkResult.Counter;
import storagelab.grader.model.BenchmarkResult.Ratio;
import storagelab.grader.model.BenchmarkVerdict;
import storagelab.grader.model.CompileError;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.GradeResult;
import storagelab.grader.model.LabResult;
import storagelab.grader.model.OwnLabsResult;
import storagelab.grader.model.TestKind;
import storagelab.grader.model.TestResult;
import storagelab.grader.model.Verdict;

/** A result with every verdict in it, and with text that tries to be more than text. */
final class SampleResult {
    /** Ends elements, attributes, CDATA and comments of HTML and XML, and starts a script in each. */
    static final String HOSTILE = "</pre><script>alert(1)</script>\"'><img src=x onerror=alert(2)> ]]> --> &lt;";

    private SampleResult() {}

    static GradeResult full() {
        List<ExerciseResult> exercises =
                List.of(search(), toyLog(), recordLog(), builder(), get(), store(), compactor());
        LabResult first = new LabResult(
                1,
                "lab-01-binary-search",
                "Sorted logs",
                69,
                24.5,
                exercises,
                benchmarks(),
                List.of(new CompileError(
                        "src/main/java/storagelab/sortedlog/FairReadWriteLock.java",
                        42,
                        24,
                        "';' expected",
                        "        int waiting = 0")));
        return result(List.of(first, dependentLab()));
    }

    /** A lab on another, with exercises that end differently on the submission's own labs below. */
    private static LabResult dependentLab() {
        List<ExerciseResult> exercises = List.of(
                cursor("2.6", "Walk through a table", new OwnLabsResult(Verdict.PASSED, 4, 2, 2, "")),
                cursor(
                        "2.8",
                        "Cursors of the store",
                        new OwnLabsResult(
                                Verdict.BLOCKED, 0, 0, 2, "blocked by exercise 1.4, which is not done: " + HOSTILE)));
        return new LabResult(2, "lab-02-bounds", "Bounds", 8, 8, exercises, List.of(), List.of());
    }

    private static ExerciseResult cursor(String id, String title, OwnLabsResult second) {
        List<TestResult> tests = List.of(
                passed("CursorTest.forward", "goes forward over every entry", 2),
                passed("CursorHiddenTest.backward", "goes backward over every entry", 2));
        return new ExerciseResult(id, title, 4, 4, Verdict.PASSED, "", tests, second);
    }

    /** A machine that was too busy for one exercise and broke down at the second lab. */
    static GradeResult notGraded() {
        String busy = "could not be graded: got too little processor time on this busy machine, twice";
        TestResult late = new TestResult(
                "ToyLogTest.appends", TestKind.PUBLIC, "appends a line", Verdict.NOT_GRADED, busy, 400_000, 4, 0, "");
        ExerciseResult toyLog =
                new ExerciseResult("1.2", "A log of lines", 4, 0, Verdict.NOT_GRADED, busy, List.of(late));
        BenchmarkResult slow = new BenchmarkResult(
                "1.search",
                "Binary search of integers",
                List.of(),
                null,
                BenchmarkVerdict.NOT_GRADED,
                "got too little processor time on this busy machine, twice",
                4,
                0);
        LabResult lab = new LabResult(
                1, "lab-01-binary-search", "Sorted logs", 12, 8, List.of(search(), toyLog), List.of(slow), List.of());
        GradeResult all = result(List.of(lab));
        return new GradeResult(
                all.tool(),
                all.version(),
                all.seed(),
                all.jdk(),
                all.os(),
                all.submission(),
                all.sandbox(),
                all.confined(),
                all.startedAt(),
                all.durationMillis(),
                all.score(),
                all.maxScore(),
                all.labs(),
                List.of("ToyLogTest.appends ran out of time and was run again alone: not graded"),
                all.command(),
                "exercise 1.2 (" + busy + "); benchmark 1.search (" + slow.message()
                        + "); OutOfMemoryError: Java heap space " + HOSTILE);
    }

    static GradeResult result(List<LabResult> labs) {
        return new GradeResult(
                "storage-lab",
                "1.0",
                20_261_121,
                "Eclipse Adoptium 17.0.15+6",
                "Linux 6.18 amd64, 2 processors",
                "work/ada",
                "own user, no network, 1 GiB memory, 10 s a test",
                true,
                "2026-11-21T03:00:00Z",
                73_400,
                labs.stream().mapToDouble(LabResult::earned).sum(),
                labs.stream().mapToDouble(LabResult::points).sum(),
                labs,
                labs.isEmpty()
                        ? List.of()
                        : List.of(
                                "1.7 was taken from the reference with `./lab unlock 1.7`",
                                "a line on standard output was forged: " + HOSTILE),
                "./lab grade work/ada --seed 20261121",
                "");
    }

    private static TestKind kindOf(String id) {
        return id.contains("HiddenTest.") ? TestKind.HIDDEN : TestKind.PUBLIC;
    }

    private static TestResult passed(String id, String name, double points) {
        return new TestResult(id, kindOf(id), name, Verdict.PASSED, "", 3, points, points, "");
    }

    private static TestResult ended(Verdict verdict, String id, String name, String message, double points) {
        long millis = verdict == Verdict.TIMED_OUT ? 10_000 : 12;
        return new TestResult(id, kindOf(id), name, verdict, message, millis, points, 0, "");
    }

    private static ExerciseResult search() {
        return new ExerciseResult(
                "1.1",
                "Binary search",
                4,
                4,
                Verdict.PASSED,
                "",
                List.of(
                        passed("BinarySearchTest.findsEveryElement", "every element is found where it is", 2),
                        passed("BinarySearchHiddenTest.probes", "at most log2 n + 1 probes", 2)));
    }

    private static ExerciseResult toyLog() {
        TestResult wrong = new TestResult(
                "ToyLogTest.survivesBars",
                TestKind.PUBLIC,
                "a value with a bar, a newline or non-ASCII text comes back as it was",
                Verdict.FAILED,
                "get(\"k\") after append(\"k\", \"a|b\")\nExpected: \"a|b\"\n     but: was \"a\"\n" + HOSTILE,
                8,
                2,
                0,
                "ToyLog.get(ToyLog.java:71)");
        return new ExerciseResult(
                "1.2",
                "A log of text lines",
                8,
                4,
                Verdict.FAILED,
                "2 of 4 tests failed",
                List.of(
                        passed("ToyLogTest.readsBack", "what was appended is read back", 2),
                        wrong,
                        ended(
                                Verdict.FAILED,
                                "ToyLogHiddenTest.control",
                                "control characters: \u001b[31m, \u0000, \ud800 and \u202ebackwards",
                                "\u0007 rang; a\ttab\r\nand a half \udc00",
                                2),
                        passed("ToyLogHiddenTest.damage", "a damaged line is reported by number and skipped", 2)));
    }

    private static ExerciseResult recordLog() {
        return new ExerciseResult(
                "1.3",
                "A log of binary frames",
                8,
                2,
                Verdict.TIMED_OUT,
                "1 of 4 tests did not end in its time",
                List.of(
                        passed("RecordLogTest.replays", "replay gives every record in order", 2),
                        ended(
                                Verdict.TIMED_OUT,
                                "RecordLogTest.torn",
                                "a torn tail ends replay",
                                "no end after 10 s",
                                2),
                        ended(
                                Verdict.CRASHED,
                                "RecordLogHiddenTest.exit",
                                "the store never ends the process",
                                "System.exit(0) was called",
                                2),
                        ended(
                                Verdict.GRADER_ERROR,
                                "RecordLogHiddenTest.disk",
                                "damage in the middle is an error",
                                "the disk of the grader is full",
                                2)));
    }

    private static ExerciseResult builder() {
        return new ExerciseResult(
                "1.4",
                "Write a sorted table",
                8,
                0,
                Verdict.NOT_STARTED,
                "not started",
                List.of(
                        ended(Verdict.NOT_STARTED, "BuilderTest.ascending", "keys must ascend", "", 4),
                        ended(Verdict.NOT_STARTED, "BuilderTest.blocks", "blocks hold at most 4,096 bytes", "", 4)));
    }

    private static ExerciseResult get() {
        return new ExerciseResult(
                "1.5",
                "Read a sorted table",
                8,
                0,
                Verdict.BLOCKED,
                "needs 1.4, which is not done: do it, or take it with `./lab unlock 1`",
                List.of(ended(Verdict.BLOCKED, "TableTest.oneBlock", "a get reads one block", "needs 1.4", 8)));
    }

    private static ExerciseResult store() {
        return new ExerciseResult(
                "1.6",
                "The store",
                10,
                7.5,
                Verdict.CRASHED,
                "the JVM went away under 1 of 4 tests",
                List.of(
                        passed("StoreTest.readsOwnWrites", "read your writes across flushes", 2.5),
                        passed("StoreTest.deleted", "a deleted key stays deleted", 2.5),
                        passed("StoreTest.newest", "the newest source wins", 2.5),
                        ended(
                                Verdict.CRASHED,
                                "StoreHiddenTest.memory",
                                "memory stays in its budget",
                                "java.lang.OutOfMemoryError: Java heap space",
                                2.5)));
    }

    private static ExerciseResult compactor() {
        return new ExerciseResult(
                "1.7",
                "Merge tables",
                8,
                0,
                Verdict.PASSED,
                "taken from the reference, so it brings no points",
                List.of());
    }

    private static List<BenchmarkResult> benchmarks() {
        return List.of(
                new BenchmarkResult(
                        "1.search",
                        "Binary search of integers",
                        List.of(
                                new Counter("probes, n = 1,000,000", 20, 20, 20, true),
                                new Counter("probes, n = 2,147,483,647", 31, 31, 31, true)),
                        new Ratio(1.04, 0.97, 1.12, 44.9, 43.2),
                        BenchmarkVerdict.PASSED,
                        "",
                        3,
                        3),
                new BenchmarkResult(
                        "1.search-slices",
                        "Binary search of slices",
                        List.of(new Counter("probes, n = 4,096", 13, 13, 13, true)),
                        new Ratio(1.9, 1.62, 2.31, 171.3, 90.2),
                        BenchmarkVerdict.PARTIAL,
                        "the counted costs hold; searching takes longer than 1.5 times the reference",
                        3,
                        2),
                new BenchmarkResult(
                        "1.table-get",
                        "Get from a sorted table",
                        List.of(
                                new Counter("file reads a get", 14.25, 1, 1, false),
                                new Counter("bytes read a get", 58_368, 4_100, 6_150, false)),
                        new Ratio(6.8, 5.9, 7.7, 8_412, 1_237),
                        BenchmarkVerdict.FAILED,
                        "14 blocks are read where one will do",
                        4,
                        0),
                new BenchmarkResult(
                        "1.store-get",
                        "Get from the store",
                        List.of(new Counter("bytes written a byte put", 2.2, 2.1, 2.52, true)),
                        new Ratio(1.3, 0.6, 2.8, 2_911, 2_239),
                        BenchmarkVerdict.TOO_NOISY,
                        "the interval is too wide to say; the time is not scored",
                        2,
                        2),
                new BenchmarkResult(
                        "1.store-load",
                        "Fill the store",
                        List.of(new Counter("syncs", 9, Double.NaN, Double.NaN, true)),
                        null,
                        BenchmarkVerdict.NOT_RUN,
                        "needs 1.4, which is not done",
                        3,
                        0));
    }
}
