package storagelab.grader.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.grader.bench.BenchmarkChild.Task;
import storagelab.grader.bench.BenchmarkRun.Side;
import storagelab.grader.bench.RatioEstimate.Pair;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.JmhTask;
import storagelab.grader.bench.worker.WorkerReply;
import storagelab.grader.model.RivalResult;
import storagelab.grader.model.RivalResult.Outcome;
import storagelab.grader.model.RivalResult.Speed;
import storagelab.grader.model.RivalResult.Target;
import storagelab.grader.run.NotGradedException;

/** Measures one comparison with a rival: a JVM of each side in turn, who is first changing from pair to pair. */
final class RivalRun {
    private final RivalBenchmark benchmark;
    private final Side jvm;
    private final RivalPlan plan;
    private final Random seeds;
    private final Figures ours = new Figures();
    private final Figures theirs = new Figures();

    /**
     * @param jvm runs a task on the code that is measured
     */
    RivalRun(RivalBenchmark benchmark, Side jvm, RivalPlan plan, long seed) {
        this.benchmark = benchmark;
        this.jvm = jvm;
        this.plan = plan;
        this.seeds = new Random(seed ^ benchmark.id().hashCode());
    }

    /** What the JVMs of one side said. */
    private static final class Figures {
        private final List<Double> nanos = new ArrayList<>();
        private final List<Double> bytes = new ArrayList<>();

        RivalResult.Side side() {
            return new RivalResult.Side(RatioEstimate.median(nanos), RatioEstimate.median(bytes));
        }
    }

    /** A JVM did not answer as it should. */
    private static final class Stopped extends Exception {
        private static final long serialVersionUID = 1L;

        Stopped(String message) {
            super(message);
        }
    }

    RivalResult measure() throws IOException, InterruptedException {
        try {
            JmhTask mine = benchmark.ours();
            return mine == null ? counted() : timed(mine, benchmark.theirs());
        } catch (Stopped stopped) {
            return result(null, null, null, List.of(), String.valueOf(stopped.getMessage()));
        } catch (NotGradedException busy) {
            return result(null, null, null, List.of(), busy.reason());
        }
    }

    private RivalResult counted() throws IOException, InterruptedException, Stopped {
        List<Target> targets = new ArrayList<>();
        for (Cost cost : ask(null, seeds.nextLong()).costs()) {
            Outcome outcome = cost.value() <= cost.atMost() ? Outcome.MET : Outcome.MISSED;
            targets.add(new Target(cost.name(), cost.value(), cost.atMost(), outcome));
        }
        return result(null, null, null, targets, "");
    }

    private RivalResult timed(JmhTask mine, @Nullable JmhTask other) throws IOException, InterruptedException, Stopped {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < plan.pairs(); i++) {
            long seed = seeds.nextLong();
            if (other == null) {
                time(mine, seed, ours);
                continue;
            }
            boolean oursFirst = i % 2 == 0;
            time(oursFirst ? mine : other, seed, oursFirst ? ours : theirs);
            time(oursFirst ? other : mine, seed, oursFirst ? theirs : ours);
            pairs.add(new Pair(ours.nanos.get(i), theirs.nanos.get(i)));
        }
        if (pairs.isEmpty()) {
            return result(ours.side(), null, null, targets(mine, null), "");
        }
        RatioEstimate time = RatioEstimate.of(pairs);
        Speed speed = new Speed(1 / time.ratio(), 1 / time.high(), 1 / time.low());
        return result(ours.side(), theirs.side(), speed, targets(mine, speed), "");
    }

    private void time(JmhTask task, long seed, Figures figures) throws IOException, InterruptedException, Stopped {
        WorkerReply reply = ask(task, seed);
        if (reply.nanosPerCall().isEmpty()) {
            throw new Stopped(task.method() + " gave no times");
        }
        double nanos = RatioEstimate.median(reply.nanosPerCall());
        if (!(nanos > 0) || !Double.isFinite(nanos)) {
            throw new Stopped("the times " + reply.nanosPerCall() + " of " + task.method() + " can't be");
        }
        figures.nanos.add(nanos);
        figures.bytes.add(reply.bytesPerCall());
    }

    private WorkerReply ask(@Nullable JmhTask task, long seed) throws IOException, InterruptedException, Stopped {
        WorkerReply reply = jvm.run(Task.ofRival(benchmark.type(), task, seed, plan));
        if (!reply.notDone().isEmpty()) {
            throw new Stopped("Exercise " + reply.notDone() + " is not done yet.");
        }
        if (!reply.problem().isEmpty()) {
            throw new Stopped(reply.problem());
        }
        return reply;
    }

    private List<Target> targets(JmhTask task, @Nullable Speed speed) {
        List<Target> targets = new ArrayList<>();
        for (RivalTarget target : benchmark.targets()) {
            targets.add(RivalJudge.judge(target, ours.side(), speed, task.threads()));
        }
        return targets;
    }

    private RivalResult result(
            RivalResult.@Nullable Side mine,
            RivalResult.@Nullable Side other,
            @Nullable Speed speed,
            List<Target> targets,
            String message) {
        return new RivalResult(
                benchmark.id(), benchmark.title(), benchmark.rival(), mine, other, speed, targets, message);
    }
}
