package storagelab.grader.bench.lab06;

import java.nio.file.Path;
import java.util.Random;
import storagelab.api.Isolation;
import storagelab.grader.bench.worker.Workload;

/** 50 pairs of transactions at the same time, each of which reads and writes two keys; the levels in turn. */
public final class TransactionsWork implements Workload {
    private static final int PAIRS = 50;
    private static final int QUESTIONS = 16;

    private final Tills tills = new Tills();

    @Override
    public void prepare(Path directory, Random random) {}

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        return tills.move(level(question), PAIRS, new Random(question)) + tills.surplus();
    }

    @Override
    public long expected(int question) {
        return 2 * PAIRS;
    }

    @Override
    public String describe(int question) {
        return "transactions that commit, of 100 in pairs that have nothing to do with each other, " + level(question);
    }

    private static Isolation level(int question) {
        return Isolation.values()[question % Isolation.values().length];
    }

    @Override
    public void close() {}
}
