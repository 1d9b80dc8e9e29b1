package storagelab.grader.bench.lab01;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.Workload;
import storagelab.search.BinarySearch;

/** Binary search of a list of 10,000 keys; every second question is for one that is not there. */
public final class SliceSearchWork implements Workload {
    private static final int LENGTH = 10_000;
    private static final int QUESTIONS = 4_096;

    private final List<Slice> sorted = new ArrayList<>();
    private final Slice[] targets = new Slice[QUESTIONS];
    private final int[] answers = new int[QUESTIONS];

    @Override
    public void prepare(Path directory, Random random) {
        for (int i = 0; i < LENGTH; i++) {
            sorted.add(Keys.present(i));
        }
        for (int i = 0; i < QUESTIONS; i++) {
            int index = random.nextInt(LENGTH);
            boolean present = i % 2 == 0;
            targets[i] = present ? Keys.present(index) : Keys.absent(index);
            answers[i] = present ? index : -1;
        }
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        return BinarySearch.indexOf(sorted, targets[question]);
    }

    @Override
    public long expected(int question) {
        return answers[question];
    }

    @Override
    public String describe(int question) {
        return "indexOf(10,000 keys from " + sorted.get(0) + " on, " + targets[question] + ")";
    }

    @Override
    public void close() {}
}
