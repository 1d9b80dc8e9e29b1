package storagelab.grader.bench.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Counts what is done in a window of time. */
final class Meter {
    private static final double NANOS_A_SECOND = 1e9;

    private final long warmUpNanos;
    private final long windowNanos;

    Meter(EngineTask.Timing timing) {
        warmUpNanos = TimeUnit.MILLISECONDS.toNanos(timing.warmUpMillis());
        windowNanos = TimeUnit.MILLISECONDS.toNanos(timing.windowMillis());
    }

    /** Something that is done again and again. */
    interface Work {
        /** Does it {@code calls} times, and returns how many operations that were. */
        long run(int calls) throws IOException;
    }

    /**
     * Operations a second of one thread.
     *
     * @param calls between two looks at the clock
     */
    double rate(Work work, int calls) throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < warmUpNanos) {
            long unused = work.run(calls);
        }
        long operations = 0;
        long began = System.nanoTime();
        long elapsed;
        do {
            operations += work.run(calls);
            elapsed = System.nanoTime() - began;
        } while (elapsed < windowNanos);
        return operations * NANOS_A_SECOND / elapsed;
    }

    /** Operations a second of a thread for each of {@code works}, all together. */
    double rate(List<? extends Work> works, int calls) throws IOException {
        List<Threads.Task> tasks = new ArrayList<>();
        for (Work work : works) {
            tasks.add(() -> rate(work, calls));
        }
        return Threads.sum(tasks);
    }
}
