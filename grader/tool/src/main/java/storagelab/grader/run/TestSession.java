package storagelab.grader.run;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import storagelab.grader.model.Verdict;

/**
 * Runs tests in child JVMs and judges each of them.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A test is passed only if a child said so in a signed line, after every line before it.
 *   <li>Every expected test gets a verdict, whatever the children do.
 *   <li>A test that takes its JVM with it costs only itself: the rest runs in a new one, at most five times.
 *   <li>After a test that did not end the others get less time, so that a loop in what all of them call costs a minute
 *       and not six.
 * </ol>
 */
public final class TestSession implements Closeable {
    private static final int RESTARTS_MAX = 5;

    private final WorkerSpec spec;
    private @Nullable WorkerProcess warm;

    private TestSession(WorkerSpec spec, WorkerProcess warm) {
        this.spec = spec;
        this.warm = warm;
    }

    /** Starts a child that loads JUnit and waits; the class path's directories may still be filled. */
    public static TestSession prefork(WorkerSpec spec) throws IOException {
        return new TestSession(spec, WorkerProcess.start(spec));
    }

    /**
     * What came of a request.
     *
     * @param outcomes one for each test, in order
     * @param flags what a person should look at
     */
    public record Report(List<TestOutcome> outcomes, Set<String> flags) {
        public Report {
            outcomes = List.copyOf(outcomes);
            flags = Set.copyOf(flags);
        }

        /** Whether there were tests and all of them passed. */
        public boolean allPassed() {
            return !outcomes.isEmpty() && outcomes.stream().allMatch(TestOutcome::passed);
        }
    }

    /**
     * Runs the tests.
     *
     * @param onOutcome told each outcome as soon as it is known
     */
    public Report run(TestRequest request, Consumer<TestOutcome> onOutcome) throws IOException, InterruptedException {
        Map<String, PlannedTest> remaining = new LinkedHashMap<>();
        request.expected().forEach(test -> remaining.put(test.uniqueId(), test));
        Map<String, TestOutcome> outcomes = new LinkedHashMap<>();
        Set<String> flags = new TreeSet<>();
        boolean believePlan = request.expected().isEmpty();
        int restarts = 0;
        do {
            boolean oneHung = outcomes.values().stream().anyMatch(outcome -> outcome.verdict() == Verdict.TIMED_OUT);
            TestRun run = new TestRun(
                    oneHung ? request.impatient() : request, remaining, believePlan && restarts == 0, outcome -> {
                        remaining.remove(outcome.test().uniqueId());
                        outcomes.put(outcome.test().uniqueId(), outcome);
                        onOutcome.accept(outcome);
                    });
            try (WorkerProcess worker = takeWorker()) {
                run.execute(worker, List.copyOf(outcomes.keySet()));
            }
            flags.addAll(run.flags());
            restarts++;
        } while (!remaining.isEmpty() && restarts <= RESTARTS_MAX);
        Verdict asThoseBefore = outcomes.values().stream()
                .map(TestOutcome::verdict)
                .filter(verdict -> verdict == Verdict.TIMED_OUT || verdict == Verdict.CRASHED)
                .reduce(Verdict.CRASHED, (earlier, later) -> later);
        for (PlannedTest test : List.copyOf(remaining.values())) {
            String message =
                    "not run: " + restarts + " tests before it crashed or did not end, and each took its JVM with it";
            TestOutcome outcome = new TestOutcome(test, asThoseBefore, message, "", 0, "");
            outcomes.put(test.uniqueId(), outcome);
            onOutcome.accept(outcome);
        }
        return new Report(inOrder(request.expected(), outcomes.values()), flags);
    }

    private static List<TestOutcome> inOrder(List<PlannedTest> expected, Collection<TestOutcome> outcomes) {
        List<TestOutcome> ordered = new ArrayList<>(outcomes);
        if (!expected.isEmpty()) {
            ordered.sort((a, b) -> Integer.compare(expected.indexOf(a.test()), expected.indexOf(b.test())));
        }
        return ordered;
    }

    private WorkerProcess takeWorker() throws IOException {
        WorkerProcess worker = warm;
        warm = null;
        return worker != null ? worker : WorkerProcess.start(spec);
    }

    @Override
    public void close() {
        if (warm != null) {
            warm.close();
            warm = null;
        }
    }
}
