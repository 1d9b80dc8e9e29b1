package storagelab.grader.bench.worker;

import java.util.List;

/**
 * What a child answers.
 *
 * @param notDone id of the exercise whose body is still to be written and was called; empty if there was none
 * @param problem what went wrong, in a sentence; empty if nothing did
 * @param costs what a {@link CostProbe} counted
 * @param nanosPerCall one figure a round of a {@link Workload}
 * @param checksum of all answers in order; the same for everybody who answers rightly
 * @param bytesPerCall allocated; {@code NaN} where that was not measured
 */
public record WorkerReply(
        String notDone,
        String problem,
        List<Cost> costs,
        List<Double> nanosPerCall,
        long checksum,
        double bytesPerCall) {
    public WorkerReply {
        costs = List.copyOf(costs);
        nanosPerCall = List.copyOf(nanosPerCall);
    }

    static WorkerReply counted(List<Cost> costs) {
        return new WorkerReply("", "", costs, List.of(), 0, Double.NaN);
    }

    static WorkerReply timed(List<Double> nanosPerCall, long checksum) {
        return new WorkerReply("", "", List.of(), nanosPerCall, checksum, Double.NaN);
    }

    static WorkerReply compared(List<Double> nanosPerCall, double bytesPerCall) {
        return new WorkerReply("", "", List.of(), nanosPerCall, 0, bytesPerCall);
    }

    static WorkerReply notDone(String exercise) {
        return new WorkerReply(exercise, "", List.of(), List.of(), 0, Double.NaN);
    }

    /** Something went wrong. */
    public static WorkerReply problem(String problem) {
        return new WorkerReply("", problem, List.of(), List.of(), 0, Double.NaN);
    }
}
