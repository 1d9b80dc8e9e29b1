package storagelab.grader.bench.lab07;

import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.grader.bench.worker.Workload;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.writeback.CheckpointedEngine;
import storagelab.writeback.WriteBackCache;
import storagelab.writeback.WriteBackOptions;

/** Changes of 20,000 prices, in no order, which the cache flushes in the background each 4 MiB. Every fourth question gets what was put before it. */
public final class WritesWork implements Workload {
    private static final int PRICES = 20_000;
    private static final int QUESTIONS = 1 << 16;
    private static final int GET_ONE_IN = 4;
    private static final long FLUSH_BYTES = 4 << 20;

    private final Slice[] keys = new Slice[PRICES];
    private final WriteBatch[] puts = new WriteBatch[PRICES];
    private final int[] prices = new int[QUESTIONS];
    private @Nullable WriteBackCache cache;

    @Override
    public void prepare(Path directory, Random random) {
        for (int price = 0; price < PRICES; price++) {
            keys[price] = Goods.price(price);
            puts[price] = Goods.put(price, price);
        }
        for (int i = 0; i < QUESTIONS; i++) {
            prices[i] = isGet(i) ? prices[i - 1] : random.nextInt(PRICES);
        }
        WriteBackCache made = new WriteBackCache(
                CheckpointedEngine.open(
                        CrashDisk.create().root().resolve("cache"),
                        new MapEngine.Type("map"),
                        DurableOptions.defaults(EngineKind.BTREE)),
                WriteBackOptions.defaults().withFlushBytes(FLUSH_BYTES));
        made.useLog(() -> {});
        cache = made;
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        WriteBackCache open = cache;
        if (open == null) {
            throw new IllegalStateException("not prepared");
        }
        int price = prices[question];
        if (isGet(question)) {
            return open.get(keys[price]).map(Goods::number).orElse(-1L);
        }
        open.apply(open.lastSequence() + 1, puts[price]);
        return price;
    }

    @Override
    public long expected(int question) {
        return prices[question];
    }

    @Override
    public String describe(int question) {
        return isGet(question)
                ? "get(" + keys[prices[question]] + "), which was put just before, by the number in the value,"
                : "put(" + keys[prices[question]] + ")";
    }

    private static boolean isGet(int question) {
        return question % GET_ONE_IN == GET_ONE_IN - 1;
    }

    @Override
    public void close() {
        WriteBackCache open = cache;
        if (open != null) {
            open.close();
        }
    }
}
