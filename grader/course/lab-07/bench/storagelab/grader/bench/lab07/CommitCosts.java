package storagelab.grader.bench.lab07;

import java.util.List;
import storagelab.api.WriteBatch;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;

/** Syncs of commits over two stores, over one, and of such that write to one only. The same for every seed: nothing is random. */
public final class CommitCosts implements CostProbe {
    private static final int COMMITS = 100;

    @Override
    public List<Cost> count(long seed) {
        try (TwoStores stores = new TwoStores()) {
            long begin = stores.syncs();
            for (int i = 0; i < COMMITS; i++) {
                stores.commit(Goods.put(i, i), Goods.put(i, i));
            }
            long both = stores.syncs();
            for (int i = 0; i < COMMITS; i++) {
                stores.commitOrder(Goods.put(i, 2L * i));
            }
            long alone = stores.syncs();
            for (int i = 0; i < COMMITS; i++) {
                stores.commit(new WriteBatch(), Goods.put(i, 3L * i));
            }
            long oneWriter = stores.syncs();
            for (int i = 0; i < COMMITS; i++) {
                if (stores.sum(Goods.price(i), Goods.price(i)) != 4L * i) {
                    throw new WrongAnswerException("what was committed to " + Goods.price(i) + " is not there");
                }
            }
            return List.of(
                    Cost.atMost("syncs a commit over two stores", (double) (both - begin) / COMMITS, 5),
                    Cost.atMost("syncs a commit of one store", (double) (alone - both) / COMMITS, 1),
                    Cost.atMost("syncs a commit of a writer and a reader", (double) (oneWriter - alone) / COMMITS, 1));
        }
    }
}
