package storagelab.grader.bench.lab01;

import java.nio.file.Path;
import java.util.Random;
import storagelab.grader.bench.worker.Workload;
import storagelab.search.BinarySearch;
import storagelab.search.IntSequence;

/** Binary search of 100,000 integers; every second question is for one that is not there. */
public final class SearchWork implements Workload {
    private static final int LENGTH = 100_000;
    private static final int QUESTIONS = 4_096;

    private final int[] sorted = new int[LENGTH];
    private final int[] targets = new int[QUESTIONS];
    private final int[] answers = new int[QUESTIONS];
    private IntSequence sequence = IntSequence.of();

    @Override
    public void prepare(Path directory, Random random) {
        // Even numbers with random gaps, so that the odd ones between are known to be absent.
        int element = -2 * LENGTH;
        for (int i = 0; i < LENGTH; i++) {
            element += 2 * (1 + random.nextInt(4));
            sorted[i] = element;
        }
        sequence = IntSequence.of(sorted);
        for (int i = 0; i < QUESTIONS; i++) {
            int index = random.nextInt(LENGTH);
            boolean present = i % 2 == 0;
            targets[i] = present ? sorted[index] : sorted[index] + 1;
            answers[i] = present ? index : -1;
        }
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        return BinarySearch.indexOf(sequence, targets[question]);
    }

    @Override
    public long expected(int question) {
        return answers[question];
    }

    @Override
    public String describe(int question) {
        return "indexOf(100,000 even numbers from " + sorted[0] + " to " + sorted[LENGTH - 1] + ", " + targets[question]
                + ")";
    }

    @Override
    public void close() {}
}
