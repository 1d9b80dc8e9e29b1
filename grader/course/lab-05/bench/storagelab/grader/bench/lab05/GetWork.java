package storagelab.grader.bench.lab05;

import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.Workload;
import storagelab.lsm.LsmStore;

/**
 * Gets from a store with tables on several levels. One in four is of a key that never was there, and some of the others
 * are of keys that were deleted.
 */
public final class GetWork implements Workload {
    private static final int QUESTIONS = 1 << 14;
    private static final long NOTHING = -1;

    private final Slice[] keys = new Slice[QUESTIONS];
    private final long[] answers = new long[QUESTIONS];
    private @Nullable LsmStore store;

    @Override
    public void prepare(Path directory, Random random) {
        store = OrderStore.create(directory.resolve("store"), OrderStore.options(), random);
        for (int i = 0; i < QUESTIONS; i++) {
            int number = random.nextInt(OrderStore.ORDERS);
            boolean wasNever = i % 4 == 1;
            keys[i] = Orders.key(wasNever ? number + OrderStore.ORDERS : number);
            answers[i] = wasNever || OrderStore.isDeleted(number) ? NOTHING : number;
        }
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        LsmStore open = store;
        if (open == null) {
            throw new IllegalStateException("not prepared");
        }
        return open.get(keys[question]).map(Orders::number).orElse(NOTHING);
    }

    @Override
    public long expected(int question) {
        return answers[question];
    }

    @Override
    public String describe(int question) {
        return "get(" + keys[question] + ") of a store of 30,000 orders, by the number in the value,";
    }

    @Override
    public void close() {
        LsmStore open = store;
        if (open != null) {
            open.close();
        }
    }
}
