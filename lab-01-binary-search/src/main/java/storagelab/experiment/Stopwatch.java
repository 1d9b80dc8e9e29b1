package storagelab.experiment;

import java.io.IOException;
import java.util.Arrays;

/**
 * Times calls for experiments: several rounds, of which the median counts, so that one round that the garbage collector
 * or another program disturbed does not.
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

    /** The median time of {@code rounds} runs of {@code task}, in nanoseconds. */
    public long medianNanos(int rounds, Task task) throws IOException {
        long[] nanos = new long[rounds];
        for (int round = 0; round < rounds; round++) {
            nanos[round] = nanos(task);
        }
        Arrays.sort(nanos);
        return nanos[rounds / 2];
    }
}
