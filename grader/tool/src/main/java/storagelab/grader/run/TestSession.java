package storagelab.grader.run;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import storagelab.grader.model.Verdict;
import storagelab.grader.run.TestRequest.OnTimeOut;

/**
 * Runs tests in child JVMs and judges each of them.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A test is passed only if a child said so in a signed line, after every line before it.
 *   <li>Every expected test gets a verdict, whatever the children do.
 *   <li>A test that takes its JVM with it costs only itself: the rest runs in a new one, at most five times.
 *   <li>An expected test that runs out of time runs once more, alone in a JVM of its own, and only that run counts; unless
 *       the request is about code that is known to be wrong.
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
     * @param cpuNanos the processor time of all children
     */
    public record Report(List<TestOutcome> outcomes, Set<String> flags, long cpuNanos) {
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
        return new Running(request, onOutcome).toTheEnd();
    }

    /** A request on its way. */
    private final class Running {
        private final TestRequest request;
        private final Consumer<TestOutcome> onOutcome;
        private final Map<String, PlannedTest> remaining = new LinkedHashMap<>();
        private final Map<String, TestOutcome> outcomes = new LinkedHashMap<>();
        private final Set<String> flags = new TreeSet<>();
        private long cpuNanos;

        Running(TestRequest request, Consumer<TestOutcome> onOutcome) {
            this.request = request;
            this.onOutcome = onOutcome;
            request.expected().forEach(test -> remaining.put(test.uniqueId(), test));
        }

        Report toTheEnd() throws IOException, InterruptedException {
            boolean isExpected = !request.expected().isEmpty();
            boolean repeats = isExpected && request.onTimeOut() == OnTimeOut.REPEAT;
            boolean isOver = false;
            int restarts = 0;
            do {
                AtomicReference<@Nullable TestOutcome> late = new AtomicReference<>();
                TestRun run = new TestRun(request, remaining, !isExpected && restarts == 0, outcome -> {
                    if (repeats && outcome.verdict() == Verdict.TIMED_OUT) {
                        remaining.remove(outcome.test().uniqueId());
                        late.set(outcome);
                    } else {
                        take(outcome);
                    }
                });
                Set<OutOfTime> out = execute(run, List.copyOf(outcomes.keySet()));
                isOver = !out.isEmpty() && request.onTimeOut() == OnTimeOut.END;
                TestOutcome first = late.get();
                if (first != null) {
                    take(runAlone(first));
                }
                restarts++;
            } while (!isOver && !remaining.isEmpty() && restarts <= RESTARTS_MAX);
            giveUpOnTheRest(restarts);
            return new Report(inOrder(request.expected(), outcomes.values()), flags, cpuNanos);
        }

        private void take(TestOutcome outcome) {
            remaining.remove(outcome.test().uniqueId());
            outcomes.put(outcome.test().uniqueId(), outcome);
            onOutcome.accept(outcome);
        }

        private Set<OutOfTime> execute(TestRun run, List<String> skipped) throws IOException, InterruptedException {
            try (WorkerProcess worker = takeWorker()) {
                run.execute(worker, skipped);
                cpuNanos += worker.cpuNanos();
            }
            flags.addAll(run.flags());
            return run.outOfTime();
        }

        /** Runs a test again that has run out of time; what comes of it counts. */
        private TestOutcome runAlone(TestOutcome first) throws IOException, InterruptedException {
            PlannedTest test = first.test();
            List<String> others = request.expected().stream()
                    .map(PlannedTest::uniqueId)
                    .filter(id -> !id.equals(test.uniqueId()))
                    .toList();
            Map<String, PlannedTest> alone = new LinkedHashMap<>(Map.of(test.uniqueId(), test));
            AtomicReference<TestOutcome> second = new AtomicReference<>(first);
            TestRun run = new TestRun(request, alone, false, outcome -> {
                alone.clear();
                second.set(outcome);
            });
            Set<OutOfTime> out = execute(run, others);
            TestOutcome outcome = Objects.requireNonNull(second.get());
            if (out.contains(OutOfTime.WALL) && TimeLimits.isMachineToBlame()) {
                outcome = new TestOutcome(
                        test, Verdict.NOT_GRADED, TimeLimits.MACHINE_TO_BLAME, "", outcome.millis(), outcome.output());
            }
            flags.add(test.id() + " ran out of time and was run again alone: "
                    + outcome.verdict().describe());
            return outcome;
        }

        private void giveUpOnTheRest(int restarts) {
            Verdict asThoseBefore = outcomes.values().stream()
                    .map(TestOutcome::verdict)
                    .filter(verdict -> verdict == Verdict.TIMED_OUT || verdict == Verdict.CRASHED)
                    .reduce(Verdict.CRASHED, (earlier, later) -> later);
            for (PlannedTest test : List.copyOf(remaining.values())) {
                String message = "not run: " + restarts
                        + " tests before it crashed or did not end, and each took its JVM with it";
                take(new TestOutcome(test, asThoseBefore, message, "", 0, ""));
            }
        }
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
