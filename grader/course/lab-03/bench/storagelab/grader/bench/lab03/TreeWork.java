package storagelab.grader.bench.lab03;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.Workload;
import storagelab.tree.BalancedTree;

/**
 * A balanced tree of 100,000 keys. One question in two is a get, half of them of keys that are not there; the others
 * delete a key and put it back, at another place than the one before.
 */
public final class TreeWork implements Workload {
    private static final int ENTRIES = 100_000;
    private static final int QUESTIONS = 4_096;
    private static final long NOTHING = -1;

    private final BalancedTree<Slice, Long> tree = new BalancedTree<>(Comparator.naturalOrder());
    private final Slice[] keys = new Slice[QUESTIONS];
    private final long[] answers = new long[QUESTIONS];

    @Override
    public void prepare(Path directory, Random random) {
        int[] numbers = TreeKeys.shuffledEven(ENTRIES, random);
        for (int number : numbers) {
            tree.put(TreeKeys.key(number), (long) number);
        }
        for (int i = 0; i < QUESTIONS; i++) {
            int number = numbers[random.nextInt(ENTRIES)];
            boolean present = i % 4 != 1;
            keys[i] = TreeKeys.key(present ? number : number + 1L);
            answers[i] = present ? number : NOTHING;
        }
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        Slice key = keys[question];
        Long value;
        if (isChange(question)) {
            value = tree.delete(key);
            if (value != null) {
                tree.put(key, value);
            }
        } else {
            value = tree.get(key);
        }
        return numberOf(value);
    }

    @Override
    public long expected(int question) {
        return answers[question];
    }

    @Override
    public String describe(int question) {
        return (isChange(question) ? "delete of the key " : "get of the key ") + keys[question]
                + " in a tree of 100,000";
    }

    @Override
    public void close() {}

    private static boolean isChange(int question) {
        return question % 2 == 0;
    }

    private static long numberOf(@Nullable Long value) {
        return value == null ? NOTHING : value;
    }
}
