package storagelab.grader.bench.lab02;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import storagelab.api.Slice;
import storagelab.bounds.Bounds;
import storagelab.bounds.IndexRange;
import storagelab.grader.bench.worker.Workload;
import storagelab.search.IntSequence;

/** Equal ranges among 100,000 integers with duplicates, and, every second question, lower bounds among 10,000 keys. */
public final class BoundsWork implements Workload {
    private static final int INTEGERS = 100_000;
    private static final int KEYS = 10_000;
    private static final int QUESTIONS = 4_096;

    private final int[] targets = new int[QUESTIONS];
    private final Slice[] keyTargets = new Slice[QUESTIONS];
    private final long[] answers = new long[QUESTIONS];
    private final List<Slice> keys = new ArrayList<>();
    private IntSequence sequence = IntSequence.of();

    @Override
    public void prepare(Path directory, Random random) {
        // Each even number one to eight times, so that the odd ones between are known to be absent.
        int[] sorted = new int[INTEGERS];
        List<IndexRange> ranges = new ArrayList<>();
        for (int from = 0; from < INTEGERS; ) {
            int to = Math.min(INTEGERS, from + 1 + random.nextInt(8));
            for (int i = from; i < to; i++) {
                sorted[i] = 2 * ranges.size();
            }
            ranges.add(new IndexRange(from, to));
            from = to;
        }
        sequence = IntSequence.of(sorted);
        for (int i = 0; i < KEYS; i++) {
            keys.add(key(2 * i));
        }
        for (int i = 0; i < QUESTIONS; i++) {
            int number = random.nextInt(2 * ranges.size());
            IndexRange range = ranges.get(number / 2);
            targets[i] = number;
            int keyNumber = random.nextInt(2 * KEYS);
            keyTargets[i] = key(keyNumber);
            answers[i] =
                    isOfKeys(i) ? (keyNumber + 1) / 2 : packed(number % 2 == 0 ? range.from() : range.to(), range.to());
        }
    }

    private static Slice key(int number) {
        return Slice.utf8(String.format(Locale.ROOT, "post:%011d", number));
    }

    private static boolean isOfKeys(int question) {
        return question % 2 == 1;
    }

    private static long packed(int from, int to) {
        return (long) from << Integer.SIZE | to;
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        if (isOfKeys(question)) {
            return Bounds.lowerBound(keys, keyTargets[question]);
        }
        IndexRange range = Bounds.equalRange(sequence, targets[question]);
        return packed(range.from(), range.to());
    }

    @Override
    public long expected(int question) {
        return answers[question];
    }

    @Override
    public String describe(int question) {
        return isOfKeys(question)
                ? "lowerBound(10,000 keys, " + keyTargets[question] + ")"
                : "equalRange(100,000 even numbers with duplicates, " + targets[question] + "), as from · 2³² + to";
    }

    @Override
    public void close() {}
}
