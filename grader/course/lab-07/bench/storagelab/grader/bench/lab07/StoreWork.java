package storagelab.grader.bench.lab07;

import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.Workload;
import storagelab.hybrid.HybridStore;

/**
 * A shop of 10,000 prices, which are changed and read in no order, and of 10,000 orders, which are put one after the other. A question puts a price, or
 * gets the one that was put just before, or puts the next order.
 */
public final class StoreWork implements Workload {
    private static final int PRICES = 10_000;
    private static final int QUESTIONS = 40_000;
    private static final int KINDS = 4; // of questions, in turn

    private final Slice[] prices = new Slice[PRICES];
    private final Slice[] orders = new Slice[QUESTIONS / KINDS];
    private final Slice[] values = new Slice[PRICES];
    private final int[] asked = new int[QUESTIONS];
    private @Nullable HybridStore store;

    @Override
    public void prepare(Path directory, Random random) {
        for (int i = 0; i < PRICES; i++) {
            prices[i] = Goods.price(i);
            values[i] = Goods.value(i);
        }
        for (int i = 0; i < orders.length; i++) {
            orders[i] = Goods.order(i);
        }
        for (int i = 0; i < QUESTIONS; i++) {
            asked[i] = isPut(i) ? random.nextInt(PRICES) : isOrder(i) ? i / KINDS : asked[i - 1];
        }
        store = HybridStores.timed(directory.resolve("store"));
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        HybridStore open = store;
        if (open == null) {
            throw new IllegalStateException("not prepared");
        }
        int number = asked[question];
        if (isOrder(question)) {
            open.put(orders[number], values[number]);
            return number;
        }
        if (isPut(question)) {
            open.put(prices[number], values[number]);
            return number;
        }
        return open.get(prices[number]).map(Goods::number).orElse(-1L);
    }

    @Override
    public long expected(int question) {
        return asked[question];
    }

    @Override
    public String describe(int question) {
        if (isOrder(question)) {
            return "put of order " + asked[question];
        }
        return (isPut(question) ? "put of " : "get, just after its put, of ") + prices[asked[question]];
    }

    private static boolean isOrder(int question) {
        return question % KINDS == KINDS - 1;
    }

    private static boolean isPut(int question) {
        return question % KINDS == 0;
    }

    @Override
    public void close() {
        HybridStore open = store;
        if (open != null) {
            open.close();
        }
    }
}
