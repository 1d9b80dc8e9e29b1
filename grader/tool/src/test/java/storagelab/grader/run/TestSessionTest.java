package storagelab.grader.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import storagelab.grader.course.Edition;
import storagelab.grader.model.Verdict;
import storagelab.grader.run.TestRequest.OnTimeOut;

/** Every kind of misbehaviour gets its own verdict, and costs no other test. */
class TestSessionTest {
    private static final TimeLimits SHORT = new TimeLimits(0.25);

    private static Sandbox sandbox;
    private static Stage stage;
    private static List<Path> classPath;

    @BeforeAll
    static void stageClassPath() throws Exception {
        sandbox = Sandboxes.confined();
        stage = Stage.open(sandbox);
        List<Path> libraries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            libraries.add(Path.of(entry));
        }
        libraries.removeIf(library -> !library.toFile().exists());
        classPath = stage.copyLibraries("lib", libraries);
    }

    @AfterAll
    static void clear() throws Exception {
        stage.close();
    }

    private static TestSession.Report report(Class<?> tests) throws Exception {
        return report(tests, TimeLimits.standard());
    }

    private static TestSession.Report report(Class<?> tests, TimeLimits limits) throws Exception {
        return report(tests, limits, OnTimeOut.REPEAT);
    }

    private static TestSession.Report report(Class<?> tests, TimeLimits limits, OnTimeOut onTimeOut) throws Exception {
        TestSelection selection = new TestSelection(List.of(tests.getName()), List.of(), List.of());
        List<PlannedTest> expected = new TestDiscovery().find(selection);
        TestRequest request = new TestRequest(
                selection,
                expected,
                name -> name.endsWith("$Student") || name.endsWith("$Initialised"),
                1,
                limits,
                Edition.WITH_REFERENCE,
                onTimeOut);
        try (TestSession session = TestSession.prefork(stage.untrusted(classPath))) {
            return session.run(request, outcome -> {});
        }
    }

    private static Outcomes run(Class<?> tests) throws Exception {
        return new Outcomes(report(tests));
    }

    /** The outcomes of a report by the names of the test methods. */
    private record Outcomes(TestSession.Report report) {
        TestOutcome get(String method) {
            return report.outcomes().stream()
                    .filter(outcome -> outcome.test().id().endsWith("." + method))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no outcome of " + method + " in " + report));
        }
    }

    private static void assertEnds(TestOutcome outcome, Verdict verdict, String message) {
        assertThat(outcome.toString(), outcome.verdict(), is(verdict));
        assertThat(outcome.toString(), outcome.message(), containsString(message));
    }

    @Test
    void honestTestsAreJudgedInWords() throws Exception {
        Outcomes outcomes = run(HostileTests.Honest.class);

        assertEnds(outcomes.get("passes"), Verdict.PASSED, "");
        assertThat(outcomes.get("passes").test().name(), is("one and one is two"));
        assertEnds(outcomes.get("failsInWords"), Verdict.FAILED, "sum(1, 1) ==> expected: <3> but was: <2>");
        assertEnds(outcomes.get("failsInStudentCode"), Verdict.FAILED, "IllegalStateException: no such key");
        assertThat(
                outcomes.get("failsInStudentCode").location(),
                startsWith("HostileTests.Student.breaks(HostileTests.java:"));
        assertEnds(outcomes.get("isNotStarted"), Verdict.NOT_STARTED, "exercise 1.2 is not started");
        assertEnds(outcomes.get("isBlocked"), Verdict.BLOCKED, "./lab unlock 1");
        assertEnds(outcomes.get("aborts"), Verdict.FAILED, "not today");
        assertEnds(outcomes.get("isSkipped"), Verdict.FAILED, "by the student");
        assertEnds(outcomes.get("failsTheSecondTime"), Verdict.FAILED, "repetition 2");
        assertEnds(outcomes.get("passesEachTime"), Verdict.PASSED, "");
        assertThat(outcomes.get("prints").output(), containsString("printed by the student"));
    }

    @Test
    void leavingTheJvmCrashesOneTestAndTheOthersAreJudged() throws Exception {
        Outcomes outcomes = run(HostileTests.Leaving.class);

        assertEnds(outcomes.get("first"), Verdict.PASSED, "");
        assertEnds(outcomes.get("callsExit"), Verdict.CRASHED, "exit code 0: System.exit or Runtime.halt?");
        assertEnds(outcomes.get("callsHalt"), Verdict.CRASHED, "exit code 1");
        assertEnds(outcomes.get("last"), Verdict.PASSED, "");
    }

    @Test
    void endlessTestsTimeOutWhereTheyAre() throws Exception {
        Outcomes outcomes = new Outcomes(report(HostileTests.Looping.class, SHORT));

        assertEnds(
                outcomes.get("loops"), Verdict.TIMED_OUT, "did not end in 500 ms of processor time; an endless loop");
        assertThat(outcomes.get("loops").message(), containsString("Expected: the answer comes"));
        assertThat(outcomes.get("loops").location(), containsString("HostileTests.java:"));
        assertEnds(outcomes.get("isJudgedAllTheSame"), Verdict.PASSED, "");
    }

    @Test
    void whereATestThrowsOrHangsTheMessageSaysWithWhichInput() throws Exception {
        Outcomes outcomes = new Outcomes(report(HostileTests.Stepping.class, SHORT));

        assertThat(
                outcomes.get("failsWithinAStep").message(),
                is("get(apple) of a table of 3 entries: IllegalStateException: no such key"));
        assertThat(outcomes.get("loopsWithinAStep").message(), startsWith("a walk over 3 entries: did not end in "));
        assertThat(outcomes.get("failsWithoutAStep").message(), is("IllegalStateException: no such key"));
        assertThat(outcomes.get("failsInWordsOfItsOwn").message(), startsWith("sum(1, 1) ==> expected"));
    }

    @Test
    void stuckTestsAreToldFromSlowOnesByTheirThreads() throws Exception {
        Outcomes outcomes = new Outcomes(report(HostileTests.Stuck.class, SHORT));

        for (String method : List.of("swallowsEverything", "sleeps", "locksInTwoOrders")) {
            assertEnds(outcomes.get(method), Verdict.TIMED_OUT, "in which no thread moved; every thread waits");
        }
        assertEnds(outcomes.get("handsOverSlowly"), Verdict.PASSED, "");
    }

    @Test
    void testThatPollsForEverIsEndedByLooksThatFoundItAsleep() throws Exception {
        Outcomes outcomes = new Outcomes(report(HostileTests.Polling.class, new TimeLimits(0.1), OnTimeOut.END));

        assertThat(
                outcomes.get("pollsForEver").message(),
                is("did not end in 4 s in which it waited without computing; a wake-up that never comes, or a condition"
                        + " that never becomes true? Expected: the flag is set"));
        assertEnds(outcomes.get("pollsForEver"), Verdict.TIMED_OUT, "");
    }

    @Test
    void testThatRanOutOfTimeIsRunAgainAloneBeforeItCostsAnything() throws Exception {
        TestSession.Report report = report(HostileTests.SlowInCompany.class, SHORT);
        Outcomes outcomes = new Outcomes(report);

        assertEnds(outcomes.get("comesFirst"), Verdict.PASSED, "");
        assertEnds(outcomes.get("loopsAfterTheFirst"), Verdict.PASSED, "");
        assertEnds(outcomes.get("loopsAnyway"), Verdict.TIMED_OUT, "did not end in ");
        assertThat(
                report.flags(),
                containsInAnyOrder(
                        "HostileTests.SlowInCompany.loopsAfterTheFirst ran out of time and was run again alone: passed",
                        "HostileTests.SlowInCompany.loopsAnyway ran out of time and was run again alone: timed out"));
    }

    @Test
    void nothingIsLeftInDirectoriesThatAllMayWrite() throws Exception {
        Outcomes outcomes = run(HostileTests.Littering.class);

        assertEnds(outcomes.get("writesScratch"), Verdict.PASSED, "");
        assertEnds(outcomes.get("writesWhatIsEverybodys"), Verdict.FAILED, "Read-only file system");
    }

    @Test
    void exhaustedMemoryAndStackCostOneTestEach() throws Exception {
        Outcomes outcomes = run(HostileTests.Exhausting.class);

        assertEnds(outcomes.get("memory"), Verdict.CRASHED, "ran out of memory");
        assertEnds(outcomes.get("directMemory"), Verdict.CRASHED, "ran out of memory: ");
        assertEnds(outcomes.get("memoryInAnotherThreadAndSwallowed"), Verdict.CRASHED, "ran out of memory");
        assertEnds(outcomes.get("stack"), Verdict.FAILED, "StackOverflowError");
        assertThat(outcomes.get("stack").location(), containsString("Student.recurses"));
        assertEnds(outcomes.get("isJudgedAllTheSame"), Verdict.PASSED, "");
    }

    @Test
    void capturedFloodIsCutAndUncapturedFloodKills() throws Exception {
        Outcomes outcomes = run(HostileTests.Flooding.class);

        assertEnds(outcomes.get("standardOutput"), Verdict.PASSED, "");
        assertThat(outcomes.get("standardOutput").output().length() < 100_000, is(true));
        assertEnds(outcomes.get("fileDescriptor"), Verdict.CRASHED, "64 MiB");
        assertEnds(outcomes.get("isJudgedAllTheSame"), Verdict.PASSED, "");
    }

    @Test
    void forgedResultsAreIgnoredAndFlagged() throws Exception {
        TestSession.Report report = report(HostileTests.Forging.class);

        assertEnds(new Outcomes(report).get("writesItsOwnResult"), Verdict.CRASHED, "exit code 0");
        assertEnds(new Outcomes(report).get("leavesHalfALine"), Verdict.PASSED, "");
        assertThat(report.flags(), hasItem(containsString("pretend to be test results")));
    }

    @Test
    void failingStaticInitialiserIsNamedEachTime() throws Exception {
        Outcomes outcomes = run(HostileTests.BadInitialiser.class);

        for (TestOutcome outcome : outcomes.report().outcomes()) {
            assertEnds(
                    outcome,
                    Verdict.FAILED,
                    "a static initialiser failed: IllegalStateException: in a static initialiser");
        }
        assertThat(
                outcomes.report().outcomes().stream().map(TestOutcome::location).toList(),
                hasItem(containsString("Initialised.compute")));
    }

    @Test
    void leakedThreadsAndInterruptsDoNotReachOtherTests() throws Exception {
        Outcomes outcomes = run(HostileTests.KillingThreads.class);

        assertEnds(outcomes.get("startsThreadsThatNeverEnd"), Verdict.PASSED, "");
        assertEnds(outcomes.get("isJudgedAllTheSame"), Verdict.PASSED, "");
    }

    @Test
    void descriptionSaysWhoRunsTheSubmission() {
        assertThat(sandbox.description(), allOf(containsString("user"), containsString("network")));
        assertThat(sandbox.description(), not(is("")));
    }

    @Test
    void honestTestsRaiseNoFlag() throws Exception {
        assertThat(report(HostileTests.Honest.class).flags(), is(empty()));
    }
}
