package storagelab.grader.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import storagelab.grader.run.TimeLimits.Span;

/**
 * Tells the parent what JUnit does, as it does it.
 *
 * <p>Concurrency: JUnit calls it on one thread; the watchdog asks for the running test on another.
 */
final class WorkerListener implements TestExecutionListener {
    /** {@code storagelab.testkit.Patience} reads these two; nothing of the tests is known here. */
    private static final String CPU_UNTIL = "storagelab.test.cpuUntilNanos";

    private static final String WALL_UNTIL = "storagelab.test.wallUntilNanos";

    private final EventWriter events;
    private final BoundedCapture capture;
    private final TimeLimits limits;
    private final ThreadGroup group = Thread.currentThread().getThreadGroup();
    private final Map<String, Span> spans = new HashMap<>();
    private volatile @Nullable Running running;

    WorkerListener(EventWriter events, BoundedCapture capture, TimeLimits limits) {
        this.events = events;
        this.capture = capture;
        this.limits = limits;
    }

    /** The test method that runs now, on which thread, and until when it may. */
    private record Running(String uniqueId, Thread thread, long cpuUntilNanos, Stillness stillness) {
        Optional<OutOfTime> outOfTime() {
            if (ProcessTime.ofThisJvmNanos() >= cpuUntilNanos) {
                return Optional.of(OutOfTime.CPU);
            }
            return stillness.look() ? Optional.of(OutOfTime.STILL) : Optional.empty();
        }
    }

    void announce(List<PlannedTest> tests) {
        for (PlannedTest test : tests) {
            spans.put(test.uniqueId(), limits.test(test));
        }
        byte[] plan = PlannedTest.encode(tests);
        events.send(Event.Type.PLAN, out -> out.write(plan));
    }

    void announceProblem(String what, Throwable why) {
        FailureReport report = FailureReader.read(why);
        events.send(Event.Type.PROBLEM, out -> {
            Wire.writeText(out, what);
            report.writeTo(out);
        });
    }

    @Override
    public void executionStarted(TestIdentifier identifier) {
        String uniqueId = identifier.getUniqueId();
        Span span = spans.get(uniqueId);
        if (span != null) {
            capture.take();
            FailureReader.forgetStep();
            long cpuNanos = ProcessTime.ofThisJvmNanos();
            long cpuLimitNanos = TimeUnit.MILLISECONDS.toNanos(span.cpuMillis());
            tellPatience(CPU_UNTIL, cpuNanos, cpuLimitNanos);
            tellPatience(WALL_UNTIL, System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(span.wallMillis()));
            Stillness stillness = new Stillness(group, limits.stillMillis());
            running = new Running(uniqueId, Thread.currentThread(), cpuNanos + cpuLimitNanos, stillness);
        }
        events.send(Event.Type.START, out -> Wire.writeText(out, uniqueId));
    }

    /** A wait in the test kit ends a little before the test has to, and says what it waited for. */
    private static void tellPatience(String property, long nowNanos, long limitNanos) {
        System.setProperty(property, Long.toString(nowNanos + limitNanos / 10 * 8));
    }

    @Override
    public void executionSkipped(TestIdentifier identifier, String reason) {
        FailureReport.Cause cause = new FailureReport.Cause("", reason, List.of());
        end(identifier, TestEnd.SKIPPED, new FailureReport(List.of(cause), ""));
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        FailureReport failure =
                result.getThrowable().map(FailureReader::read).orElseGet(() -> new FailureReport(List.of(), ""));
        end(identifier, result.getStatus().name(), failure);
    }

    private void end(TestIdentifier identifier, String status, FailureReport failure) {
        String output = "";
        if (spans.containsKey(identifier.getUniqueId())) {
            running = null;
            output = capture.take();
        }
        TestEnd end = new TestEnd(identifier.getUniqueId(), status, failure, output);
        events.send(Event.Type.END, end::writeTo);
    }

    /** Tells the parent where the running test is if its time is over. Told once for each test. */
    void reportStuck() {
        Running test = running;
        Optional<OutOfTime> out = test == null ? Optional.empty() : test.outOfTime();
        if (test == null || out.isEmpty()) {
            return;
        }
        running = null;
        FailureReport where = FailureReader.readStack(test.thread().getStackTrace());
        events.send(Event.Type.STUCK, payload -> {
            Wire.writeText(payload, test.uniqueId());
            Wire.writeText(payload, out.get().name());
            where.writeTo(payload);
        });
    }
}
