package storagelab.grader.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Tells the parent what JUnit does, as it does it.
 *
 * <p>Concurrency: JUnit calls it on one thread; the watchdog asks for the running test on another.
 */
final class WorkerListener implements TestExecutionListener {
    private final EventWriter events;
    private final BoundedCapture capture;
    private final double timeoutScale;
    private final Map<String, Long> limitMillis = new HashMap<>();
    private volatile @Nullable Running running;

    WorkerListener(EventWriter events, BoundedCapture capture, double timeoutScale) {
        this.events = events;
        this.capture = capture;
        this.timeoutScale = timeoutScale;
    }

    /** The test method that runs now, on which thread, and until when it may. */
    private record Running(String uniqueId, Thread thread, long deadlineNanos) {}

    void announce(List<PlannedTest> tests) {
        for (PlannedTest test : tests) {
            limitMillis.put(test.uniqueId(), Math.round(test.limitMillis() * timeoutScale));
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
        Long limit = limitMillis.get(uniqueId);
        if (limit != null) {
            capture.take();
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limit);
            running = new Running(uniqueId, Thread.currentThread(), deadline);
        }
        events.send(Event.Type.START, out -> Wire.writeText(out, uniqueId));
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
        if (limitMillis.containsKey(identifier.getUniqueId())) {
            running = null;
            output = capture.take();
        }
        TestEnd end = new TestEnd(identifier.getUniqueId(), status, failure, output);
        events.send(Event.Type.END, end::writeTo);
    }

    /** Tells the parent where the running test is if its time is over. Told once for each test. */
    void reportStuck() {
        Running test = running;
        if (test == null || System.nanoTime() - test.deadlineNanos() < 0) {
            return;
        }
        running = null;
        FailureReport where = FailureReader.readStack(test.thread().getStackTrace());
        events.send(Event.Type.STUCK, out -> {
            Wire.writeText(out, test.uniqueId());
            where.writeTo(out);
        });
    }
}
