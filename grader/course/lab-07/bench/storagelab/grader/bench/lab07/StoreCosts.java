package storagelab.grader.bench.lab07;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCounters;
import storagelab.experiment.Numbers;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.hybrid.HybridStore;
import storagelab.workload.RangeStatistics;

/** What the hybrid store writes and syncs for puts, batches, a checkpoint and a bulk load, and whether it counts every request. */
public final class StoreCosts implements CostProbe {
    private static final int PRICES = 2_000;
    private static final int BATCH = 100;
    private static final int LOADED = 5_000;

    /** A record has the heads of a chunk, a record and a batch, and of its put a byte for the kind and one for each length. */
    private static final double RECORD_BYTES = 7 + 17 + 12 + 3 + Goods.ENTRY_BYTES;

    /** How much longer a log is than its records: fewer than seven bytes a block, and heads of records in two blocks. */
    private static final double BORDERS = 1.01;

    @Override
    public List<Cost> count(long seed) {
        int[] prices = Numbers.shuffled(PRICES, new Random(seed));
        List<Cost> costs = new ArrayList<>(shop(prices));
        costs.add(bulkLoad());
        return costs;
    }

    private static List<Cost> shop(int[] prices) {
        CrashDisk disk = CrashDisk.create();
        try (HybridStore store = HybridStores.counted(disk.root().resolve("store"))) {
            DiskCounters before = disk.counters();
            for (int price : prices) {
                store.put(Goods.price(price), Goods.value(-price));
            }
            double bytes = (double) disk.counters().since(before).bytesWritten() / PRICES;
            for (int from = 0; from < PRICES; from += BATCH) {
                WriteBatch batch = new WriteBatch();
                for (int i = from; i < from + BATCH; i++) {
                    batch.put(Goods.price(prices[i]), Goods.value(prices[i]));
                }
                store.write(batch, Durability.SYNCED);
            }
            long syncs = disk.counters().since(before).syncs();
            before = disk.counters();
            store.checkpoint();
            double checkpoint = disk.counters().since(before).bytesWritten();
            check(store);
            double requests =
                    store.load().stream().mapToDouble(RangeStatistics::requests).sum();
            return List.of(
                    Cost.atMost("bytes written a put of 16 and 100", bytes, RECORD_BYTES * BORDERS),
                    Cost.atMost("syncs of 2,000 puts and 20 synced batches", syncs, PRICES / (double) BATCH),
                    Cost.timesReference("bytes of a checkpoint", checkpoint, 1.1),
                    Cost.atMost("requests that are not counted", Math.abs(3 * PRICES - requests), 0));
        }
    }

    private static void check(HybridStore store) {
        for (int price = 0; price < PRICES; price++) {
            if (store.get(Goods.price(price)).map(Goods::number).orElse(-1L) != price) {
                throw new WrongAnswerException("a get of " + Goods.price(price) + " does not find what was put");
            }
        }
    }

    /** A bulk load of one store into another one, which is empty. */
    private static Cost bulkLoad() {
        CrashDisk disk = CrashDisk.create();
        CrashDisk other = CrashDisk.create();
        try (HybridStore from = HybridStores.counted(disk.root().resolve("from"));
                HybridStore to = HybridStores.counted(other.root().resolve("to"))) {
            for (int order = 0; order < LOADED; order++) {
                from.put(Goods.order(order), Goods.value(order));
            }
            DiskCounters before = other.counters();
            long loaded = to.bulkLoad(from.cursor(KeyRange.all()));
            long written = other.counters().since(before).bytesWritten();
            if (loaded != LOADED || to.get(Goods.order(LOADED - 1)).isEmpty()) {
                throw new WrongAnswerException("of 5,000 orders, " + loaded + " were loaded");
            }
            return Cost.timesReference("bytes written by a bulk load of 5,000 orders", written, 1.1);
        }
    }
}
