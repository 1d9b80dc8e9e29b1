package storagelab.grader.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import storagelab.grader.bench.BenchmarkChild.Task;
import storagelab.grader.bench.Grading.TimeVerdict;
import storagelab.grader.bench.RatioEstimate.Pair;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.WorkerReply;
import storagelab.grader.model.BenchmarkResult;
import storagelab.grader.model.BenchmarkResult.Counter;
import storagelab.grader.model.BenchmarkResult.Ratio;
import storagelab.grader.run.NotGradedException;

/** Measures one benchmark: costs of both sides, then times of both sides in turn. */
final class BenchmarkRun {
    private static final long COSTS_MILLIS_MAX = 60_000;
    private static final long PREPARATION_MILLIS_MAX = 30_000;

    private final BenchmarkSpec spec;
    private final Side student;
    private final Optional<Side> reference;
    private final Plan plan;
    private final Random seeds;
    private final List<Double> studentNanos = new ArrayList<>();
    private final List<Double> referenceNanos = new ArrayList<>();
    private final List<Pair> pairs = new ArrayList<>();

    BenchmarkRun(BenchmarkSpec spec, Sides sides, Plan plan, long seed) {
        this.spec = spec;
        this.student = sides.student();
        this.reference = sides.reference();
        this.plan = plan;
        this.seeds = new Random(seed ^ spec.id().hashCode());
    }

    /** Runs a task on one side's code. */
    interface Side {
        WorkerReply run(Task task) throws IOException, InterruptedException;
    }

    /** Whose code is measured. */
    record Sides(Side student, Optional<Side> reference) {}

    /** A side did not answer as it should; carries the result that says so. */
    private static final class Stopped extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient BenchmarkResult result;

        Stopped(BenchmarkResult result) {
            super(result.message());
            this.result = result;
        }
    }

    BenchmarkResult measure() throws IOException, InterruptedException {
        try {
            List<Counter> counters = counters();
            if (reference.isEmpty()) {
                for (int i = 0; i < plan.pairs(); i++) {
                    time(student, seeds.nextLong(), studentNanos);
                }
                return Grading.alone(spec, counters, RatioEstimate.median(studentNanos));
            }
            return Grading.result(spec, counters, ratio(reference.get()));
        } catch (Stopped stopped) {
            return stopped.result;
        } catch (NotGradedException busy) {
            return Grading.notGraded(spec, busy.reason());
        }
    }

    private List<Counter> counters() throws IOException, InterruptedException, Stopped {
        Task task = new Task(spec.costs(), seeds.nextLong(), plan, COSTS_MILLIS_MAX);
        List<Cost> ours = ask(student, task).costs();
        // What is counted and what it may come to is for the reference's JVM to say: no submission has run there.
        List<Cost> theirs = reference.isPresent() ? ask(reference.get(), task).costs() : ours;
        if (ours.size() != theirs.size()) {
            throw new Stopped(refused(student, ours.size() + " costs were counted, and not " + theirs.size()));
        }
        List<Counter> counters = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            double value = ours.get(i).value();
            Cost cost = theirs.get(i);
            double compared = reference.isPresent() ? cost.value() : Double.NaN;
            double limit = Double.isNaN(cost.atMost()) ? compared * cost.timesReference() : cost.atMost();
            boolean within = Double.isNaN(limit) || value <= limit;
            counters.add(new Counter(cost.name(), value, compared, limit, within));
        }
        return counters;
    }

    private Ratio ratio(Side other) throws IOException, InterruptedException, Stopped {
        while (pairs.size() < plan.pairs() || (isNoisy() && pairs.size() < plan.pairs() + plan.extraPairs())) {
            pair(other);
        }
        RatioEstimate estimate = RatioEstimate.of(pairs);
        return new Ratio(
                estimate.ratio(),
                estimate.low(),
                estimate.high(),
                RatioEstimate.median(studentNanos),
                RatioEstimate.median(referenceNanos));
    }

    private boolean isNoisy() {
        return Grading.judge(RatioEstimate.of(pairs)) == TimeVerdict.NOISY;
    }

    /** One JVM of each side on the same questions; who is first changes from pair to pair. */
    private void pair(Side other) throws IOException, InterruptedException, Stopped {
        long seed = seeds.nextLong();
        boolean studentFirst = pairs.size() % 2 == 0;
        WorkerReply first = time(studentFirst ? student : other, seed, studentFirst ? studentNanos : referenceNanos);
        WorkerReply second = time(studentFirst ? other : student, seed, studentFirst ? referenceNanos : studentNanos);
        if (first.checksum() != second.checksum()) {
            throw new Stopped(Grading.broken(spec, "The answers differ from the reference's."));
        }
        int last = pairs.size();
        pairs.add(new Pair(studentNanos.get(last), referenceNanos.get(last)));
    }

    private WorkerReply time(Side side, long seed, List<Double> nanos)
            throws IOException, InterruptedException, Stopped {
        long timeout = PREPARATION_MILLIS_MAX + 4 * plan.measuringMillis();
        WorkerReply reply = ask(side, new Task(spec.workload(), seed, plan, timeout));
        double figure = reply.nanosPerCall().isEmpty() ? 0 : RatioEstimate.firstQuartile(reply.nanosPerCall());
        if (!(figure > 0) || !Double.isFinite(figure)) {
            throw new Stopped(refused(side, "the times " + reply.nanosPerCall() + " can't be"));
        }
        nanos.add(figure);
        return reply;
    }

    private WorkerReply ask(Side side, Task task) throws IOException, InterruptedException, Stopped {
        WorkerReply reply = side.run(task);
        if (!reply.notDone().isEmpty()) {
            throw new Stopped(Grading.waiting(spec, "Exercise " + reply.notDone() + " is not done yet."));
        }
        if (!reply.problem().isEmpty()) {
            throw new Stopped(refused(side, reply.problem()));
        }
        return reply;
    }

    private BenchmarkResult refused(Side side, String why) {
        return side == student
                ? Grading.broken(spec, why)
                : Grading.impossible(spec, "The reference could not be measured: " + why);
    }

    /** A side whose classes are at the end of {@code classPath}. */
    static Side side(BenchmarkChild child, List<Path> classPath) {
        return task -> child.run(task, classPath);
    }
}
