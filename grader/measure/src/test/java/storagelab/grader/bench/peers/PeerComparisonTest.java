package storagelab.grader.bench.peers;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.grader.bench.engine.EngineTask;
import storagelab.grader.bench.engine.EngineWorkload;
import storagelab.grader.bench.engine.PhaseResult;
import storagelab.grader.bench.peers.EngineSpec.Origin;
import storagelab.grader.bench.peers.PeerComparison.Measured;
import storagelab.grader.bench.peers.PeerComparison.Sample;
import storagelab.grader.run.JvmProfile;

@DisplayName("A comparison of engines")
final class PeerComparisonTest {
    private static final int ROUNDS = 4;
    private static final PeerPlan PLAN = PeerPlan.quick()
            .withRounds(ROUNDS)
            .withWorkloads(Set.of(EngineWorkload.FILL_RANDOM, EngineWorkload.READ_RANDOM, EngineWorkload.LARGE_LOAD));

    @TempDir
    private Path directory = Path.of("");

    private final List<String> ran = new ArrayList<>();

    private static EngineSpec engine(String name) {
        return new EngineSpec(name, "type." + name, Origin.JDK, "an engine");
    }

    private final class Silent implements PeerComparison.Progress {
        @Override
        public void ran(int round, EngineSpec engine, long nanos) {
            ran.add(round + " " + engine.name());
        }

        @Override
        public void measured(int round, EngineSpec engine, EngineWorkload workload) {}
    }

    private Measured measure(long seed, PeerComparison.Jvm jvm) throws Exception {
        List<EngineSpec> engines = List.of(engine("a"), engine("b"), engine("c"), engine("d"), engine("e"));
        return new PeerComparison(PLAN, seed, jvm, new Silent()).measure(engines, directory);
    }

    private static PhaseResult result(EngineWorkload workload) {
        return new PhaseResult(workload, 1, 1, Map.of(), "");
    }

    private static String answerAll(EngineTask task, Consumer<PhaseResult> done) {
        task.workloads().forEach(workload -> done.accept(result(workload)));
        return "";
    }

    @Test
    @DisplayName("runs every engine in every round, in an order that differs and that the seed decides")
    void order() throws Exception {
        Measured measured = measure(3, (task, profile, done) -> answerAll(task, done));

        assertThat(measured.problems().keySet(), is(empty()));
        assertThat(measured.samples(), hasSize(5 * ROUNDS * 3));
        List<String> first = List.copyOf(ran);
        assertThat(first.stream().filter(line -> line.startsWith("1 ")).sorted().toList(), hasSize(5));
        assertThat(
                first.subList(0, 5).stream().map(line -> line.substring(2)).toList(),
                is(not(first.subList(5, 10).stream()
                        .map(line -> line.substring(2))
                        .toList())));
        ran.clear();
        Measured again = measure(3, (task, profile, done) -> answerAll(task, done));
        assertThat(again.samples(), hasSize(measured.samples().size()));
        assertThat(ran, is(first));
    }

    @Test
    @DisplayName("gives the store that is larger than its cache a small JVM of its own, and removes what was written")
    void large() throws Exception {
        List<String> profiles = new ArrayList<>();
        Measured measured = measure(3, (task, profile, done) -> {
            if (task.engine().equals("type.a")) {
                profiles.add(profile + " " + task.workloads().contains(EngineWorkload.LARGE_LOAD) + " "
                        + task.size().records());
            }
            Files.writeString(Path.of(task.directory()).resolve("file"), "data");
            return answerAll(task, done);
        });

        assertThat(measured.problems().keySet(), is(empty()));
        assertThat(
                profiles.subList(0, 2),
                contains(JvmProfile.ENGINE + " false 100000", JvmProfile.SMALL_ENGINE + " true 500000"));
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.toList(), is(empty()));
        }
    }

    @Test
    @DisplayName("asks an engine that is there for one workload only for that one")
    void only() throws Exception {
        List<EngineSpec> engines = List.of(engine("a"), engine("b").only(Set.of(EngineWorkload.FILL_RANDOM)));
        Measured measured = new PeerComparison(
                        PLAN.withRounds(1), 3, (task, profile, done) -> answerAll(task, done), new Silent())
                .measure(engines, directory);

        assertThat(
                measured.samples().stream()
                        .filter(sample -> sample.engine().equals("b"))
                        .map(sample -> sample.result().workload())
                        .toList(),
                contains(EngineWorkload.FILL_RANDOM));
        assertThat(measured.samples(), hasSize(4));
    }

    @Test
    @DisplayName("leaves out an engine that cannot be loaded, after one try, and goes on with the others")
    void unloadable() throws Exception {
        Measured measured = measure(
                3,
                (task, profile, done) -> task.engine().equals("type.b") ? "no native library" : answerAll(task, done));

        assertThat(measured.problems(), is(Map.of("b", "no native library")));
        assertThat(ran.stream().filter(line -> line.endsWith("b")).toList(), hasSize(1));
        assertThat(ran, hasSize(4 * ROUNDS + 1));
    }

    @Test
    @DisplayName("keeps what an engine did before its JVM ended, and says of the rest why it is missing")
    void ended() throws Exception {
        Measured measured = measure(3, (task, profile, done) -> {
            if (!task.engine().equals("type.c")) {
                return answerAll(task, done);
            }
            if (task.workloads().contains(EngineWorkload.FILL_RANDOM)) {
                done.accept(result(EngineWorkload.FILL_RANDOM));
            }
            return "its JVM ended with exit code 134";
        });

        List<Sample> first = measured.samples().stream()
                .filter(sample -> sample.engine().equals("c") && sample.round() == 1)
                .toList();
        assertThat(
                first.stream()
                        .filter(sample -> sample.result().workload() == EngineWorkload.READ_RANDOM)
                        .map(sample -> sample.result().problem())
                        .toList(),
                contains("its JVM ended with exit code 134"));
        assertThat(
                first.stream()
                        .filter(sample -> sample.result().workload() == EngineWorkload.FILL_RANDOM)
                        .map(sample -> sample.result().problem())
                        .toList(),
                contains(""));
    }
}
