package storagelab.grader.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
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
 * {@code junit.xml}: the result as build servers read it, one suite an exercise, after one that names grader, seed
 * and command.
 *
 * <p>Failed becomes {@code failure}; timed out, crashed, grader error, not graded and compile errors become {@code error}; not
 * started, blocked, too noisy and not run become {@code skipped}.
 */
public final class JunitReport {
    private static final int HEADLINE_COLUMNS = 200;

    private final Markup xml = new Markup("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    private final GradeResult result;

    private JunitReport(GradeResult result) {
        this.result = result;
    }

    /** The file's content. */
    public static String render(GradeResult result) {
        return new JunitReport(result).write();
    }

    private String write() {
        Totals all = new Totals();
        for (LabResult lab : result.labs()) {
            lab.exercises().forEach(exercise -> all.add(exercise.tests()));
            all.addBenchmarks(lab.benchmarks());
            all.addCompileErrors(lab.compileErrors());
        }
        all.addErrors(notGraded());
        xml.open("testsuites", all.attributes("storage-lab " + result.submission()));
        gradingSuite();
        for (LabResult lab : result.labs()) {
            if (!lab.compileErrors().isEmpty()) {
                compilerSuite(lab);
            }
            lab.exercises().forEach(exercise -> exerciseSuite(lab, exercise));
            if (!lab.benchmarks().isEmpty()) {
                benchmarkSuite(lab);
            }
        }
        return xml.newline().close().newline().toString();
    }

    private void openSuite(String name, Totals totals) {
        String[] counts = totals.attributes(name);
        String[] attributes = Arrays.copyOf(counts, counts.length + 2);
        attributes[counts.length] = "timestamp";
        attributes[counts.length + 1] = secondsPart(result.startedAt());
        xml.newline().open("testsuite", attributes);
    }

    /** How many cases say that grading failed: one or none. */
    private int notGraded() {
        return result.isGraded() ? 0 : 1;
    }

    /** A suite that says how to get the same again; without cases, unless grading failed. */
    private void gradingSuite() {
        Totals totals = new Totals();
        totals.addErrors(notGraded());
        openSuite("grading", totals);
        xml.newline().open("properties");
        property("version", result.version());
        property("seed", Long.toString(result.seed()));
        property("jdk", result.jdk());
        property("sandbox", result.sandbox());
        property("confined", Boolean.toString(result.confined()));
        property("command", result.command());
        xml.newline().close();
        if (!result.isGraded()) {
            xml.newline().open("testcase", "name", "grading", "classname", "grading", "time", "0");
            problem("error", "could not be graded", result.notGraded());
            xml.close();
        }
        xml.newline().close();
    }

    private void property(String name, String value) {
        xml.newline().empty("property", "name", name, "value", value);
    }

    private void exerciseSuite(LabResult lab, ExerciseResult exercise) {
        Totals totals = new Totals();
        totals.add(exercise.tests());
        openSuite(exercise.id() + " " + exercise.title(), totals);
        for (TestResult test : exercise.tests()) {
            xml.newline()
                    .open(
                            "testcase",
                            "name",
                            test.name() + " (" + test.kind().describe() + ")",
                            "classname",
                            className(lab, exercise.id()),
                            "time",
                            seconds(test.millis()));
            String message = test.location().isEmpty() ? test.message() : test.message() + "\nat " + test.location();
            if (test.verdict() != Verdict.PASSED) {
                problem(element(test.verdict()), test.verdict().describe(), message);
            }
            xml.close();
        }
        StringJoiner said = new StringJoiner("\n");
        if (!exercise.message().isEmpty()) {
            said.add(exercise.message());
        }
        OwnLabsResult second = exercise.onOwnLabs();
        if (second != null) {
            said.add(second.describe());
        }
        if (said.length() > 0) {
            xml.newline().leaf("system-out", said.toString());
        }
        xml.newline().close();
    }

    private void compilerSuite(LabResult lab) {
        Totals totals = new Totals();
        totals.addCompileErrors(lab.compileErrors());
        openSuite("lab " + lab.number() + " compiler", totals);
        for (CompileError error : lab.compileErrors()) {
            xml.newline()
                    .open("testcase", "name", error.describe(), "classname", className(lab, "compiler"), "time", "0");
            problem(
                    "error",
                    error.isRefusal() ? "refused" : "compile error",
                    error.message() + "\nat " + error.place() + "\n" + error.sourceLine());
            xml.close();
        }
        xml.newline().close();
    }

    private void benchmarkSuite(LabResult lab) {
        Totals totals = new Totals();
        totals.addBenchmarks(lab.benchmarks());
        openSuite("lab " + lab.number() + " benchmarks", totals);
        for (BenchmarkResult benchmark : lab.benchmarks()) {
            xml.newline()
                    .open(
                            "testcase",
                            "name",
                            benchmark.id() + " " + benchmark.title(),
                            "classname",
                            className(lab, "benchmarks"),
                            "time",
                            "0");
            if (benchmark.verdict() != BenchmarkVerdict.PASSED) {
                problem(element(benchmark.verdict()), benchmark.verdict().describe(), benchmark.message());
            }
            xml.close();
        }
        xml.newline().close();
    }

    private void problem(String element, String type, String message) {
        String headline = message.isBlank() ? type : PlainText.firstLine(message, HEADLINE_COLUMNS);
        xml.newline();
        if (element.equals("skipped")) {
            xml.leaf(element, message, "message", message.isBlank() ? type : type + ": " + headline);
        } else {
            xml.leaf(element, message, "message", headline, "type", type);
        }
        xml.newline();
    }

    private static String element(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "";
            case FAILED -> "failure";
            case TIMED_OUT, CRASHED, GRADER_ERROR, NOT_GRADED -> "error";
            case NOT_STARTED, BLOCKED -> "skipped";
        };
    }

    private static String element(BenchmarkVerdict verdict) {
        return switch (verdict) {
            case PASSED -> "";
            case PARTIAL, FAILED -> "failure";
            case TOO_NOISY, NOT_RUN -> "skipped";
            case NOT_GRADED -> "error";
        };
    }

    /** Dots would be read as packages, so that an exercise's id has an underscore. */
    private static String className(LabResult lab, String part) {
        return lab.module() + "." + part.replace('.', '_');
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1_000.0);
    }

    /** An instant as the schema wants it, without fraction and zone. */
    private static String secondsPart(String instant) {
        return instant.length() >= 19 ? instant.substring(0, 19) : instant;
    }

    /** How many cases there are, of each kind. */
    private static final class Totals {
        private int tests;
        private int failures;
        private int errors;
        private int skipped;
        private long millis;

        void add(List<TestResult> results) {
            for (TestResult test : results) {
                count(element(test.verdict()));
                millis += test.millis();
            }
        }

        void addBenchmarks(List<BenchmarkResult> results) {
            results.forEach(benchmark -> count(element(benchmark.verdict())));
        }

        void addCompileErrors(List<CompileError> found) {
            addErrors(found.size());
        }

        void addErrors(int errorCount) {
            for (int i = 0; i < errorCount; i++) {
                count("error");
            }
        }

        private void count(String element) {
            tests++;
            switch (element) {
                case "failure" -> failures++;
                case "error" -> errors++;
                case "skipped" -> skipped++;
                default -> {}
            }
        }

        String[] attributes(String name) {
            return new String[] {
                "name", name,
                "tests", Integer.toString(tests),
                "failures", Integer.toString(failures),
                "errors", Integer.toString(errors),
                "skipped", Integer.toString(skipped),
                "time", seconds(millis)
            };
        }
    }
}
