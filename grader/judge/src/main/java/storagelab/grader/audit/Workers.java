package storagelab.grader.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Two pairs of hands: while one child JVM runs tests, the next one starts. */
final class Workers {
    private static final int HANDS = 2;

    private Workers() {}

    /** Work on one item. */
    interface Work<T> {
        void on(T item) throws IOException, InterruptedException;
    }

    /** Does {@code work} on every item, two at a time; the first failure ends it. */
    static <T> void run(List<T> items, Work<T> work) throws IOException, InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(HANDS);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (T item : items) {
                futures.add(executor.submit(() -> {
                    work.on(item);
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new IllegalStateException(failed.getCause());
        } finally {
            executor.shutdownNow();
        }
    }
}
