package storagelab.grader.bench.kit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import storagelab.grader.bench.BenchmarkCatalog;
import storagelab.grader.bench.BenchmarkSpec;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.Workload;

/** What the graded benchmarks of a lab do on its reference; the test of each lab extends it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BenchmarksContract {
    private static final long SEED = 7;

    private final int lab;

    /** The contract of the benchmarks of {@code lab}. */
    protected BenchmarksContract(int lab) {
        this.lab = lab;
    }

    List<BenchmarkSpec> graded() {
        return BenchmarkCatalog.of(lab);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graded")
    @DisplayName("count within the limits that stand for themselves, the same for the same seed")
    void costs(BenchmarkSpec spec) throws Exception {
        List<Cost> costs = create(spec.costs(), CostProbe.class).count(SEED);

        assertThat(costs, is(not(empty())));
        for (Cost cost : costs) {
            assertThat(cost.name() + ": " + cost.value(), cost.value() > cost.atMost(), is(false));
            boolean hasOneLimit = Double.isNaN(cost.atMost()) != Double.isNaN(cost.timesReference());
            assertThat(cost.name() + " has one limit", hasOneLimit, is(true));
        }
        assertThat(create(spec.costs(), CostProbe.class).count(SEED), is(costs));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("graded")
    @DisplayName("get the answers that are known beforehand, each question asked twice")
    void answers(BenchmarkSpec spec, @TempDir Path directory) throws Exception {
        try (Workload workload = create(spec.workload(), Workload.class)) {
            workload.prepare(directory, new Random(SEED));
            for (int i = 0; i < 2 * workload.size(); i++) {
                int question = i % workload.size();
                assertThat(workload.describe(question), workload.ask(question), is(workload.expected(question)));
            }
        }
    }

    private static <T> T create(String name, Class<T> type) throws ReflectiveOperationException {
        return Class.forName(name).asSubclass(type).getDeclaredConstructor().newInstance();
    }
}
