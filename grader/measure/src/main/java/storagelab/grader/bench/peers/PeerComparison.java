package storagelab.grader.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.io.file.PathUtils;
import storagelab.grader.bench.engine.EngineTask;
import storagelab.grader.bench.engine.EngineWorkload;
import storagelab.grader.bench.engine.PhaseResult;
import storagelab.grader.run.JvmProfile;

/** Measures engines in turn, round by round, in an order that is drawn anew for every round. */
public final class PeerComparison {
    private final PeerPlan plan;
    private final long seed;
    private final Jvm jvm;
    private final Progress progress;
    private final List<Sample> samples = new ArrayList<>();
    private final Map<String, String> problems = new HashMap<>();

    /**
     * @param seed decides the order of the engines, and every random choice in them
     * @param classPaths say what an engine's JVM loads
     * @param progress told what is being done
     */
    public PeerComparison(PeerPlan plan, long seed, ClassPaths classPaths, Progress progress) {
        this(
                plan,
                seed,
                (task, profile, done) ->
                        new EngineJvm(classPaths.of(task.engine()), plan.timeoutMillis()).run(task, profile, done),
                progress);
    }

    PeerComparison(PeerPlan plan, long seed, Jvm jvm, Progress progress) {
        this.plan = plan;
        this.seed = seed;
        this.jvm = jvm;
        this.progress = progress;
    }

    /** Says what the JVMs of engines load. */
    public interface ClassPaths {
        /** For the engine of the class {@code type}. */
        List<Path> of(String type);
    }

    /** Runs one engine. */
    interface Jvm {
        /**
         * Tells {@code done} each result as it comes.
         *
         * @return why there are not more, in a sentence; empty if nothing is missing
         */
        String run(EngineTask task, JvmProfile profile, Consumer<PhaseResult> done)
                throws IOException, InterruptedException;
    }

    /** Who is told what is being done. */
    public interface Progress {
        /** The engine was run once, and {@code nanos} have gone by. */
        void ran(int round, EngineSpec engine, long nanos);

        /** The engine has come to the end of {@code workload}. */
        void measured(int round, EngineSpec engine, EngineWorkload workload);
    }

    /**
     * One measurement.
     *
     * @param engine name of the engine
     * @param round from 1
     * @param result what came out
     */
    record Sample(String engine, int round, PhaseResult result) {}

    /**
     * Everything that was measured.
     *
     * @param samples in the order in which they were taken
     * @param problems by engine, why it could not be measured; an engine without a problem is not in it
     */
    public record Measured(List<Sample> samples, Map<String, String> problems) {
        public Measured {
            samples = List.copyOf(samples);
            problems = Map.copyOf(problems);
        }

        /** The same, where nobody even tried to measure {@code engines}, and why. */
        public Measured without(List<EngineSpec> engines, String problem) {
            Map<String, String> all = new HashMap<>(problems);
            engines.forEach(engine -> all.put(engine.name(), problem));
            return new Measured(samples, all);
        }
    }

    /** Measures {@code engines}, writing below {@code directory}. An engine that fails is not tried again. */
    public Measured measure(List<EngineSpec> engines, Path directory) throws IOException, InterruptedException {
        Random random = new Random(seed);
        for (int round = 1; round <= plan.rounds(); round++) {
            List<EngineSpec> order = new ArrayList<>(engines);
            Collections.shuffle(order, random);
            long roundSeed = random.nextLong();
            for (EngineSpec engine : order) {
                if (!problems.containsKey(engine.name())) {
                    run(engine, round, roundSeed, directory);
                }
            }
        }
        return new Measured(samples, problems);
    }

    private void run(EngineSpec engine, int round, long roundSeed, Path directory)
            throws IOException, InterruptedException {
        Set<EngineWorkload> large = EnumSet.noneOf(EngineWorkload.class);
        Set<EngineWorkload> others = EnumSet.noneOf(EngineWorkload.class);
        plan.workloads().stream()
                .filter(engine::does)
                .forEach(workload -> (workload.stage().isLarge() ? large : others).add(workload));
        long start = System.nanoTime();
        if (!others.isEmpty()) {
            Path place = Files.createTempDirectory(directory, engine.name());
            EngineTask task =
                    new EngineTask(engine.type(), place.toString(), plan.size(), plan.timing(), others, roundSeed);
            run(engine, round, task, JvmProfile.ENGINE);
        }
        if (!large.isEmpty() && !problems.containsKey(engine.name())) {
            Path place = Files.createTempDirectory(directory, engine.name());
            EngineTask task =
                    new EngineTask(engine.type(), place.toString(), plan.largeSize(), plan.timing(), large, roundSeed);
            run(engine, round, task, JvmProfile.SMALL_ENGINE);
        }
        progress.ran(round, engine, System.nanoTime() - start);
    }

    private void run(EngineSpec engine, int round, EngineTask task, JvmProfile profile)
            throws IOException, InterruptedException {
        Set<EngineWorkload> answered = new HashSet<>();
        String problem = jvm.run(task, profile, result -> {
            answered.add(result.workload());
            samples.add(new Sample(engine.name(), round, result));
            progress.measured(round, engine, result.workload());
        });
        if (!problem.isEmpty()) {
            if (answered.isEmpty()) {
                problems.put(engine.name(), problem);
            }
            task.workloads().stream()
                    .filter(workload -> !answered.contains(workload))
                    .forEach(workload ->
                            samples.add(new Sample(engine.name(), round, PhaseResult.problem(workload, problem))));
        }
        PathUtils.deleteDirectory(Path.of(task.directory()));
    }
}
