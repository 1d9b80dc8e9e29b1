package storagelab.grader.bench.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Tasks that begin at the same time, each in a thread of its own. */
final class Threads {
    private Threads() {}

    /** What a thread does. */
    interface Task {
        /** Does it, and says how many operations that were a second. */
        double run() throws IOException;
    }

    /** Runs all {@code tasks} to their end, and says how many operations all did a second. */
    static double sum(List<Task> tasks) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        CyclicBarrier barrier = new CyclicBarrier(tasks.size());
        try {
            List<Callable<Double>> calls = new ArrayList<>();
            for (Task task : tasks) {
                calls.add(() -> {
                    barrier.await();
                    return task.run();
                });
            }
            double sum = 0;
            for (Future<Double> rate : threads.invokeAll(calls)) {
                sum += rate.get();
            }
            return sum;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while measuring", stopped);
        } catch (ExecutionException thrown) {
            if (thrown.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IOException("in a thread that was measured: " + thrown.getCause(), thrown.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
