package storagelab.grader.bench.lab05;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import storagelab.api.Slice;
import storagelab.bloom.BloomFilter;
import storagelab.grader.bench.worker.Workload;
import storagelab.grader.bench.worker.WrongAnswerException;

/**
 * Sixteen filters of 2,000 keys each. Half of the questions are about keys that are there, and half about keys that are
 * not; one in 256 makes a filter of a hundred keys.
 */
public final class FilterWork implements Workload {
    private static final int FILTERS = 16;
    private static final int KEYS = 2_000;
    private static final int KEYS_OF_A_NEW_ONE = 100;
    private static final int BYTES_OF_A_NEW_ONE = 126; // 1,000 bits, and one byte
    private static final int QUESTIONS = 4_096;
    private static final int TRIES_MAX = 100;

    private final BloomFilter policy = new BloomFilter(10);
    private final Slice[] filters = new Slice[FILTERS];
    private final Slice[] asked = new Slice[QUESTIONS];
    private List<Slice> some = List.of();

    @Override
    public void prepare(Path directory, Random random) {
        Slice[] keys = new Slice[FILTERS * KEYS];
        Arrays.setAll(keys, Orders::key);
        for (int i = 0; i < FILTERS; i++) {
            filters[i] = policy.create(Arrays.asList(keys).subList(i * KEYS, (i + 1) * KEYS));
        }
        some = Arrays.asList(keys).subList(0, KEYS_OF_A_NEW_ONE);
        for (int question = 0; question < QUESTIONS; question++) {
            int number = question % FILTERS * KEYS + random.nextInt(KEYS);
            asked[question] = isPresent(question) ? keys[number] : denied(filters[question % FILTERS], random);
        }
    }

    /** A key that is not in the filter and that the filter, rightly, denies. */
    private Slice denied(Slice filter, Random random) {
        for (int i = 0; i < TRIES_MAX; i++) {
            Slice key = Orders.key(FILTERS * KEYS + random.nextInt(1 << 30));
            if (!policy.mayContain(filter, key)) {
                return key;
            }
        }
        throw new WrongAnswerException("a filter with ten bits a key denies none of " + TRIES_MAX + " keys");
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        if (isNew(question)) {
            return policy.create(some).length();
        }
        return policy.mayContain(filters[question % FILTERS], asked[question]) ? 1 : 0;
    }

    @Override
    public long expected(int question) {
        return isNew(question) ? BYTES_OF_A_NEW_ONE : isPresent(question) ? 1 : 0;
    }

    @Override
    public String describe(int question) {
        return isNew(question)
                ? "the length of a filter of 100 keys"
                : "mayContain(" + asked[question] + ") of a filter of 2,000 keys, 1 for yes,";
    }

    @Override
    public void close() {}

    private static boolean isNew(int question) {
        return question % 256 == 255;
    }

    private static boolean isPresent(int question) {
        return question / FILTERS % 2 == 0;
    }
}
