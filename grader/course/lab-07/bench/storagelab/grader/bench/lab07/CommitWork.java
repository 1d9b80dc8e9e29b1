package storagelab.grader.bench.lab07;

import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.grader.bench.worker.Workload;

/** Sales: a question takes a product from the stock and adds an order, in one commit, on a disk in memory. */
public final class CommitWork implements Workload {
    private static final int PRODUCTS = 1_000;

    private @Nullable TwoStores stores;

    @Override
    public void prepare(Path directory, Random random) {
        stores = new TwoStores();
    }

    @Override
    public int size() {
        return PRODUCTS;
    }

    @Override
    public long ask(int question) {
        TwoStores open = stores;
        if (open == null) {
            throw new IllegalStateException("not prepared");
        }
        int late = open.commit(Goods.put(question, question), Goods.put(question, 2L * question)).size();
        return late + open.sum(Goods.price(question), Goods.price(question));
    }

    @Override
    public long expected(int question) {
        return 3L * question;
    }

    @Override
    public String describe(int question) {
        return "the sum of what was committed to two stores, and how many of them have not acknowledged it,";
    }

    @Override
    public void close() {
        TwoStores open = stores;
        if (open != null) {
            open.close();
        }
    }
}
