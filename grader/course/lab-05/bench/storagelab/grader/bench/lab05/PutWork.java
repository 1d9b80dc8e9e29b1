package storagelab.grader.bench.lab05;

import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.experiment.Numbers;
import storagelab.grader.bench.worker.Workload;
import storagelab.lsm.LsmStore;

/**
 * Puts over and over into a store of 50,000 orders, which flushes as it does by default, on the same thread, and merges
 * nothing. One question in eight gets what was put before it.
 */
public final class PutWork implements Workload {
    private static final int ORDERS = 50_000;
    private static final int GET_ONE_IN = 8;

    private final Slice[] keys = new Slice[ORDERS];
    private final Slice[] values = new Slice[ORDERS];
    private int[] numbers = new int[0];
    private @Nullable LsmStore store;

    @Override
    public void prepare(Path directory, Random random) {
        numbers = Numbers.shuffled(ORDERS, random);
        for (int number = 0; number < ORDERS; number++) {
            keys[number] = Orders.key(number);
            values[number] = Orders.value(number);
        }
        store = LsmStore.open(directory.resolve("store"), NoMerges.options());
    }

    @Override
    public int size() {
        return ORDERS;
    }

    @Override
    public long ask(int question) {
        LsmStore open = store;
        if (open == null) {
            throw new IllegalStateException("not prepared");
        }
        int number = number(question);
        if (isGet(question)) {
            return open.get(keys[number]).map(Orders::number).orElse(-1L);
        }
        open.put(keys[number], values[number]);
        return number;
    }

    @Override
    public long expected(int question) {
        return number(question);
    }

    @Override
    public String describe(int question) {
        return isGet(question)
                ? "get(" + keys[number(question)] + "), which was put just before, by the number in the value,"
                : "put(" + keys[number(question)] + ")";
    }

    @Override
    public void close() {
        LsmStore open = store;
        if (open != null) {
            open.close();
        }
    }

    /** Of the order that is put, or that was put by the question before. */
    private int number(int question) {
        return numbers[isGet(question) ? question - 1 : question];
    }

    private static boolean isGet(int question) {
        return question % GET_ONE_IN == GET_ONE_IN - 1;
    }
}
