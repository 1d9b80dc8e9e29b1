package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import storagelab.grader.course.Edition;
import storagelab.grader.course.Lab;
import storagelab.grader.run.JvmProfile;
import storagelab.grader.run.PlainSandbox;
import storagelab.grader.run.TestOutcome;
import storagelab.grader.run.TestRequest;
import storagelab.grader.run.TestRequest.OnTimeOut;
import storagelab.grader.run.TestSelection;
import storagelab.grader.run.TestSession;
import storagelab.grader.run.TimeLimits;
import storagelab.grader.run.WorkerSpec;

/**
 * Runs tests against one version of a lab, in the child JVMs and with the limits of grading. Nothing is confined: what
 * the audit runs is the course's own code.
 *
 * @param classPath the version's classes, then whatever they and the tests need
 * @param directory for files of the tests
 * @param seed of random tests
 * @param limits of time
 * @param onTimeOut what follows a test that runs out of time
 */
record TestBench(List<Path> classPath, Path directory, long seed, TimeLimits limits, OnTimeOut onTimeOut) {
    /** For the reference, which ends. */
    private static final double PATIENT = 4;

    TestBench {
        classPath = List.copyOf(classPath);
    }

    /**
     * A bench for a version of {@code lab}.
     *
     * @param version directories with the classes of the version
     * @param directory name below the audit's work directory; emptied
     */
    static TestBench of(AuditScope scope, Lab lab, List<Path> version, List<Path> tests, String directory)
            throws IOException {
        List<Path> classPath = new ArrayList<>(scope.libraries());
        classPath.addAll(version);
        classPath.addAll(tests);
        classPath.addAll(scope.graderClasses(lab));
        return new TestBench(
                classPath, scope.freshDirectory(directory), scope.seed(), scope.limits(), OnTimeOut.REPEAT);
    }

    TestBench withSeed(long other) {
        return new TestBench(classPath, directory, other, limits, onTimeOut);
    }

    /** The same with more time: for code that is known to end. */
    TestBench patient() {
        return new TestBench(classPath, directory, seed, limits.times(PATIENT), onTimeOut);
    }

    /** The same for code that is known to be wrong: one test that does not end is enough. */
    TestBench ofWrongCode() {
        return new TestBench(classPath, directory, seed, limits, OnTimeOut.END);
    }

    /**
     * Runs the tests, which are all that their classes have of their exercises, and says how each ended.
     *
     * @param result has a note for each test that was repeated or given up
     */
    List<TestOutcome> run(List<AuditTest> tests, CheckResult.Builder result) throws IOException, InterruptedException {
        return run(tests, List.of(), flag -> result.note(directory.getFileName() + ": " + flag));
    }

    /**
     * Runs the tests without {@code others}, which their classes have, too, and says how each ended.
     *
     * @param onFlag told of each test that was repeated or given up
     */
    List<TestOutcome> run(List<AuditTest> tests, List<AuditTest> others, Consumer<String> onFlag)
            throws IOException, InterruptedException {
        if (tests.isEmpty()) {
            return List.of();
        }
        WorkerSpec spec = new WorkerSpec(JvmProfile.UNTRUSTED, new PlainSandbox(), classPath, directory);
        TestRequest request = new TestRequest(
                new TestSelection(
                        tests.stream().map(AuditTest::className).distinct().toList(),
                        tags(tests),
                        others.stream().map(test -> test.planned().uniqueId()).toList()),
                tests.stream().map(AuditTest::planned).toList(),
                name -> name.startsWith("storagelab.") && !name.startsWith("storagelab.grader."),
                seed,
                limits,
                Edition.WITH_REFERENCE,
                onTimeOut);
        try (TestSession session = TestSession.prefork(spec)) {
            TestSession.Report report = session.run(request, outcome -> {});
            report.flags().forEach(onFlag);
            return report.outcomes();
        }
    }

    /** The exercises of the tests; none, which selects everything, if a test has none. */
    private static List<String> tags(List<AuditTest> tests) {
        boolean untagged = tests.stream().anyMatch(test -> test.exercises().isEmpty());
        return untagged
                ? List.of()
                : tests.stream()
                        .flatMap(test -> test.exercises().stream())
                        .distinct()
                        .toList();
    }
}
