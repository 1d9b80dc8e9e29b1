package storagelab.grader.bench.lab06;

import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.experiment.Numbers;
import storagelab.grader.bench.worker.Workload;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.DurableStore;
import storagelab.recovery.EngineKind;

/**
 * Puts over and over into a store of 20,000 accounts over a B+tree, which makes a checkpoint in the background each 8 MiB. One
 * question in eight gets what was put before it.
 */
public final class StoreWork implements Workload {
    private static final int ACCOUNTS = 20_000;
    private static final int GET_ONE_IN = 8;
    private static final long CHECKPOINT_LOG_BYTES = 8 << 20;

    private final Slice[] keys = new Slice[ACCOUNTS];
    private final Slice[] values = new Slice[ACCOUNTS];
    private int[] numbers = new int[0];
    private @Nullable DurableStore store;

    @Override
    public void prepare(Path directory, Random random) {
        numbers = Numbers.shuffled(ACCOUNTS, random);
        for (int number = 0; number < ACCOUNTS; number++) {
            keys[number] = Accounts.key(number);
            values[number] = Accounts.value(number);
        }
        DurableOptions options =
                DurableOptions.defaults(EngineKind.BTREE).withCheckpointLogBytes(CHECKPOINT_LOG_BYTES);
        store = DurableStore.open(directory.resolve("store"), options);
    }

    @Override
    public int size() {
        return ACCOUNTS;
    }

    @Override
    public long ask(int question) {
        DurableStore open = store;
        if (open == null) {
            throw new IllegalStateException("not prepared");
        }
        int number = number(question);
        if (isGet(question)) {
            return open.get(keys[number]).map(Accounts::number).orElse(-1L);
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
        DurableStore open = store;
        if (open != null) {
            open.close();
        }
    }

    /** Of the account that is put, or that was put by the question before. */
    private int number(int question) {
        return numbers[isGet(question) ? question - 1 : question];
    }

    private static boolean isGet(int question) {
        return question % GET_ONE_IN == GET_ONE_IN - 1;
    }
}
