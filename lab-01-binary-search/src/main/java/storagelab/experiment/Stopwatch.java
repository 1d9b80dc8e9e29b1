package storagelab.experiment;

import java.io.IOException;
import java.util.Arrays;

/**
 * Times calls for experiments, in several rounds. What only computes takes as long as its fastest round: whatever else
 * the machine does can only add to it. What waits for a disk takes as long as its median round.
 */
public final class Stopwatch {
    private final ExperimentContext context;

    /** Something to time. */
    @FunctionalInterface
    public interface Task {
        /** Does it once. */
        void run() throws IOException;
    }

    /** A stopwatch that runs by the clock of {@code context}. */
    public Stopwatch(ExperimentContext context) {
        this.context = context;
    }

    /** How long {@code task} took, in nanoseconds. */
    public long nanos(Task task) throws IOException {
        long start = context.nanoTime();
        task.run();
        return context.nanoTime() - start;
    }

    /** The shortest time of {@code rounds} runs of {@code task}, in nanoseconds. */
    public long fastestNanos(int rounds, Task task) throws IOException {
        return sortedNanos(rounds, task)[0];
    }

    /** The median time of {@code rounds} runs of {@code task}, in nanoseconds. */
    public long medianNanos(int rounds, Task task) throws IOException {
        return sortedNanos(rounds, task)[rounds / 2];
    }

    private long[] sortedNanos(int rounds, Task task) throws IOException {
        long[] nanos = new long[rounds];
        for (int round = 0; round < rounds; round++) {
            nanos[round] = nanos(task);
        }
        Arrays.sort(nanos);
        return nanos;
    }
}
