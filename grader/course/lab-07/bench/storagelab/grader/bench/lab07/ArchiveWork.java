package storagelab.grader.bench.lab07;

import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.grader.bench.worker.Workload;

/** Gets of orders from an archive in memory, the indexes of which are in memory, too. */
public final class ArchiveWork implements Workload {
    private static final int ORDERS = 10_000;
    private static final int QUESTIONS = 4_096;

    private final int[] orders = new int[QUESTIONS];
    private @Nullable Archives archives;

    @Override
    public void prepare(Path directory, Random random) {
        Archives made = new Archives();
        made.store(ORDERS);
        for (int i = 0; i < QUESTIONS; i++) {
            orders[i] = random.nextInt(ORDERS);
        }
        archives = made;
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        Archives open = archives;
        if (open == null) {
            throw new IllegalStateException("not prepared");
        }
        return open.get(orders[question]);
    }

    @Override
    public long expected(int question) {
        return orders[question];
    }

    @Override
    public String describe(int question) {
        return "the number in the value of order " + orders[question];
    }

    @Override
    public void close() {
        Archives open = archives;
        if (open != null) {
            open.close();
        }
    }
}
