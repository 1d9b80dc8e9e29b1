package storagelab.grader.run;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import storagelab.grader.model.Verdict;
import storagelab.grader.run.Judge.Judgement;
import storagelab.grader.run.TimeLimits.Span;
import storagelab.grader.run.WorkerProcess.Broken;
import storagelab.grader.run.WorkerProcess.Ended;
import storagelab.grader.run.WorkerProcess.Flooded;
import storagelab.grader.run.WorkerProcess.Message;
import storagelab.grader.run.WorkerProcess.Said;

/**
 * The life of one child as its parent judges it, from the request to the last message.
 *
 * <p>The clocks of a test start when its signed start arrives. When nothing runs, the child has {@link
 * TimeLimits#start()} to say the next thing; that bounds start-up and the set-up of a class.
 */
final class TestRun {
    private static final int EXIT_OUT_OF_MEMORY = 3;
    private static final int EXIT_KILLED = 137;

    private final TestRequest request;
    private final Map<String, PlannedTest> remaining;
    private final boolean believePlan;
    private final Consumer<TestOutcome> onOutcome;
    private final Judge judge;
    private final Map<String, FailureReport> containerFailures = new HashMap<>();
    private final Set<String> flags = new TreeSet<>();

    private @Nullable PlannedTest running;
    private @Nullable FailureReport repetitionFailure;
    private final Set<OutOfTime> outOfTime = EnumSet.noneOf(OutOfTime.class);
    private Stopwatch stopwatch = new Stopwatch(() -> 0);
    private boolean over;

    /**
     * @param remaining tests without an outcome yet, by unique id; {@code onOutcome} takes them out
     * @param believePlan whether the child's own plan says what is remaining
     */
    TestRun(
            TestRequest request,
            Map<String, PlannedTest> remaining,
            boolean believePlan,
            Consumer<TestOutcome> onOutcome) {
        this.request = request;
        this.remaining = remaining;
        this.believePlan = believePlan;
        this.onOutcome = onOutcome;
        this.judge = new Judge(request.studentClass(), request.edition());
    }

    Set<String> flags() {
        return flags;
    }

    /** In which way the child ran out of time; empty if it did not. */
    Set<OutOfTime> outOfTime() {
        return outOfTime;
    }

    void execute(WorkerProcess worker, List<String> done) throws IOException, InterruptedException {
        TestSelection selection = request.selection().without(done);
        try {
            worker.send(WorkerRequest.of(selection, request.seed(), request.limits()));
        } catch (IOException endedBeforeRequest) {
            // The reader thread sees the same end and says why in its last message.
            flags.add("a test JVM did not start: " + endedBeforeRequest.getMessage());
        }
        stopwatch = new Stopwatch(worker);
        while (!over) {
            Message message = worker.next(TimeLimits.LOOK_MILLIS);
            if (message == null) {
                if (running != null) {
                    stopwatch.look();
                }
                stopwatch.outOf(span()).ifPresent(way -> timeOut(way, FailureReport.NOTHING));
            } else if (message instanceof Said said) {
                take(said.event());
            } else if (message instanceof Flooded) {
                charge(Verdict.CRASHED, "wrote more than 64 MiB past System.out; the JVM was killed", "");
            } else if (message instanceof Broken) {
                flags.add("lines of the test JVM were damaged");
                charge(Verdict.CRASHED, "damaged what the test JVM reports; the JVM was killed", "");
            } else if (message instanceof Ended ended) {
                charge(Verdict.CRASHED, exitWords(ended), "");
            }
        }
        if (worker.sawForgery()) {
            flags.add("wrote lines that pretend to be test results; they were ignored");
        }
    }

    private Span span() {
        return running == null ? request.limits().start() : request.limits().testWithGrace(running);
    }

    private void take(Event event) throws IOException {
        DataInputStream in = Wire.input(event.payload());
        switch (event.type()) {
            case PLAN -> takePlan(event.payload());
            case PROBLEM -> containerFailures.put(Wire.readText(in), FailureReport.readFrom(in));
            case START -> takeStart(Wire.readText(in));
            case END -> takeEnd(TestEnd.readFrom(in));
            case STUCK ->
                takeStuck(Wire.readText(in), OutOfTime.valueOf(Wire.readText(in)), FailureReport.readFrom(in));
            case ABORT -> charge(Verdict.CRASHED, abortWords(FailureReport.readFrom(in)), "");
            case DONE -> finish();
        }
    }

    private void takePlan(byte[] payload) throws IOException {
        if (believePlan) {
            PlannedTest.decode(payload).forEach(test -> remaining.put(test.uniqueId(), test));
        }
        stopwatch.begin();
    }

    private void takeStart(String uniqueId) {
        PlannedTest test = remaining.get(uniqueId);
        if (test != null) {
            running = test;
            repetitionFailure = null;
            stopwatch.begin();
        } else if (running == null) {
            stopwatch.begin();
        }
    }

    private void takeEnd(TestEnd end) {
        PlannedTest test = remaining.get(end.uniqueId());
        boolean failed = !end.status().equals(TestEnd.SUCCESSFUL);
        if (test != null) {
            FailureReport failure = failed ? end.failure() : repetitionFailure;
            if (failure == null) {
                tell(new TestOutcome(test, Verdict.PASSED, "", "", runningMillis(), end.output()));
            } else {
                Judgement judgement = judge.judge(test, failure);
                tell(outcome(test, judgement).withOutput(end.output()));
            }
            running = null;
        } else if (failed && running != null && end.uniqueId().startsWith(running.uniqueId() + "/")) {
            repetitionFailure = repetitionFailure == null ? end.failure() : repetitionFailure;
        } else if (failed) {
            containerFailures.put(end.uniqueId(), end.failure());
        }
        if (running == null) {
            stopwatch.begin();
        }
    }

    private void takeStuck(String uniqueId, OutOfTime way, FailureReport where) {
        if (running != null && running.uniqueId().equals(uniqueId)) {
            timeOut(way, where);
        }
    }

    private void timeOut(OutOfTime way, FailureReport where) {
        outOfTime.add(way);
        charge(Verdict.TIMED_OUT, where.afterStep(timeoutWords(way)), judge.location(where));
    }

    private void finish() {
        for (PlannedTest test : List.copyOf(remaining.values())) {
            tell(outcome(test, judgeNotRun(test)));
        }
        over = true;
    }

    /** Why a test has no end of its own: its class failed before it, or could not be read at all. */
    private Judgement judgeNotRun(PlannedTest test) {
        for (Map.Entry<String, FailureReport> failure : containerFailures.entrySet()) {
            String container = failure.getKey();
            if (test.uniqueId().startsWith(container + "/") || !container.startsWith("[")) {
                return judge.judge(test, failure.getValue());
            }
        }
        return new Judgement(Verdict.FAILED, "was not run: the test was not found with this submission", "");
    }

    /** Ends this child and blames the test that was running, or else the next one. */
    private void charge(Verdict verdict, String message, String location) {
        over = true;
        PlannedTest blamed = running;
        if (blamed == null && !remaining.isEmpty()) {
            blamed = remaining.values().iterator().next();
        }
        if (blamed != null) {
            tell(outcome(blamed, new Judgement(verdict, message, location)));
        }
    }

    private TestOutcome outcome(PlannedTest test, Judgement judgement) {
        long millis = test.equals(running) ? runningMillis() : 0;
        return new TestOutcome(test, judgement.verdict(), judgement.message(), judgement.location(), millis, "");
    }

    private void tell(TestOutcome outcome) {
        onOutcome.accept(outcome);
    }

    private long runningMillis() {
        return stopwatch.wallMillis();
    }

    /** What was expected, and in which way it did not come. */
    private String timeoutWords(OutOfTime way) {
        TimeLimits limits = request.limits();
        if (running == null) {
            String used = way == OutOfTime.CPU
                    ? limits.start().describe()
                    : TimeLimits.seconds(limits.start().wallMillis());
            return "the test had not begun after " + used;
        }
        String used = switch (way) {
            case CPU -> limits.test(running).describe();
            case STILL -> TimeLimits.seconds(limits.stillMillis()) + " in which no thread moved";
            case IDLE ->
                TimeLimits.seconds(limits.test(running).idleMillis()) + " in which it waited without computing";
            case WALL -> TimeLimits.seconds(limits.test(running).wallMillis());
        };
        return "did not end in " + used + "; " + way.guess() + " Expected: " + running.name();
    }

    private static String abortWords(FailureReport failure) {
        if (failure.causes().isEmpty()) {
            return "took the test runner down";
        }
        FailureReport.Cause cause = failure.causes().get(0);
        return cause.isA(OutOfMemoryError.class)
                ? "ran out of memory: " + cause.message()
                : "took the test runner down: " + cause.simpleType();
    }

    private static String exitWords(Ended ended) {
        int code = ended.exitCode();
        if (code == EXIT_OUT_OF_MEMORY && ended.lastWords().contains("OutOfMemoryError")) {
            return "ran out of memory";
        }
        if (code == EXIT_KILLED) {
            return "the JVM was killed by the system: too much memory or time";
        }
        return "ended the JVM, with exit code " + code + ": System.exit or Runtime.halt?";
    }
}
