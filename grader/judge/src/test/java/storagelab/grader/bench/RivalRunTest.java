package storagelab.grader.bench;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.grader.bench.BenchmarkRun.Side;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.WorkerReply;
import storagelab.grader.model.RivalResult;
import storagelab.grader.model.RivalResult.Outcome;
import storagelab.grader.model.RivalResult.Target;

@DisplayName("A comparison with a rival")
final class RivalRunTest {
    private static final RivalBenchmark TIMED = RivalBenchmark.timed("3.get", "Get", "some.Jmh")
            .against("TreeMap", "ours", "theirs")
            .target(RivalTarget.timesAsFast(1.5))
            .target(RivalTarget.timesTheTime(0.4))
            .target(RivalTarget.bytesAllocated(0))
            .build();

    private final List<String> asked = new ArrayList<>();

    private static RivalResult measure(RivalBenchmark benchmark, Side jvm) throws Exception {
        return new RivalRun(benchmark, jvm, RivalPlan.quick(), 7).measure();
    }

    private WorkerReply reply(BenchmarkChild.Task task, double ours, double theirs) {
        String method = Objects.requireNonNull(task.jmh()).method();
        asked.add(method);
        return new WorkerReply(
                "",
                "",
                List.of(),
                List.of(method.equals("ours") ? ours : theirs),
                0,
                method.equals("ours") ? 0.01 : 24);
    }

    @Test
    @DisplayName("takes turns, gives how many times as fast, and says which targets were met")
    void timed() throws Exception {
        RivalResult result = measure(TIMED, task -> reply(task, 100, 200));

        assertThat(asked, contains("ours", "theirs", "theirs", "ours"));
        assertThat(Objects.requireNonNull(result.timesAsFast()).value(), is(closeTo(2, 1e-9)));
        assertThat(
                result.targets().stream().map(Target::outcome).toList(),
                contains(Outcome.MET, Outcome.MISSED, Outcome.MET));
    }

    @Test
    @DisplayName("leaves a target open that lies inside of the interval")
    void open() throws Exception {
        double[] times = {100, 160};
        RivalResult result = measure(TIMED, task -> reply(task, times[asked.size() / 2], 200));

        assertThat(result.targets().get(0).outcome(), is(Outcome.OPEN));
    }

    @Test
    @DisplayName("has no figures, and says why, where an exercise is missing or the answers differ")
    void stopped() throws Exception {
        RivalResult missing = measure(TIMED, task -> new WorkerReply("3.2", "", List.of(), List.of(), 0, Double.NaN));
        assertThat(missing.message(), is("Exercise 3.2 is not done yet."));
        assertThat(missing.ours(), is(nullValue()));
        assertThat(measure(TIMED, task -> WorkerReply.problem("get(7) gave 8")).message(), is("get(7) gave 8"));
    }

    @Test
    @DisplayName("alone has a rate, and counts threads")
    void alone() throws Exception {
        RivalBenchmark alone = RivalBenchmark.timed("2.merge", "Merge", "some.Jmh")
                .alone("ours")
                .threads(2)
                .target(RivalTarget.aSecond(10e6))
                .build();

        RivalResult result = measure(alone, task -> reply(task, 100, 0));

        assertThat(result.timesAsFast(), is(nullValue()));
        assertThat(result.targets().get(0).value(), is(closeTo(20e6, 1)));
        assertThat(result.targets().get(0).description(), is("at least 10 million a second"));
    }

    @Test
    @DisplayName("of counted costs has the rival's as the bound")
    void counted() throws Exception {
        RivalBenchmark counted = RivalBenchmark.counted("3.bytes", "Bytes", "some.Probe", "TreeMap");
        List<Cost> costs = List.of(Cost.atMost("bytes an entry", 90, 100), Cost.atMost("objects an entry", 3, 2));

        RivalResult result = measure(counted, task -> new WorkerReply("", "", costs, List.of(), 0, Double.NaN));

        assertThat(result.targets().stream().map(Target::outcome).toList(), contains(Outcome.MET, Outcome.MISSED));
        assertThat(result.rival(), is(not("")));
    }
}
