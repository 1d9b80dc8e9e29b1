package storagelab.grader.bench;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.grader.bench.BenchmarkChild.Task;
import storagelab.grader.bench.BenchmarkRun.Side;
import storagelab.grader.bench.BenchmarkRun.Sides;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.WorkerReply;
import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.model.BenchmarkResult.Counter;
import storagelab.grader.model.BenchmarkResult.Ratio;
import storagelab.grader.model.BenchmarkVerdict;
import storagelab.grader.run.NotGradedException;
import storagelab.grader.run.OutOfTime;
import storagelab.grader.run.TimeLimits;
import storagelab.grader.run.TimeLimits.Span;

@DisplayName("Measuring a benchmark")
final class BenchmarkRunTest {
    private static final BenchmarkSpec SPEC = new BenchmarkSpec("1.x", "X", "1.1", List.of(), 10, "costs", "work");
    private static final Plan PLAN = new Plan(4, 2, 1, 3, 10);

    private final List<String> order = new ArrayList<>();
    private final List<Long> seeds = new ArrayList<>();

    @Test
    @DisplayName("runs both sides in turn on the same questions, and new questions in each pair")
    void interleaved() throws Exception {
        BenchmarkResult result = measure(timed("s", () -> 110), timed("r", () -> 100));

        assertThat(order, is(List.of("s", "r", "r", "s", "s", "r", "r", "s")));
        for (int i = 0; i < seeds.size(); i += 2) {
            assertThat(seeds.get(i), is(seeds.get(i + 1)));
        }
        assertThat(seeds.stream().distinct().toList(), hasSize(4));
        assertThat(result.verdict(), is(BenchmarkVerdict.PASSED));
        Ratio ratio = result.ratio();
        assertThat(ratio, notNullValue());
    }

    @Test
    @DisplayName("adds pairs while it is too noisy to say, but not for ever")
    void extraPairs() throws Exception {
        double[] next = {20};
        BenchmarkResult result = measure(timed("s", () -> next[0] = 2_000 / next[0]), timed("r", () -> 40));

        assertThat(order, hasSize(2 * (PLAN.pairs() + PLAN.extraPairs())));
        assertThat(result.verdict(), is(BenchmarkVerdict.TOO_NOISY));
        assertThat(result.earned(), is(result.points()));
    }

    @Test
    @DisplayName("holds costs to their own limit, or to that of the reference")
    void costs() throws Exception {
        Side student = costs(Cost.atMost("probes", 11, 10), Cost.timesReference("reads", 30, 1.5));
        Side reference = costs(Cost.atMost("probes", 10, 10), Cost.timesReference("reads", 20, 1.5));

        List<Counter> counters = measure(student, reference).counters();

        assertThat(
                counters,
                is(List.of(new Counter("probes", 11, 10, 10, false), new Counter("reads", 30, 20, 30, true))));
    }

    @Test
    @DisplayName("takes limits from the reference's side: a student's JVM cannot set its own, nor leave a cost out")
    void limitsOfTheReference() throws Exception {
        Side reference = costs(Cost.atMost("probes", 10, 10));

        assertThat(
                measure(costs(Cost.atMost("nothing", 99, 100)), reference).counters(),
                is(List.of(new Counter("probes", 99, 10, 10, false))));
        assertThat(measure(costs(new Cost[0]), reference).verdict(), is(BenchmarkVerdict.FAILED));
    }

    @Test
    @DisplayName("fails when the answers are not the reference's")
    void otherAnswers() throws Exception {
        Side liar = task -> task.type().equals("costs")
                ? reply(List.of(Cost.atMost("c", 1, 1)), List.of(), 0)
                : reply(List.of(), List.of(5.0), 999);

        BenchmarkResult result = measure(liar, timed("r", () -> 100));

        assertThat(result.verdict(), is(BenchmarkVerdict.FAILED));
        assertThat(result.message(), containsString("differ"));
    }

    @Test
    @DisplayName("says which exercise is missing, and what went wrong")
    void problems() throws Exception {
        BenchmarkResult waiting =
                measure(task -> new WorkerReply("1.4", "", List.of(), List.of(), 0, Double.NaN), timed("r", () -> 100));
        assertThat(waiting.verdict(), is(BenchmarkVerdict.NOT_RUN));
        assertThat(waiting.message(), is("Exercise 1.4 is not done yet."));

        BenchmarkResult broken = measure(task -> WorkerReply.problem("exit code 0"), timed("r", () -> 100));
        assertThat(broken.verdict(), is(BenchmarkVerdict.FAILED));
        assertThat(broken.earned(), is(0.0));

        BenchmarkResult ours = measure(timed("s", () -> 100), task -> WorkerReply.problem("exit code 0"));
        assertThat(ours.verdict(), is(BenchmarkVerdict.NOT_RUN));
        assertThat(ours.points(), is(0.0));
    }

    @Test
    @DisplayName("is not graded, and not failed, when the machine is too busy for one of the two sides")
    void busyMachine() throws Exception {
        Side starved = task -> {
            throw new NotGradedException(TimeLimits.MACHINE_TO_BLAME);
        };
        for (BenchmarkResult result :
                List.of(measure(starved, timed("r", () -> 100)), measure(timed("s", () -> 100), starved))) {
            assertThat(result.verdict(), is(BenchmarkVerdict.NOT_GRADED));
            assertThat(result.points(), is(SPEC.points()));
            assertThat(result.message(), is(TimeLimits.MACHINE_TO_BLAME));
        }
    }

    @Test
    @DisplayName("charges a child that was late twice, unless it got too little processor time")
    void lateTwice() throws Exception {
        Span limit = TimeLimits.standard().span(1_000);

        assertThat(
                BenchmarkChild.lateTwice(limit, OutOfTime.CPU, true).problem(),
                is("no answer in 1 s of processor time, twice"));
        assertThat(
                BenchmarkChild.lateTwice(limit, OutOfTime.WALL, false).problem(),
                is("no answer in 1 s of processor time, twice"));
        assertThrows(NotGradedException.class, () -> BenchmarkChild.lateTwice(limit, OutOfTime.WALL, true));
    }

    @Test
    @DisplayName("believes no time of zero, below zero or without end")
    void impossibleTimes() throws Exception {
        for (double impossible : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            BenchmarkResult result = measure(timed("s", () -> impossible), timed("r", () -> 100));
            assertThat(result.verdict(), is(BenchmarkVerdict.FAILED));
        }
    }

    @Test
    @DisplayName("without a reference gives the figures and no points")
    void alone() throws Exception {
        Sides sides = new Sides(timed("s", () -> 120), Optional.empty());
        BenchmarkResult result = new BenchmarkRun(SPEC, sides, PLAN, 1).measure();

        assertThat(result.points(), is(0.0));
        Ratio ratio = result.ratio();
        assertThat(ratio == null ? 0 : ratio.studentNanos(), is(120.0));
    }

    private static BenchmarkResult measure(Side student, Side reference) throws Exception {
        return new BenchmarkRun(SPEC, new Sides(student, Optional.of(reference)), PLAN, 1).measure();
    }

    /** A side that takes the times that {@code nanos} says. */
    private Side timed(String name, DoubleSupplier nanos) {
        return task -> {
            if (task.type().equals(SPEC.costs())) {
                return reply(List.of(Cost.atMost("c", 1, 1)), List.of(), 0);
            }
            order.add(name);
            seeds.add(task.seed());
            double time = nanos.getAsDouble();
            return reply(List.of(), List.of(time, time, time), task.seed());
        };
    }

    private static Side costs(Cost... costs) {
        return (Task task) -> task.type().equals(SPEC.costs())
                ? reply(List.of(costs), List.of(), 0)
                : reply(List.of(), List.of(100.0), task.seed());
    }

    private static WorkerReply reply(List<Cost> costs, List<Double> nanos, long checksum) {
        return new WorkerReply("", "", costs, nanos, checksum, Double.NaN);
    }
}
